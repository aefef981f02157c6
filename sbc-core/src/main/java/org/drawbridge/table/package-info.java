/**
 * Tables of numbers and bytes for what is kept by the hundred thousand and seldom looked at: the
 * garbage collector finds no objects in them to walk. Nothing here knows SIP. Confined to a thread
 * or guarded by who uses them.
 */
@NullMarked
package org.drawbridge.table;

import org.jspecify.annotations.NullMarked;

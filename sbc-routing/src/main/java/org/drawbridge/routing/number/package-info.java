/**
 * Telephone numbers by their first digits: tables that find the longest prefix. Immutable once
 * built, so any thread may ask.
 */
@NullMarked
package org.drawbridge.routing.number;

import org.jspecify.annotations.NullMarked;

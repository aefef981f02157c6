/**
 * Who may register and call: addresses of record and what is known of them. Immutable values;
 * thread-safe.
 */
@NullMarked
package org.drawbridge.account;

import org.jspecify.annotations.NullMarked;

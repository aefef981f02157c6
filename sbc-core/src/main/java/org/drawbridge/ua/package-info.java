/**
 * The core above the transactions (RFC 3261 section 5), one for each signalling loop: it hands each
 * request to the registrar, to calls or to the message relay, and answers what is asked of
 * ourselves.
 */
@NullMarked
package org.drawbridge.ua;

import org.jspecify.annotations.NullMarked;

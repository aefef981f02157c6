/**
 * The media of calls that are passed on (RFC 3261 section 16) and relayed all the same: each side's
 * session descriptions become those of our legs on their way to the other (RFC 3264), whatever
 * message carries them. State is kept by an identifier in our Record-Route, until a BYE, a failure,
 * silence or the end of the session's time (RFC 4028). Used on the signalling loop that owns the
 * Call-ID.
 */
@NullMarked
package org.drawbridge.proxy.media;

import org.jspecify.annotations.NullMarked;

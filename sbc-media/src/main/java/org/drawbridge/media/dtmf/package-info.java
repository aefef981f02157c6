/**
 * Telephone keys in the three forms they travel in: named events (RFC 4733), tone pairs in the
 * audio (ITU-T Q.23 and Q.24), and characters, as signalling has them. Pure: time and packets come
 * as arguments. Everything here belongs to one leg and is used on its media loop.
 */
@NullMarked
package org.drawbridge.media.dtmf;

import org.jspecify.annotations.NullMarked;

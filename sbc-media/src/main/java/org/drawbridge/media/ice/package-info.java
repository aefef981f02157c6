/**
 * ICE (RFC 8445), lite toward browsers and full toward servers, and consent (RFC 7675) as pure
 * state fed by datagrams and time. Owned by a media loop.
 */
@NullMarked
package org.drawbridge.media.ice;

import org.jspecify.annotations.NullMarked;

/**
 * DTLS 1.2 handshakes by OpenSSL's libssl 3, through the foreign function interface. Datagrams go
 * in and come out as bytes: the library is given no socket.
 */
@NullMarked
package org.drawbridge.media.libssl;

import org.jspecify.annotations.NullMarked;

/**
 * The few calls of Linux's C library that move many datagrams at once, through the foreign function
 * interface: sockets, epoll, {@code recvmmsg} and {@code sendmmsg}. Structures are laid out as on
 * 64-bit Linux. Nothing here keeps state beyond a file descriptor or a buffer; each object belongs
 * to the thread that uses it, unless it says otherwise.
 */
@NullMarked
package org.drawbridge.media.libc;

import org.jspecify.annotations.NullMarked;

/**
 * What networks do to calls: forged packets, NAT, a change of networks, blocked UDP, long calls.
 */
@NullMarked
package org.drawbridge.network;

import org.jspecify.annotations.NullMarked;

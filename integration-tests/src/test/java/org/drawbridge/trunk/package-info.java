/**
 * Calls to and from trunks: what a carrier gets to see, where calls go when it fails, and who is
 * taken for it. Trunks have loopback addresses of their own, so that no phone on 127.0.0.1 is taken
 * for one. A test uses its parties from its own thread.
 */
@NullMarked
package org.drawbridge.trunk;

import org.jspecify.annotations.NullMarked;

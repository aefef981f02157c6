/**
 * STUN messages as ICE uses them (RFC 8489): a bounded view for reading, a writer for answers. Pure
 * functions over byte arrays; used on media loops.
 */
@NullMarked
package org.drawbridge.media.stun;

import org.jspecify.annotations.NullMarked;

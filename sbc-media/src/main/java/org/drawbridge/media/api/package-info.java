/**
 * The seam between signalling and media: offer, answer, bridge, release, events. Everything outside
 * this module sees only this package.
 */
@NullMarked
package org.drawbridge.media.api;

import org.jspecify.annotations.NullMarked;

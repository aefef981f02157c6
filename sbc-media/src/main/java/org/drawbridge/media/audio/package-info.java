/**
 * Sound as 16-bit linear PCM: codecs (G.711, G.722, Opus), resampling, WAV files and tones. No
 * sockets, clocks or threads; an encoder, decoder or resampler belongs to one stream and whoever
 * runs it.
 */
@NullMarked
package org.drawbridge.media.audio;

import org.jspecify.annotations.NullMarked;

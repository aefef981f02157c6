/**
 * Recordings of calls as WAV files of two channels. Media loops hand copies of packets to one
 * bounded queue and never wait; a single thread decodes, aligns by RTP time and writes.
 */
@NullMarked
package org.drawbridge.media.record;

import org.jspecify.annotations.NullMarked;

/**
 * The sounds that are played to callers: files are read and resampled on threads of an executor and
 * kept for the next call, so that neither signalling nor media waits for a disk.
 */
@NullMarked
package org.drawbridge.media.prompt;

import org.jspecify.annotations.NullMarked;

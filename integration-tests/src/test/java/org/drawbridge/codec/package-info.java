/**
 * Our codecs against those of others, by files. No threads of their own; nothing runs but the other
 * program.
 */
@NullMarked
package org.drawbridge.codec;

import org.jspecify.annotations.NullMarked;

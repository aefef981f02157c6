/**
 * Phones and trunks that keep to no rule: hundreds of calls at once in which every next step is
 * drawn by lot, from what real devices do to what none should. Nothing of them may trouble the SBC,
 * and nothing of them may stay in it.
 */
@NullMarked
package org.drawbridge.unruly;

import org.jspecify.annotations.NullMarked;

/**
 * What users of the SBC do, one file a behaviour, with real clients on both sides. Tests run one
 * after another; each starts its own SBC.
 */
@NullMarked
package org.drawbridge.scenario;

import org.jspecify.annotations.NullMarked;

/** The shape of the code base, held by tests: layers, cycles, sizes. */
@NullMarked
package org.drawbridge.architecture;

import org.jspecify.annotations.NullMarked;

/** The program: command line, first start, and the composition of everything else. */
@NullMarked
package org.drawbridge.app;

import org.jspecify.annotations.NullMarked;

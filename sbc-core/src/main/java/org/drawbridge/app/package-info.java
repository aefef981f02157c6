/**
 * The program: command line, first start, and the composition of everything else. {@code Main} has
 * the commands, one class each; {@code Sbc} makes and joins all parts of a running program; {@code
 * Reloader} puts another configuration in force.
 */
@NullMarked
package org.drawbridge.app;

import org.jspecify.annotations.NullMarked;

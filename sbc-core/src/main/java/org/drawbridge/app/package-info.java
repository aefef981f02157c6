/**
 * The program's command line: {@code Main} has the commands, one class each, and what they print.
 * What runs is made in {@code app.running}.
 */
@NullMarked
package org.drawbridge.app;

import org.jspecify.annotations.NullMarked;

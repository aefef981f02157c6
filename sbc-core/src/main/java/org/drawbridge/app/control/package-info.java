/**
 * The control socket of a running program: a Unix domain socket on which one JSON object in a line
 * is answered by one JSON object, and the connection is closed. Served on virtual threads;
 * everything is bounded in size, number and time.
 */
@NullMarked
package org.drawbridge.app.control;

import org.jspecify.annotations.NullMarked;

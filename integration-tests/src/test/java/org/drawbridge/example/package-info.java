/**
 * The files under config/examples, each started as it stands but for addresses and ports, with the
 * typical call of the people it is for. A test uses its parties from its own thread.
 */
@NullMarked
package org.drawbridge.example;

import org.jspecify.annotations.NullMarked;

/** The configuration of a running SBC changes under calls, connections and mistakes. */
@NullMarked
package org.drawbridge.reload;

import org.jspecify.annotations.NullMarked;

/** What a price list costs: once to read, then for each call. */
@NullMarked
package org.drawbridge.routing.price;

import org.jspecify.annotations.NullMarked;

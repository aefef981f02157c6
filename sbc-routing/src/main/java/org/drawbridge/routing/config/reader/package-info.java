/**
 * The strict reader that fills the records of {@code config} from the file and what it includes,
 * and from what a route service answers. Each section has a reader of its own, and each mistake is
 * noted with its place. {@code ConfigReader} and {@code AccountsLoader} block; each reading stays
 * on the thread that asked for it.
 */
@NullMarked
package org.drawbridge.routing.config.reader;

import org.jspecify.annotations.NullMarked;

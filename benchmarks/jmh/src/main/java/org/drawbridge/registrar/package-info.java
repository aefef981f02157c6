/** Microbenchmarks of a registration without its sockets. Run by {@code benchmarks/jmh/run}. */
@NullMarked
package org.drawbridge.registrar;

import org.jspecify.annotations.NullMarked;

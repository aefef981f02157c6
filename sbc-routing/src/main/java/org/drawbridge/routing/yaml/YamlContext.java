package org.drawbridge.routing.yaml;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What every value of one document shares.
 *
 * @param reads told of each file that a value names to be read
 */
record YamlContext(Problems problems, Environment environment, Consumer<Path> reads) {}

/**
 * Strict YAML: a document becomes a tree whose every node knows its line and column, and reading it
 * collects each mistake instead of stopping at the first. Used by one thread at a time.
 */
@NullMarked
package org.drawbridge.routing.yaml;

import org.jspecify.annotations.NullMarked;

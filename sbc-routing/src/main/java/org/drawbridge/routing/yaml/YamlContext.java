package org.drawbridge.routing.yaml;

/** What every value of one document shares. */
record YamlContext(Problems problems, Environment environment) {}

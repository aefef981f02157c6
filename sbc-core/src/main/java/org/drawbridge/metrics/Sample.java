package org.drawbridge.metrics;

/**
 * One value at one moment.
 *
 * @param name of the counter or gauge
 * @param label name of its label, empty if it has none
 * @param value value of the label, empty if it has none
 * @param amount the count, or what the gauge showed
 */
public record Sample(String name, String label, String value, long amount) {}

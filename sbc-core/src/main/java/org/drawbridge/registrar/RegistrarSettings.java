package org.drawbridge.registrar;

/**
 * Bounds of what clients may ask of the registrar.
 *
 * @param minExpires shortest binding taken, in seconds; shorter is refused with 423
 * @param maxExpires longest binding given, in seconds; longer is cut to it
 * @param defaultExpires how long a binding lasts when the client does not say, in seconds
 * @param contactsPerAccount how many bindings one account may have; one more replaces the one
 *     refreshed longest ago
 */
public record RegistrarSettings(
    int minExpires, int maxExpires, int defaultExpires, int contactsPerAccount) {}

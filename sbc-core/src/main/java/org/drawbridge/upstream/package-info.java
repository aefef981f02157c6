/**
 * Drawbridge as a client of others, beside calls: it registers with trunks (RFC 3261 section 10.2),
 * asks their targets by OPTIONS whether they are there, and takes registrations of some domains on
 * to the PBX that they belong to (with Path, RFC 3327). Each machine lives on one signalling loop;
 * what all loops may ask is in {@link org.drawbridge.upstream.TrunkBoard} and {@link
 * org.drawbridge.upstream.RelayTable}.
 */
@NullMarked
package org.drawbridge.upstream;

import org.jspecify.annotations.NullMarked;

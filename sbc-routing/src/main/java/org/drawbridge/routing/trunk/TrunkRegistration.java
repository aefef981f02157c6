package org.drawbridge.routing.trunk;

import java.time.Duration;

/**
 * How we register with a trunk, as a phone would (RFC 3261 section 10.2).
 *
 * @param credentials what answers the registrar's challenge
 * @param user user part of the address of record
 * @param domain host of the address of record and of the Request-URI
 * @param expires the lifetime we ask for
 */
public record TrunkRegistration(
    TrunkCredentials credentials, String user, String domain, Duration expires) {}

package org.drawbridge.routing.trunk;

import org.drawbridge.routing.value.Secret;

/** What we answer a trunk's digest challenge with (RFC 3261 section 22.2). */
public record TrunkCredentials(String username, Secret password) {}

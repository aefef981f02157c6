package org.drawbridge.routing.config;

import java.time.Duration;
import org.drawbridge.routing.trunk.Trunk;

/**
 * A domain whose accounts are not ours but those of a PBX behind us: REGISTER and calls go on to
 * it.
 *
 * @param name the domain, lower case
 * @param upstream the PBX
 * @param refresh how often phones are to register with us, to keep their connection and the way
 *     through their NAT; the PBX hears of it as often as it wants
 * @param path whether REGISTER to the PBX carries a Path (RFC 3327)
 */
public record RelayedDomain(String name, Trunk upstream, Duration refresh, boolean path) {}

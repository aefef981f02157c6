package org.drawbridge.sim;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.ZoneOffset;
import org.drawbridge.account.ConfiguredAccounts;
import org.drawbridge.limit.Meters;
import org.drawbridge.loop.Loop;
import org.drawbridge.policy.Ruleset;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.config.reader.ConfigReader;
import org.drawbridge.routing.config.reader.ConfigResult;

/** Configurations for a {@link Lab}. */
final class LabRules {

  /** Two trunks, an echo service, and accounts that call one another. */
  static final String STANDARD =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      call: { ring-timeout: 30s }
      trunks:
        acme:
          targets: [ "sip:203.0.113.1:5060", "sip:203.0.113.2:5060" ]
          from: 203.0.113.0/24
          trust: true
        beta: { targets: "sip:192.0.2.77:5060", username: me, password: secret }
      routes:
        - name: echo
          when: { to: "echo" }
          to: { service: echo }
        - name: outside
          when: { from: registered, to: "(?:00|+)[0-9]{7,15}" }
          to: [ { trunk: acme }, { trunk: beta } ]
        - name: inside
          when: { to-domain: local }
          to: { registrar: true }
      """;

  private LabRules() {}

  /** The same for all labs, so that two can be one SBC before and after a restart. */
  static byte[] secret() {
    return "sixteen bytes ok".getBytes(US_ASCII);
  }

  /** Reads a configuration, which must have no errors. */
  static Ruleset compile(String config) {
    return Ruleset.compile(read(config));
  }

  /** Counts calls against its limits, by the lab's clock; midnight is that of UTC. */
  static Meters meters(String config, Loop clock) {
    SbcConfig read = read(config);
    return new Meters(
        new ConfiguredAccounts(read.domains(), read.accounts().users()),
        () -> Instant.ofEpochMilli(clock.now()),
        ZoneOffset.UTC);
  }

  private static SbcConfig read(String config) {
    ConfigResult result = ConfigReader.parse(config, "lab.yaml", _ -> null);
    if (result instanceof ConfigResult.Loaded loaded) {
      return loaded.config();
    }
    throw new AssertionError(result.toString());
  }
}

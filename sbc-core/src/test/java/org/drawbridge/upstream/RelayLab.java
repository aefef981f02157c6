package org.drawbridge.upstream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.drawbridge.policy.TrunkStates;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.routing.config.RelayedDomain;
import org.drawbridge.routing.config.reader.ConfigReader;
import org.drawbridge.routing.config.reader.ConfigResult;
import org.drawbridge.routing.yaml.Environment;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.auth.LoginGuard;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.CSeq;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.ua.CoreParts.UpstreamParts;
import org.drawbridge.upstream.RegisterRelay.RelaySettings;

/** An SBC in virtual time before a PBX, and a phone of that PBX. */
final class RelayLab {

  static final String CONFIG =
      """
      domains: [ example.com, { name: pbx.example, upstream: "sip:203.0.113.5", refresh: 60s } ]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      """;

  static final String CHALLENGE = "Digest realm=\"pbx\", nonce=\"n1\", algorithm=MD5, qop=\"auth\"";

  static final String CREDENTIALS =
      "Digest username=\"7001\", realm=\"pbx\", nonce=\"n1\", uri=\"sip:pbx.example\","
          + " response=\"0123\"";

  final Lab lab;
  final RelayTable table;
  final SimPhone pbx;
  final List<Flow> signedIn = new ArrayList<>();

  /** The relayed domains after a reload; empty before one. */
  Map<String, RelayedDomain> domains = Map.of();

  RelayLab() {
    this(CONFIG, 100);
  }

  RelayLab(String config, int capacity) {
    this(config, capacity, new byte[16]);
  }

  RelayLab(String config, int capacity, byte[] secret) {
    AtomicReference<RelayTable> made = new AtomicReference<>();
    this.lab =
        new Lab(
            config,
            CallLimits.DEFAULTS,
            (rules, loop) -> {
              made.set(new RelayTable(capacity, () -> Instant.ofEpochMilli(loop.now()), secret));
              return new UpstreamParts(
                  TrunkStates.UNKNOWN,
                  new RelaySettings(
                      () -> domains.isEmpty() ? rules.relayed() : domains,
                      made.get(),
                      new LoginGuard(
                          3,
                          Duration.ofMinutes(1),
                          Duration.ofMinutes(10),
                          100,
                          () -> Instant.ofEpochMilli(loop.now())),
                      () -> Instant.ofEpochMilli(loop.now()),
                      signedIn::add));
            });
    this.table = made.get();
    this.pbx = lab.trunk("203.0.113.5");
    lab.relay(made.get()::lookup);
  }

  /** Relays as another configuration says. */
  void reload(String config) {
    ConfigResult read = ConfigReader.parse(config, "sbc.yaml", Environment.ofProcess());
    domains = ((ConfigResult.Loaded) read).config().accounts().relayed();
  }

  /** A phone that has not registered, with an account at the PBX. */
  SimPhone phone(String user, Transport transport, String host) {
    return lab.stranger(user, "pbx.example", transport, host);
  }

  /** A REGISTER as the phone writes it. */
  static MessageBuilder<SipRequest> register(SimPhone phone, long cseq, long expires) {
    String account = "<sip:" + phone.aor() + ">";
    return SipRequest.builder(Method.REGISTER, SipUri.of(null, "pbx.example", -1))
        .header(HeaderName.FROM, account + ";tag=reg")
        .header(HeaderName.TO, account)
        .header(HeaderName.CALL_ID, "registers-" + phone.aor().user())
        .header(HeaderName.CSEQ, CSeq.of(cseq, Method.REGISTER).toString())
        .header(HeaderName.MAX_FORWARDS, "70")
        .header(HeaderName.CONTACT, "<" + phone.contact() + ">")
        .header(HeaderName.EXPIRES, Long.toString(expires));
  }

  /**
   * Signs a phone in, with a challenge and headers of the PBX in its 200; returns what the PBX got
   * at last.
   */
  SipRequest signIn(SimPhone phone, long granted, String... headers) {
    phone.send(register(phone, 1, 3600));
    pbx.reply(pbx.expect(Method.REGISTER), 401, null, "WWW-Authenticate: " + CHALLENGE);
    phone.expect(401);
    phone.send(register(phone, 2, 3600).header(HeaderName.AUTHORIZATION, CREDENTIALS));
    SipRequest arrived = pbx.expect(Method.REGISTER);
    accept(arrived, granted, headers);
    phone.expect(200);
    return arrived;
  }

  /** Lets the PBX take the Contact of the next REGISTER; returns that. */
  SipRequest acceptNext(long granted) {
    SipRequest register = pbx.expect(Method.REGISTER);
    accept(register, granted);
    return register;
  }

  /** Lets the PBX take a Contact. */
  void accept(SipRequest register, long granted, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Contact: <" + register.contacts().getFirst().uri() + ">;expires=" + granted);
    pbx.reply(register, 200, null, all.toArray(String[]::new));
  }
}

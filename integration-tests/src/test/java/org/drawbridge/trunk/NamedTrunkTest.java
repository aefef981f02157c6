package org.drawbridge.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.drawbridge.sipunit.RawCall;
import org.drawbridge.sipunit.RawPhone;
import org.drawbridge.sipunit.WireMessage;
import org.drawbridge.support.Await;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.NameServer;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.SbcProcess;
import org.drawbridge.support.SipAccount;
import org.drawbridge.support.TestBed;
import org.junit.jupiter.api.Test;

/** A trunk that is known by a name only (RFC 3263). */
@OnTestBed
final class NamedTrunkTest {

  private static final SipAccount ACCOUNT = SbcFiles.account("1002");
  private static final String UDP = "_sip._udp.carrier.test";
  private static final String TCP = "_sip._tcp.carrier.test";
  private static final int CALLS = 16;

  private static final String OUTSIDE =
      "- { name: outside, when: { to: \"[0-9]+\" }, to: [ { trunk: carrier } ] }\n";

  private static final String TRUNK =
      "trunks: { carrier: { targets: [ \"sip:carrier.test\" ], try-timeout: 3s } }\n";

  private static final String REGISTERED =
      "trunks: { carrier: { targets: \"sip:carrier.test\", username: me, password: secret,"
          + " register: true } }\n";

  private static RawPhone caller(TestBed bed, NameServer names) {
    int port = bed.sbc(names.configuration() + TRUNK, OUTSIDE).ports().sip();
    return bed.join(RawPhone.open("127.0.0.11", port));
  }

  private static RawPhone target(TestBed bed, String address, int port) {
    return bed.join(RawPhone.open(address, port, bed.sbc().ports().sip()));
  }

  private static void dial(RawPhone caller) {
    new RawCall(caller, ACCOUNT, "sip:442079460000@" + SbcFiles.DOMAIN).place();
  }

  @Test
  void naptrNamesTheServiceSrvItsHostAndPort(TestBed bed) {
    int port = FreePorts.one();
    NameServer names =
        bed.join(NameServer.start())
            .naptr("carrier.test", 20, "SIP+D2T", TCP)
            .naptr("carrier.test", 10, "SIP+D2U", "main.carrier.test")
            .srv("main.carrier.test", 1, 1, port, "a.carrier.test")
            .address("a.carrier.test", "127.0.0.2");
    RawPhone caller = caller(bed, names);
    RawPhone trunk = target(bed, "127.0.0.2", port);
    dial(caller);

    WireMessage invite = trunk.awaitRequest("INVITE");
    trunk.respond(invite, "200 OK", RawCall.sdp("127.0.0.2"));
    caller.awaitResponse(200, "INVITE");
    trunk.awaitRequest("ACK");

    assertThat(invite.requestUri()).startsWith("sip:442079460000@carrier.test");
    assertThat(names.questions())
        .startsWith("NAPTR carrier.test.")
        .contains("SRV main.carrier.test.", "A a.carrier.test.");
  }

  @Test
  void refusalSilenceAnd503LeadToTheNextTargetUnheard(TestBed bed) {
    List<Integer> ports = List.of(FreePorts.one(), FreePorts.one(), FreePorts.one());
    NameServer names =
        bed.join(NameServer.start())
            .naptr("carrier.test", 10, "SIP+D2T", TCP)
            .naptr("carrier.test", 20, "SIP+D2U", UDP)
            .srv(TCP, 1, 1, FreePorts.one(), "a.carrier.test")
            .srv(UDP, 1, 1, ports.get(0), "a.carrier.test")
            .srv(UDP, 2, 1, ports.get(1), "b.carrier.test")
            .srv(UDP, 3, 1, ports.get(2), "c.carrier.test")
            .address("a.carrier.test", "127.0.0.2")
            .address("b.carrier.test", "127.0.0.3")
            .address("c.carrier.test", "127.0.0.4");
    RawPhone caller = caller(bed, names);
    RawPhone busy = target(bed, "127.0.0.2", ports.get(0));
    RawPhone silent = target(bed, "127.0.0.3", ports.get(1));
    RawPhone good = target(bed, "127.0.0.4", ports.get(2));
    dial(caller);

    WireMessage first = busy.awaitRequest("INVITE");
    busy.respond(first, "503 Overloaded", "");
    silent.awaitRequest("INVITE");
    good.respond(good.awaitRequest("INVITE"), "200 OK", RawCall.sdp("127.0.0.4"));
    caller.awaitResponse(200, "INVITE");
    good.awaitRequest("ACK");
    assertThat(caller.all(message -> message.startLine().startsWith("SIP/2.0 5"))).isEmpty();

    RawPhone other = bed.join(RawPhone.open("127.0.0.12", bed.sbc().ports().sip()));
    dial(other);
    // A 503 without Retry-After was the first call's alone; who keeps silent is avoided.
    WireMessage again =
        busy.await(
            "a second call",
            m -> m.isRequest("INVITE") && !m.header("Call-ID").equals(first.header("Call-ID")));
    busy.respond(again, "503 Overloaded", "");
    WireMessage second =
        good.await("a second call", m -> m.isRequest("INVITE") && isNot(m, good.requests("ACK")));
    good.respond(second, "486 Busy Here", "");
    other.awaitResponse(486, "INVITE");
    assertThat(silent.requests("INVITE").stream().map(m -> m.header("Via")).distinct()).hasSize(1);
  }

  private static boolean isNot(WireMessage invite, List<WireMessage> acks) {
    return acks.stream().noneMatch(a -> a.header("Call-ID").equals(invite.header("Call-ID")));
  }

  @Test
  void callsAreSharedOutByWeight(TestBed bed) {
    int port = FreePorts.one();
    NameServer names =
        bed.join(NameServer.start())
            .srv(UDP, 1, 50, port, "a.carrier.test")
            .srv(UDP, 1, 50, port, "b.carrier.test")
            .srv(UDP, 9, 50, port, "spare.carrier.test")
            .address("a.carrier.test", "127.0.0.2")
            .address("b.carrier.test", "127.0.0.3")
            .address("spare.carrier.test", "127.0.0.4");
    bed.sbc(names.configuration() + TRUNK, OUTSIDE);
    List<RawPhone> targets =
        List.of(
            target(bed, "127.0.0.2", port),
            target(bed, "127.0.0.3", port),
            target(bed, "127.0.0.4", port));

    Set<String> answered = new HashSet<>();
    for (int i = 0; i < CALLS; i++) {
      dial(bed.join(RawPhone.open("127.0.0.11", bed.sbc().ports().sip())));
      RawPhone chosen =
          Await.until(
                  "a call at one of the targets",
                  Duration.ofSeconds(40),
                  () -> targets.stream().filter(t -> waiting(t, answered).isPresent()).findFirst(),
                  Optional::isPresent)
              .orElseThrow();
      WireMessage invite = waiting(chosen, answered).orElseThrow();
      answered.add(invite.header("Call-ID"));
      chosen.respond(invite, "486 Busy Here", "");
    }

    assertThat(targets.get(0).requests("INVITE")).isNotEmpty();
    assertThat(targets.get(1).requests("INVITE")).isNotEmpty();
    assertThat(targets.get(2).requests("INVITE")).isEmpty();
  }

  @Test
  void callsOfARegisteredTrunkGoToTheHostThatHasTheRegistration(TestBed bed) {
    int port = FreePorts.one();
    NameServer names =
        bed.join(NameServer.start())
            .srv(UDP, 1, 50, port, "a.carrier.test")
            .srv(UDP, 1, 50, port, "b.carrier.test")
            .address("a.carrier.test", "127.0.0.2")
            .address("b.carrier.test", "127.0.0.3");
    SbcProcess sbc = bed.sbc(names.configuration() + REGISTERED, OUTSIDE);
    List<RawPhone> hosts = List.of(target(bed, "127.0.0.2", port), target(bed, "127.0.0.3", port));
    RawPhone registrar =
        Await.until(
                "a registration",
                Duration.ofSeconds(40),
                () -> hosts.stream().filter(h -> !h.requests("REGISTER").isEmpty()).findFirst(),
                Optional::isPresent)
            .orElseThrow();
    registrar.respond(registrar.awaitRequest("REGISTER"), "200 OK", "");
    Await.until("registered", Duration.ofSeconds(40), () -> sbc.log().contains("trunk.registered"));

    Set<String> answered = new HashSet<>();
    for (int i = 0; i < CALLS; i++) {
      RawPhone caller = bed.join(RawPhone.open("127.0.0.11", sbc.ports().sip()));
      dial(caller);
      WireMessage invite =
          registrar.await(
              "a call", m -> m.isRequest("INVITE") && !answered.contains(m.header("Call-ID")));
      answered.add(invite.header("Call-ID"));
      registrar.respond(invite, "486 Busy Here", "");
      caller.awaitResponse(486, "INVITE");
    }
    assertThat(hosts.stream().filter(h -> !h.requests("INVITE").isEmpty())).hasSize(1);
  }

  private static Optional<WireMessage> waiting(RawPhone target, Set<String> answered) {
    return target.requests("INVITE").stream()
        .filter(invite -> !answered.contains(invite.header("Call-ID")))
        .findFirst();
  }
}

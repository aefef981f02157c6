package org.drawbridge.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.example.Office.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.drawbridge.routing.config.reader.ConfigReader;
import org.drawbridge.routing.config.reader.ConfigResult;
import org.drawbridge.sipunit.RawCall;
import org.drawbridge.sipunit.RawPhone;
import org.drawbridge.sipunit.WireMessage;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.SipAccount;
import org.drawbridge.support.TestBed;
import org.junit.jupiter.api.Test;

/** Each example, and the call that people would make with it. */
@OnTestBed
final class ExamplesTest {

  private static final String FIRST = "127.0.0.2";
  private static final String SECOND = "127.0.0.3";
  private static final SipAccount ALICE = account("1001", "example.com");
  private static final SipAccount BOB = account("1002", "example.com");
  private static final Set<String> ALL =
      Set.of(
          "pbx-behind",
          "two-carriers",
          "call-centre",
          "remote-workers",
          "registered-trunk",
          "teams-tls",
          "lan-phones",
          "multi-tenant",
          "emergency",
          "least-cost");

  private final int first = FreePorts.one();
  private final int second = FreePorts.one();

  private String atFirst() {
    return "sip:" + FIRST + ":" + first;
  }

  private String atSecond() {
    return "sip:" + SECOND + ":" + second;
  }

  @Test
  void thereIsNoOtherExampleAndAllOfThemAreRight() throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.list(ExampleSbc.directory())) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        found.add(file.getFileName().toString().replace(".yaml", ""));
        String text = Files.readString(file).replace("config/", "../config/");
        ConfigResult result = ConfigReader.parse(text, file.toString(), ExampleSbc::environment);
        assertThat(result).as(result.toString()).isInstanceOf(ConfigResult.Loaded.class);
        assertThat(((ConfigResult.Loaded) result).warnings()).isEmpty();
      }
    }
    assertThat(found).isEqualTo(ALL);
  }

  @Test
  void aCarrierCallsAnExtensionOfThePbxAndThePbxCallsOut(TestBed bed) {
    Office office =
        Office.open(
            bed,
            "pbx-behind",
            Map.of(
                "sip:sbc.carrier.example",
                atFirst(),
                "198.51.100.0/24",
                FIRST,
                "sip:10.0.0.5:5060",
                atSecond(),
                "from: 10.0.0.5",
                "from: " + SECOND,
                "probe: 30s",
                "probe: 1h"));
    RawPhone carrier = office.party(FIRST, first);
    RawPhone pbx = office.party(SECOND, second);

    RawCall in = Office.callIn(carrier, "+442079461234", "127.0.0.1");
    assertThat(Office.talk(carrier, in, pbx).requestUri()).startsWith("sip:1234@" + SECOND);
    assertThat(pbx.requests("INVITE").getFirst().text()).doesNotContain(FIRST);

    RawCall out = Office.callIn(pbx, "01632960000", "127.0.0.1");
    assertThat(Office.talk(pbx, out, carrier).requestUri()).startsWith("sip:+441632960000@");
  }

  @Test
  void theOtherCarrierTakesTheCallAndNobodyNotices(TestBed bed) {
    Office office =
        Office.open(
            bed,
            "two-carriers",
            Map.of(
                "sip:sbc.first.example",
                atFirst(),
                "sip:sbc.second.example",
                atSecond(),
                "198.51.100.0/24",
                FIRST,
                "203.0.113.0/24",
                SECOND,
                "weight: 30",
                "weight: 1",
                "weight: 70",
                "weight: 10000",
                "probe: 30s",
                "probe: 1h"),
            ALICE);
    RawPhone one = office.party(FIRST, first);
    RawPhone other = office.party(SECOND, second);
    RawPhone alice = office.phone("127.0.0.11", ALICE);

    RawCall call = Office.dial(alice, ALICE, "00441632960000");
    one.respond(one.awaitRequest("INVITE"), "503 Service Unavailable", "");
    Office.talk(alice, call, other);
    assertThat(alice.all(message -> message.startLine().contains(" 503 "))).isEmpty();
  }

  @Test
  void phonesOfTheOfficeCallOutUnderOneNumber(TestBed bed) {
    SipAccount desk = account("1001", "office.example.com");
    Office office =
        Office.open(
            bed,
            "lan-phones",
            Map.of("sip:sbc.carrier.example", atFirst(), "198.51.100.0/24", FIRST),
            desk);
    RawPhone carrier = office.party(FIRST, first);
    RawPhone phone = office.phone("127.0.0.11", desk);

    WireMessage invite = Office.talk(phone, Office.dial(phone, desk, "901632960000"), carrier);
    assertThat(invite.requestUri()).startsWith("sip:+441632960000@");
    assertThat(invite.header("From")).contains("+442079460100");
    assertThat(invite.text()).doesNotContain("127.0.0.11");
  }

  @Test
  void aCarrierThatWeRegisterWithCallsTheFrontDesk(TestBed bed) {
    Office office =
        Office.open(bed, "registered-trunk", Map.of("sip:sip.carrier.example", atFirst()), ALICE);
    RawPhone carrier = office.party(FIRST, first);
    RawPhone alice = office.phone("127.0.0.11", ALICE);
    WireMessage register = carrier.awaitRequest("REGISTER");
    assertThat(register.header("To")).contains("442079460100@sip.carrier.example");
    String contact = register.contact();
    carrier.respond(register, "200 OK", "");

    String user = contact.substring("sip:".length(), contact.indexOf('@'));
    RawCall in = Office.callIn(carrier, user, "127.0.0.1");
    Office.talk(carrier, in, alice);
  }

  @Test
  void aWorkerAtHomeCallsAnotherButNoPremiumNumber(TestBed bed) {
    Office office =
        Office.open(
            bed,
            "remote-workers",
            Map.of("sip:sbc.carrier.example;transport=tls", atFirst(), "198.51.100.0/24", FIRST),
            ALICE,
            BOB);
    RawPhone alice = office.phone("127.0.0.11", ALICE);
    RawPhone bob = office.phone("127.0.0.12", BOB);

    RawCall premium = Office.dial(alice, ALICE, "0088312345678");
    assertThat(alice.awaitResponse(403, "INVITE").header("Warning")).contains("Premium");
    alice.send(premium.ackOfFailure(alice.awaitResponse(403, "INVITE")));
    WireMessage invite = Office.talk(bob, Office.dial(bob, BOB, "1001"), alice);
    assertThat(invite.text()).doesNotContain("127.0.0.12");
  }

  @Test
  void tenantsHaveTheirOwnCarriersAndDoNotReachOneAnother(TestBed bed) {
    SipAccount red = account("1001", "red.example");
    SipAccount blue = account("1001", "blue.example");
    Office office =
        Office.open(
            bed,
            "multi-tenant",
            Map.of(
                "sip:sbc.red-carrier.example",
                atFirst(),
                "sip:sbc.blue-carrier.example",
                atSecond(),
                "198.51.100.0/25",
                FIRST,
                "198.51.100.128/25",
                SECOND),
            red,
            blue);
    RawPhone ofRed = office.party(FIRST, first);
    RawPhone ofBlue = office.party(SECOND, second);
    RawPhone reds = office.phone("127.0.0.11", red);
    RawPhone blues = office.phone("127.0.0.12", blue);

    Office.talk(reds, Office.dial(reds, red, "+441632960000"), ofRed);
    Office.talk(ofBlue, Office.callIn(ofBlue, "+441614961001", "blue.example"), blues);
    RawCall across = new RawCall(blues, blue, "sip:1001@red.example");
    across.place();
    blues.awaitResponse(404, "INVITE");
    assertThat(reds.requests("INVITE")).isEmpty();
  }

  @Test
  void anEmergencyCallGetsTheOnlyChannel(TestBed bed) {
    Office office =
        Office.open(
            bed,
            "emergency",
            Map.of("sip:sbc.carrier.example", atFirst(), "sip:gateway.mobile.example", atSecond()),
            ALICE,
            BOB);
    RawPhone carrier = office.party(FIRST, first);
    RawPhone alice = office.phone("127.0.0.11", ALICE);
    RawPhone bob = office.phone("127.0.0.12", BOB);
    Office.answer(alice, Office.dial(alice, ALICE, "00441632960000"), carrier);

    new RawCall(bob, BOB, "urn:service:sos.fire").place();
    WireMessage bye = carrier.awaitRequest("BYE");
    assertThat(bye.header("Reason")).contains("preemption");
    carrier.respond(bye, "200 OK", "");
    assertThat(alice.awaitRequest("BYE").header("Reason")).contains("preemption");
    WireMessage emergency =
        carrier.await("emergency INVITE", m -> m.requestUri().startsWith("sip:112@"));
    carrier.respond(emergency, "200 OK", RawCall.sdp(FIRST));
    bob.awaitResponse(200, "INVITE");
  }

  @Test
  void theCheapestCarrierIsCalledAndThenTheNext(TestBed bed) {
    int third = FreePorts.one();
    Office office =
        Office.open(
            bed,
            "least-cost",
            Map.of(
                "sip:sbc.first.example", atFirst(),
                "sip:sbc.second.example", atSecond(),
                "sip:sbc.third.example", "sip:127.0.0.4:" + third),
            ALICE);
    RawPhone one = office.party(FIRST, first);
    RawPhone two = office.party(SECOND, second);
    RawPhone three = office.party("127.0.0.4", third);
    RawPhone alice = office.phone("127.0.0.11", ALICE);

    Office.talk(alice, Office.dial(alice, ALICE, "00442079460000"), one);
    RawPhone bob = office.phone("127.0.0.12", ALICE);
    RawCall abroad = Office.dial(bob, ALICE, "00441632960000");
    two.respond(two.awaitRequest("INVITE"), "500 Server Internal Error", "");
    one.await("second INVITE", 2, Duration.ofSeconds(40), m -> m.isRequest("INVITE"));
    assertThat(three.requests("INVITE")).isEmpty();
    bob.send(abroad.cancel());
  }
}

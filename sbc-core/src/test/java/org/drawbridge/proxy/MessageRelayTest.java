package org.drawbridge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Binding;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.LogLines;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Text messages outside calls (RFC 3428). */
final class MessageRelayTest {

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.WSS, "192.0.2.11");
  private final SimPhone desk = lab.phone("1002", Transport.UDP, "192.0.2.22");
  private final SimPhone browser = lab.phone("1002", Transport.WSS, "192.0.2.23");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private MessageBuilder<SipRequest> text(String to) {
    return alice
        .request(Method.MESSAGE, to)
        .body("text/plain", "Tea?".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyDeviceGetsItAndTheFirstToTakeItAnswers() {
    SipRequest sent = alice.send(text("1002"));
    SipRequest atDesk = desk.expect(Method.MESSAGE);
    SipRequest atBrowser = browser.expect(Method.MESSAGE);
    desk.reply(atDesk, 486, null);
    assertThat(alice.firstLines()).isEmpty();
    browser.reply(atBrowser, 200, null);
    alice.expect(200);

    assertThat(atDesk.bodyText()).isEqualTo("Tea?");
    assertThat(atDesk.callId()).isNotEqualTo(sent.callId());
    assertThat(atDesk.toString()).doesNotContain("192.0.2.11").doesNotContain(alice.userAgent());
  }

  /** A phone's words must not end the value that they stand in. */
  @Test
  void theLogSaysWhyInOneValue() {
    try (LogLines log = LogLines.of("org.drawbridge.message")) {
      alice.send(text("1002"));
      desk.reply(desk.expect(Method.MESSAGE), 486, null, "Warning: 399 x \"in a \\\"meeting\\\"\"");
      browser.reply(browser.expect(Method.MESSAGE), 486, null);
      alice.expect(486);

      assertThat(log.lines())
          .anyMatch(line -> line.matches(".* reason=\"[^\"]*in a 'meeting'[^\"]*\""));
    }
  }

  @Test
  void anAnswerAfterTheFirstChangesNothing() {
    alice.send(text("1002"));
    desk.reply(desk.expect(Method.MESSAGE), 200, null);
    browser.reply(browser.expect(Method.MESSAGE), 486, null);

    alice.expect(200);
    assertThat(alice.firstLines()).isEmpty();
  }

  @Test
  void nobodyThereIsSaid() {
    lab.account("1003");
    alice.send(text("1003"));
    alice.expect(480);
    alice.send(text("1999"));

    assertThat(alice.expect(404).headers().first(HeaderName.WARNING)).contains("no such account");
  }

  @Test
  void aDeviceThatDoesNotRespondIsGivenUpBeforeTheSenderGivesUp() {
    alice.send(text("1002"));
    lab.advance(25_100);

    alice.expect(480);
  }

  @Test
  void aStrangerIsRefused() {
    alice.send(text("1002").remove(HeaderName.PROXY_AUTHORIZATION));

    alice.expect(407);
    assertThat(desk.firstLines()).isEmpty();
  }

  /** As an edge proxy says whose connection to the device is gone (RFC 5626 section 5.3.1). */
  @Test
  void theNextFlowOfADeviceIsTriedAfter430AndTheFirstIsForgotten() {
    Aor bob = new Aor("1003", "example.com");
    SimPhone first = lab.device(bob, "192.0.2.31");
    SimPhone second = lab.device(bob, "192.0.2.33");
    bind(bob, first, 1);
    bind(bob, second, 2);

    alice.send(text("1003"));
    first.reply(first.expect(Method.MESSAGE), 430, null);
    assertThat(lab.lookup(bob)).hasSize(1);
    second.reply(second.expect(Method.MESSAGE), 200, null);
    alice.expect(200);
  }

  /** The sender would take a 430 for word of its own flow. */
  @Test
  void theSenderIsNotToldThatItsFlowFailedWhenThatOfTheDeviceDid() {
    Aor bob = new Aor("1003", "example.com");
    SimPhone only = lab.device(bob, "192.0.2.31");
    bind(bob, only, 1);

    alice.send(text("1003"));
    only.reply(only.expect(Method.MESSAGE), 430, null);
    alice.expect(480);
  }

  private void bind(Aor aor, SimPhone phone, int regId) {
    lab.bind(
        new Binding(
            aor,
            phone.contact(),
            phone.sbcEnd().id(),
            List.of(),
            "<urn:bob>",
            regId,
            0,
            "reg",
            1,
            1000,
            null,
            Long.MAX_VALUE));
  }
}

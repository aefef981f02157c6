package org.drawbridge.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.support.BaresipPhone.Answering.MANUAL;

import org.drawbridge.app.control.ControlReply;
import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.SbcProcess;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;

/** A program that is to be replaced in the middle of the day. */
@OnTestBed
final class DrainTest {

  private static final Tone LOW = new Tone(440);
  private static final Tone HIGH = new Tone(1000);

  @Test
  void theCallThatIsUpGoesOnAndTheProgramEndsAfterIt(TestBed bed) {
    SbcProcess sbc = bed.sbc();
    BaresipPhone caller = bed.phone("1004", LOW, PhoneTransport.TCP, MANUAL);
    BaresipPhone late = bed.phone("1002", HIGH, PhoneTransport.UDP, MANUAL);
    caller.dial("echo");
    caller.awaitTone(LOW);

    ControlReply reply = sbc.ask("drain", "--within", "2m");
    late.dial("echo");

    assertThat(reply.text()).contains("the last of 1 calls");
    assertThat(late.awaitEvent("CALL_CLOSED")).startsWith("503");
    assertThat(sbc.ask("status").text()).contains("Draining");
    assertThat(sbc.ask("registrations", "1004").text())
        .startsWith("1004@")
        .contains("tcp from 127.0.0.1:", "baresip");
    caller.awaitTone(LOW);
    caller.hangUp();
    assertThat(sbc.awaitEnd()).isZero();
  }
}

package org.drawbridge.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.drawbridge.sipunit.RawCall;
import org.drawbridge.sipunit.RawPhone;
import org.drawbridge.sipunit.WireMessage;
import org.drawbridge.support.Await;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.SbcProcess;
import org.drawbridge.support.SipAccount;
import org.drawbridge.support.Sipp;
import org.drawbridge.support.TestBed;
import org.junit.jupiter.api.Test;

/** Two trunks of SIPp, the first of which answers 503, hangs, dies and comes back. */
@OnTestBed
final class FailingTrunkTest {

  private static final SipAccount ACCOUNT = SbcFiles.account("1002");
  private static final SipAccount NOBODY = new SipAccount("nobody", SbcFiles.DOMAIN, "none");
  private static final String FIRST = "127.0.0.2";
  private static final String SECOND = "127.0.0.3";
  private static final Duration SOON = Duration.ofSeconds(40);

  private final int first = FreePorts.one();
  private final int second = FreePorts.one();

  private SbcProcess sbc(TestBed bed, String more) {
    return bed.sbc(
        """
        trunks:
          first: { targets: "sip:%s:%d;transport=udp", try-timeout: 3s%s }
          second: { targets: "sip:%s:%d;transport=udp" }
        """
            .formatted(FIRST, first, more, SECOND, second),
        """
        - name: outside
          when: { from: registered, to: "00([0-9]+)" }
          set: { to: "+$1" }
          to: [ { trunk: first }, { trunk: second } ]
        """);
  }

  private static Sipp trunk(
      TestBed bed, SbcProcess sbc, String scenario, String address, int port, int calls) {
    Sipp.Plan plan =
        new Sipp.Plan(scenario, PhoneTransport.UDP, address, port, sbc.ports().sip(), calls);
    return bed.sipp(plan, NOBODY, "unused");
  }

  private static RawPhone phone(TestBed bed, SbcProcess sbc) {
    RawPhone phone = bed.join(RawPhone.open("127.0.0.11", sbc.ports().sip()));
    phone.register(ACCOUNT);
    return phone;
  }

  private static RawCall dial(RawPhone phone) {
    RawCall call = new RawCall(phone, ACCOUNT, "sip:00442079460000@" + SbcFiles.DOMAIN);
    call.place();
    return call;
  }

  private static void talk(RawPhone phone, RawCall call) {
    WireMessage answer = phone.awaitResponse(200, "INVITE");
    phone.send(call.ack(answer));
    phone.send(call.next("BYE", answer));
    phone.awaitResponse(200, "BYE");
  }

  @Test
  void aTrunkThatTakesNoCallsIsPassedOver(TestBed bed) {
    SbcProcess sbc = sbc(bed, "");
    Sipp refuses = trunk(bed, sbc, "unavailable", FIRST, first, 1);
    Sipp answers = trunk(bed, sbc, "answer", SECOND, second, 1);
    RawPhone phone = phone(bed, sbc);
    talk(phone, dial(phone));
    refuses.awaitSuccess();
    answers.awaitSuccess();
    assertThat(phone.all(message -> message.isResponse(503, "INVITE"))).isEmpty();
  }

  @Test
  void aTrunkThatHangsIsPassedOver(TestBed bed) {
    SbcProcess sbc = sbc(bed, "");
    trunk(bed, sbc, "hang", FIRST, first, 1);
    Sipp answers = trunk(bed, sbc, "answer", SECOND, second, 1);
    RawPhone phone = phone(bed, sbc);
    talk(phone, dial(phone));
    answers.awaitSuccess();
  }

  @Test
  void aTrunkThatDiesInMidCallIsLeftAloneUntilItIsBack(TestBed bed) {
    SbcProcess sbc = sbc(bed, ", probe: 1s");
    Sipp dies = trunk(bed, sbc, "probed", FIRST, first, 1000);
    Sipp answers = trunk(bed, sbc, "answer", SECOND, second, 1);
    RawPhone phone = phone(bed, sbc);
    RawCall cutOff = dial(phone);
    WireMessage answer = phone.awaitResponse(200, "INVITE");
    phone.send(cutOff.ack(answer));
    dies.close();
    Await.until(
        "down", SOON, () -> sbc.log().contains("trunk=first target=sip:" + FIRST + ":" + first));

    phone.send(cutOff.next("BYE", answer));
    phone.awaitResponse(200, "BYE");
    RawPhone other = phone(bed, sbc);
    talk(other, dial(other));
    answers.awaitSuccess();
    assertThat(sbc.log()).contains("call.skipped").contains("does not answer");

    trunk(bed, sbc, "probed", FIRST, first, 1000);
    Await.until("back", SOON, () -> sbc.log().contains("state=up reason=\"answers again\""));
    RawPhone third = phone(bed, sbc);
    talk(third, dial(third));
  }
}

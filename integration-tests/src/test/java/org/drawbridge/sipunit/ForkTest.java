package org.drawbridge.sipunit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.sipunit.SipUnitPhone.PATIENCE;
import static org.drawbridge.sipunit.SipUnitPhone.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sip.message.Response;
import org.cafesip.sipunit.SipCall;
import org.drawbridge.support.Await;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.SipAccount;
import org.drawbridge.support.TestBed;
import org.junit.jupiter.api.Test;

/** Two devices of one account that are both answered (RFC 3261 section 13.2.2.4). */
@OnTestBed
final class ForkTest {

  private static final SipAccount CALLED = SbcFiles.account("1004");
  private static final Duration A_WHILE = Duration.ofSeconds(1);

  @Test
  void whoAnswersSecondIsAcknowledgedAndHungUp(TestBed bed) {
    int port = bed.sbc().ports().sip();
    SipUnitPhone caller = bed.join(SipUnitPhone.open("127.0.0.11", SbcFiles.account("1002"), port));
    SipUnitPhone desk = device(bed, "127.0.0.12", port);
    SipUnitPhone mobile = device(bed, "127.0.0.13", port);
    SipCall atDesk = desk.expectCall();
    SipCall atMobile = mobile.expectCall();
    SipCall calling = caller.call(CALLED.uri());
    for (SipCall ringing : List.of(atDesk, atMobile)) {
      SipUnitPhone.ring(ringing);
      check(ringing.listenForAck(), ringing);
      check(ringing.listenForDisconnect(), ringing);
    }
    SipUnitPhone.awaitRinging(calling);

    desk.answer(atDesk);
    mobile.answer(atMobile);

    Response answer = SipUnitPhone.finalResponse(calling);
    assertThat(answer.getStatusCode()).isEqualTo(Response.OK);
    check(calling.sendInviteOkAck(), calling);
    check(atDesk.waitForAck(PATIENCE), atDesk);
    check(atMobile.waitForAck(PATIENCE), atMobile);
    Await.pause(A_WHILE);
    List<SipCall> alive = new ArrayList<>(List.of(atDesk, atMobile));
    alive.removeIf(call -> call.waitForDisconnect(1) && call.respondToDisconnect());
    assertThat(alive).as("calls that were not hung up").hasSize(1);
    assertThat(SipUnitPhone.count(calling, Response.OK)).isEqualTo(1);

    check(calling.disconnect(), calling);
    check(alive.getFirst().waitForDisconnect(PATIENCE), alive.getFirst());
    check(alive.getFirst().respondToDisconnect(), alive.getFirst());
  }

  private static SipUnitPhone device(TestBed bed, String address, int port) {
    SipUnitPhone phone = bed.join(SipUnitPhone.open(address, CALLED, port));
    phone.register();
    return phone;
  }
}

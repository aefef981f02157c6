package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A caller who is handed on from one to the next, as in a call centre, and waits on hold between.
 */
final class TransferChainTest {

  private static final String BOBS = Sdps.phone("192.0.2.22", 4002);
  private static final String CAROLS = Sdps.phone("192.0.2.33", 4004);
  private static final String DORAS = Sdps.phone("192.0.2.44", 4006);

  private static void hold(
      SimPhone holder, SimDialog dialog, String sdp, SimPhone held, String answer) {
    holder.send(
        SimPhone.withSdp(dialog.request(Method.INVITE), sdp.replace("sendrecv", "sendonly"))
            .header(HeaderName.CONTACT, "<" + holder.contact() + ">"));
    SipRequest arrived = held.expect(Method.INVITE);
    assertThat(arrived.bodyText()).contains("a=sendonly");
    held.reply(arrived, 200, answer.replace("sendrecv", "recvonly"));
    held.expect(Method.ACK);
    SipResponse ok = holder.expect(200);
    holder.ack(dialog, ok, null);
  }

  private static void transfer(SimPhone by, SimDialog from, SimCall to) {
    String replaces =
        to.invite().callId()
            + ";to-tag="
            + to.answer().toTag()
            + ";from-tag="
            + to.invite().fromTag();
    String target =
        "<sip:x@example.com?Replaces=" + URLEncoder.encode(replaces, StandardCharsets.UTF_8) + ">";
    by.send(from.request(Method.REFER).header(HeaderName.REFER_TO, target));
    by.expect(202);
  }

  private static void left(SimPhone by) {
    by.reply(by.expect(Method.NOTIFY), 200, null);
    SipRequest last = by.expect(Method.NOTIFY);
    by.reply(last, 200, null);
    assertThat(last.bodyText()).contains("200 OK");
    by.reply(by.expect(Method.BYE), 200, null);
    by.reply(by.expect(Method.BYE), 200, null);
  }

  private static void resumed(SimPhone phone, String sdp) {
    SipRequest resume = phone.expect(Method.INVITE);
    assertThat(resume.bodyText()).contains("a=sendrecv");
    phone.reply(resume, 200, sdp);
    phone.expect(Method.ACK);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theLastOneTalksToTheCaller(int loops) {
    Lab lab = new Lab(Lab.CONFIG, CallLimits.DEFAULTS, loops);
    SimPhone alice = lab.phone("1001", Transport.WSS, "192.0.2.11");
    SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
    SimPhone carol = lab.phone("1003", Transport.TCP, "192.0.2.33");
    SimPhone dora = lab.phone("1004", Transport.TLS, "192.0.2.44");
    String browser = Sdps.browserAnswer("192.0.2.11");
    SimCall first = SimCall.connect(alice, Sdps.browserOffer("192.0.2.11"), bob, BOBS);
    hold(bob, first.calleeDialog(), BOBS, alice, browser);
    SimCall second = SimCall.connect(bob, BOBS, carol, CAROLS);
    transfer(bob, first.calleeDialog(), second);
    resumed(alice, browser);
    left(bob);
    carol.reply(carol.expect(Method.UPDATE), 200, null);

    hold(carol, second.calleeDialog(), CAROLS, alice, browser);
    SimCall third = SimCall.connect(carol, CAROLS, dora, DORAS);
    transfer(carol, second.calleeDialog(), third);
    resumed(alice, browser);
    left(carol);

    alice.send(
        first
            .callerDialog()
            .request(Method.INFO)
            .body("text/plain", "?".getBytes(StandardCharsets.UTF_8)));
    dora.reply(dora.expect(Method.INFO), 200, null);
    alice.expect(200);
    hold(dora, third.calleeDialog(), DORAS, alice, browser);
    dora.send(third.calleeDialog().request(Method.BYE));
    dora.expect(200);
    alice.reply(alice.expect(Method.BYE), 200, null);
    assertThat(bob.firstLines()).isEmpty();
    assertThat(carol.firstLines()).isEmpty();
    lab.assertClean();
  }
}

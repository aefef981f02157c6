package org.drawbridge.sipunit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.sipunit.SipUnitPhone.PATIENCE;
import static org.drawbridge.sipunit.SipUnitPhone.check;

import javax.sip.message.Request;
import javax.sip.message.Response;
import org.cafesip.sipunit.SipCall;
import org.cafesip.sipunit.SipTransaction;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.TestBed;
import org.junit.jupiter.api.Test;

/** A caller that gives up while the other phone rings. */
@OnTestBed
final class CancelTest {

  @Test
  void aCancelStopsTheRinging(TestBed bed) {
    int port = bed.sbc().ports().sip();
    SipUnitPhone caller = bed.join(SipUnitPhone.open("127.0.0.11", SbcFiles.account("1002"), port));
    SipUnitPhone callee = bed.join(SipUnitPhone.open("127.0.0.12", SbcFiles.account("1004"), port));
    callee.register();
    SipCall ringing = callee.expectCall();
    SipCall calling = caller.call(SbcFiles.account("1004").uri());
    SipUnitPhone.ring(ringing);
    SipUnitPhone.awaitRinging(calling);
    check(ringing.listenForCancel(), ringing);

    SipTransaction cancel = calling.sendCancel();

    check(cancel != null, calling);
    SipTransaction seen = ringing.waitForCancel(PATIENCE);
    check(seen != null, ringing);
    assertThat(seen.getRequest().getMethod()).isEqualTo(Request.CANCEL);
    check(ringing.respondToCancel(seen, Response.OK, "OK", -1), ringing);
    check(calling.waitForCancelResponse(cancel, PATIENCE), calling);
    assertThat(calling.getReturnCode()).isEqualTo(Response.OK);
    assertThat(SipUnitPhone.finalResponse(calling).getStatusCode())
        .isEqualTo(Response.REQUEST_TERMINATED);
  }
}

package org.drawbridge.sipunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import javax.sip.message.Response;
import org.cafesip.sipunit.SipCall;
import org.drawbridge.support.Await;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.SipAccount;
import org.drawbridge.support.TestBed;
import org.junit.jupiter.api.Test;

/** Callers who are not who they say, or who go where the SBC must take nobody. */
@OnTestBed
final class StrangerTest {

  private static final SipAccount ACCOUNT = SbcFiles.account("1002");
  private static final SipAccount STRANGER = new SipAccount("eve", "elsewhere.example", "guess");
  private static final Duration A_WHILE = Duration.ofSeconds(1);

  @Test
  void aCallWithoutCredentialsIsChallenged(TestBed bed) {
    SipUnitPhone phone = phone(bed, ACCOUNT, ACCOUNT.uri());

    SipCall call = phone.callWithoutCredentials(SbcFiles.account("1001").uri());

    Response response = SipUnitPhone.finalResponse(call);
    assertThat(response.getStatusCode()).isEqualTo(407);
    assertThat(response.getHeader("Proxy-Authenticate").toString()).contains("qop=\"auth\"");
  }

  @Test
  void anAccountCannotCallInTheNameOfAnother(TestBed bed) {
    SipUnitPhone phone = phone(bed, ACCOUNT, SbcFiles.account("1001").uri());

    SipCall call = phone.call(SbcFiles.account("1004").uri());

    assertThat(SipUnitPhone.finalResponse(call).getStatusCode()).isEqualTo(403);
  }

  @Test
  void aWrongPasswordIsRefused(TestBed bed) {
    SipUnitPhone phone = phone(bed, ACCOUNT.withWrongPassword(), ACCOUNT.uri());

    SipCall call = phone.call(SbcFiles.account("1004").uri());

    assertThat(SipUnitPhone.finalResponse(call).getStatusCode()).isEqualTo(403);
  }

  @Test
  void aStrangerIsNotRelayedElsewhere(TestBed bed) {
    RawPhone victim = bed.join(RawPhone.open("127.0.0.13", bed.sbc().ports().sip()));
    SipUnitPhone phone = phone(bed, STRANGER, STRANGER.uri());

    SipCall call = phone.callWithoutCredentials("sip:victim@" + victim.hostPort());

    assertThat(SipUnitPhone.finalResponse(call).getStatusCode()).isIn(403, 404);
    assertUntouched(victim);
  }

  @Test
  void anAccountIsNotRelayedElsewhereEither(TestBed bed) {
    RawPhone victim = bed.join(RawPhone.open("127.0.0.13", bed.sbc().ports().sip()));
    SipUnitPhone phone = phone(bed, ACCOUNT, ACCOUNT.uri());

    SipCall call = phone.call("sip:victim@" + victim.hostPort());

    assertThat(SipUnitPhone.finalResponse(call).getStatusCode()).isIn(403, 404);
    assertUntouched(victim);
  }

  @Test
  void aRouteOfTheSenderLeadsNowhere(TestBed bed) {
    int port = bed.sbc().ports().sip();
    RawPhone victim = bed.join(RawPhone.open("127.0.0.13", port));
    RawPhone caller = bed.join(RawPhone.open("127.0.0.11", port));
    RequestText request =
        new RequestText(caller.hostPort(), STRANGER.uri(), "sip:victim@" + SbcFiles.DOMAIN);
    String route = "Route: <sip:127.0.0.1:" + port + ";lr>, <sip:" + victim.hostPort() + ";lr>";

    caller.send(
        request.text(
            "INVITE", "sip:victim@" + SbcFiles.DOMAIN, 1, List.of(route, caller.contact("eve"))));

    caller.await("a final response", message -> message.isFinal("INVITE"));
    assertThat(caller.all(message -> message.startLine().startsWith("SIP/2.0 2"))).isEmpty();
    assertUntouched(victim);
  }

  private static SipUnitPhone phone(TestBed bed, SipAccount account, String from) {
    int port = bed.sbc().ports().sip();
    return bed.join(SipUnitPhone.open("127.0.0.11", account, from, port));
  }

  private static void assertUntouched(RawPhone victim) {
    Await.pause(A_WHILE);
    assertThat(victim.all(message -> true)).isEmpty();
  }
}

package org.drawbridge.passing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.drawbridge.sipunit.RawPhone;
import org.drawbridge.sipunit.WireMessage;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.Sipp;
import org.drawbridge.support.TestBed;
import org.junit.jupiter.api.Test;

/** A switchboard behind a trunk watches a phone (RFC 6665), in hand-written messages. */
@OnTestBed
final class PresenceTest {

  private static final String PIDF = "<presence entity=\"pres:1004\"/>";

  @Test
  void theWatcherHearsOfThePhoneAndNeitherSeesTheOther(TestBed bed) {
    int trunkPort = FreePorts.one();
    int port = bed.sbc(trunk(trunkPort), "").ports().sip();
    RawPhone watcher = bed.join(RawPhone.open(Sipp.TRUNK_ADDRESS, trunkPort, port));
    RawPhone phone = bed.join(RawPhone.open("127.0.0.12", port));
    phone.register(SbcFiles.account("1004"));

    watcher.send(subscribe(watcher));
    WireMessage asked = phone.awaitRequest("SUBSCRIBE");
    phone.send(answer(asked, "200 OK", ";tag=p1", "Expires: 60\r\n" + phone.contact("1004")));
    WireMessage taken = watcher.awaitResponse(200, "SUBSCRIBE");
    phone.send(notify(phone, asked));
    WireMessage told = watcher.awaitRequest("NOTIFY");
    watcher.send(answer(told, "200 OK", "", watcher.contact("board")));
    phone.awaitResponse(200, "NOTIFY");

    assertThat(taken.header("Expires")).isEqualTo("60");
    assertThat(told.body()).isEqualTo(PIDF);
    assertThat(told.header("Call-ID")).isEqualTo("watch-1");
    assertThat(told.header("Subscription-State")).isEqualTo("active;expires=60");
    assertThat(told.tag("From")).isEqualTo(taken.tag("To"));
    assertThat(taken.text() + told.text()).doesNotContain("127.0.0.12");
    assertThat(asked.text()).doesNotContain(Sipp.TRUNK_ADDRESS, "watch-1");
  }

  private static String trunk(int port) {
    return "trunks: { board: { targets: \"sip:%s:%d\", from: %s/32 } }\n"
        .formatted(Sipp.TRUNK_ADDRESS, port, Sipp.TRUNK_ADDRESS);
  }

  private static String subscribe(RawPhone watcher) {
    return lines(
        "SUBSCRIBE sip:1004@" + SbcFiles.DOMAIN + " SIP/2.0",
        "Via: SIP/2.0/UDP " + watcher.hostPort() + ";branch=z9hG4bK-watch;rport",
        "Max-Forwards: 70",
        "From: <sip:board@pbx.example>;tag=w1",
        "To: <sip:1004@" + SbcFiles.DOMAIN + ">",
        "Call-ID: watch-1",
        "CSeq: 1 SUBSCRIBE",
        watcher.contact("board"),
        "Event: presence",
        "Accept: application/pidf+xml",
        "Expires: 60",
        "Content-Length: 0",
        "",
        "");
  }

  private static String notify(RawPhone phone, WireMessage asked) {
    return lines(
            "NOTIFY " + asked.contact() + " SIP/2.0",
            "Via: SIP/2.0/UDP " + phone.hostPort() + ";branch=z9hG4bK-notify;rport",
            "Max-Forwards: 70",
            "From: " + asked.header("To") + ";tag=p1",
            "To: " + asked.header("From"),
            "Call-ID: " + asked.header("Call-ID"),
            "CSeq: 1 NOTIFY",
            phone.contact("1004"),
            "Event: presence",
            "Subscription-State: active;expires=60",
            "Content-Type: application/pidf+xml",
            "Content-Length: " + PIDF.getBytes(StandardCharsets.UTF_8).length,
            "",
            "")
        + PIDF;
  }

  private static String answer(WireMessage request, String status, String tag, String more) {
    return lines(
        "SIP/2.0 " + status,
        "Via: " + request.header("Via"),
        "From: " + request.header("From"),
        "To: " + request.header("To") + tag,
        "Call-ID: " + request.header("Call-ID"),
        "CSeq: " + request.header("CSeq"),
        more,
        "Content-Length: 0",
        "",
        "");
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines);
  }
}

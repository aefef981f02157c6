package org.drawbridge.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.support.BaresipPhone.Answering.AUTO;
import static org.drawbridge.support.BaresipPhone.Answering.MANUAL;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.drawbridge.media.audio.G711;
import org.drawbridge.media.dtmf.KeyListener;
import org.drawbridge.media.dtmf.KeyTones;
import org.drawbridge.media.dtmf.ToneDetector;
import org.drawbridge.sipunit.RawCall;
import org.drawbridge.sipunit.RawPhone;
import org.drawbridge.sipunit.WireMessage;
import org.drawbridge.support.Await;
import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.Browser;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.RtpParty;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;

/** Keys pressed by real parties reach others in the form those take. */
@OnTestBed
final class KeysTest {

  private static final Tone PHONE = new Tone(440);
  private static final Tone OTHER = new Tone(1000);
  private static final String TRUNK = "127.0.0.2";

  /** An SBC with a trunk that is called by a 9 in front. */
  private static void trunk(TestBed bed, String host, int port, String dtmf) {
    bed.sbc(
        """
        trunks:
          carrier: { targets: [ "sip:%s:%d" ], dtmf: %s }
        """
            .formatted(host, port, dtmf),
        """
        - name: outside
          when: { from: registered, to: "9([0-9]+)" }
          set: { to: "$1" }
          to: [ { trunk: carrier } ]
        """);
  }

  @Test
  void infoOfABrowserBecomesEventsForAPhone(TestBed bed) {
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, AUTO);
    Browser browser = bed.browser("1001", OTHER);
    browser.call("1002");
    browser.awaitEvent("confirmed");
    phone.awaitTone(OTHER);

    browser.sendDtmfAsInfo("42#");

    phone.awaitCount("CALL_DTMF_START", 3);
    assertThat(phone.details("CALL_DTMF_START")).containsExactly("4", "2", "#");
    phone.awaitTone(OTHER);
  }

  @Test
  void eventsOfABrowserBecomeTonesForATrunkThatHasNothingElse(TestBed bed) {
    int port = FreePorts.one();
    trunk(bed, "127.0.0.1", port, "inband");
    BaresipPhone carrier = bed.carrier("2000", PHONE, port);
    Browser browser = bed.browser("1001", OTHER);
    browser.call("92000");
    carrier.awaitEvent("CALL_INCOMING");
    carrier.accept();
    carrier.awaitTone(OTHER);

    browser.sendDtmf("159D");

    Await.until(
        "tone pairs", Duration.ofSeconds(40), () -> keysIn(carrier.heard()), k -> k.size() >= 4);
    assertThat(keysIn(carrier.heard())).containsExactly('1', '5', '9', 'D');
    assertThat(carrier.has("CALL_DTMF_START")).isFalse();
    carrier.awaitTone(OTHER);
  }

  private static List<Character> keysIn(short[] samples) {
    List<Character> keys = new ArrayList<>();
    ToneDetector detector =
        new ToneDetector(
            new KeyListener() {
              @Override
              public void onKey(int event, long nowNanos) {}

              @Override
              public void onRelease(int event, int millis, long nowNanos) {
                keys.add("0123456789*#ABCD".charAt(event));
              }
            });
    detector.onSamples(samples, samples.length, 0);
    return keys;
  }

  @Test
  void tonesOfATrunkBecomeEventsForAPhone(TestBed bed) throws IOException {
    int port = FreePorts.one();
    trunk(bed, TRUNK, port, "inband");
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, MANUAL);
    RawPhone carrier = bed.join(RawPhone.open(TRUNK, port, bed.sbc().ports().sip()));
    RtpParty audio = bed.join(RtpParty.open(TRUNK));
    phone.dial("92000");
    WireMessage invite = carrier.awaitRequest("INVITE");
    assertThat(invite.body()).doesNotContain("telephone-event");
    carrier.respond(invite, "200 OK", RawCall.sdp(TRUNK, audio.port()));
    phone.awaitEvent("CALL_ESTABLISHED");

    InetSocketAddress to = RtpParty.audioOf(invite.body());
    for (int event : new int[] {3, 6, 11}) {
      audio.sendAudio(to, tone(event, 100));
      audio.sendAudio(to, tone(-1, 200));
    }

    phone.awaitCount("CALL_DTMF_START", 3);
    assertThat(phone.details("CALL_DTMF_START")).containsExactly("3", "6", "#");
  }

  private static byte[] tone(int event, int millis) {
    short[] pcm = new short[millis * 8];
    if (event >= 0) {
      KeyTones.write(event, 8000, 0, pcm, pcm.length, true);
    }
    byte[] pcmu = new byte[pcm.length];
    G711.MU_LAW.encode(pcm, 0, pcm.length, pcmu, 0);
    return pcmu;
  }

  @Test
  void eventsOfAPhoneBecomeInfoForATrunkThatWantsThat(TestBed bed) {
    int port = FreePorts.one();
    trunk(bed, TRUNK, port, "info");
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, MANUAL);
    RawPhone carrier = bed.join(RawPhone.open(TRUNK, port, bed.sbc().ports().sip()));
    RtpParty audio = bed.join(RtpParty.open(TRUNK));
    phone.dial("92000");
    WireMessage invite = carrier.awaitRequest("INVITE");
    carrier.respond(invite, "200 OK", RawCall.sdp(TRUNK, audio.port()));
    phone.awaitEvent("CALL_ESTABLISHED");

    phone.sendDtmf("7");

    WireMessage info = carrier.awaitRequest("INFO");
    assertThat(info.header("Content-Type")).isEqualTo("application/dtmf-relay");
    assertThat(info.body()).startsWith("Signal=7\r\nDuration=");
    carrier.respond(info, "200 OK", "");
  }
}

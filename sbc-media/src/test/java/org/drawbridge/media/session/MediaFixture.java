package org.drawbridge.media.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.drawbridge.media.api.AnswerOutcome;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaEvent;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.MediaSession;
import org.drawbridge.media.api.MediaUnavailableException;
import org.drawbridge.media.api.SdpOutcome;
import org.drawbridge.media.sdp.SdpSamples;
import org.drawbridge.media.sdp.SessionDescription;
import org.jspecify.annotations.Nullable;

/** One call's media over a fake plane, with the steps tests repeat. */
final class MediaFixture {

  final FakeMediaPlane plane = new FakeMediaPlane();
  final Queue<Runnable> loop = new ArrayDeque<>();
  final List<MediaEvent> events = new ArrayList<>();
  final DefaultMediaEngine engine = new DefaultMediaEngine(plane, CodecPolicy.standard());
  final MediaSession session = engine.open("call-1", loop::add, events::add);

  /** A phone's description, with payload types such as {@code 0 PCMU/8000}. */
  static String phone(String direction, String... codecs) {
    StringBuilder types = new StringBuilder();
    StringBuilder rtpmaps = new StringBuilder();
    for (String codec : codecs) {
      types.append(' ').append(codec, 0, codec.indexOf(' '));
      rtpmaps.append("a=rtpmap:").append(codec).append("\r\n");
    }
    return "v=0\r\no=phone 7 7 IN IP4 198.51.100.9\r\ns=-\r\nc=IN IP4 198.51.100.9\r\nt=0 0\r\n"
        + ("m=audio 40000 RTP/AVP" + types + "\r\n" + rtpmaps)
        + ("a=" + direction + "\r\n");
  }

  /** What a browser answers to an offer of ours that it takes with these payload types. */
  static String browserAnswer(String offer, String direction, Integer... types) {
    SessionDescription description = SdpSamples.parsed(offer);
    StringBuilder kept = new StringBuilder();
    StringBuilder lines = new StringBuilder();
    for (int type : types) {
      kept.append(' ').append(type);
      description.media().getFirst().own().lines().stream()
          .filter(line -> line.value().matches("(rtpmap|fmtp):" + type + " .*"))
          .forEach(line -> lines.append(line).append("\r\n"));
    }
    String mid = description.media().getFirst().mid();
    return "v=0\r\no=- 911 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
        + ("a=group:BUNDLE " + mid + "\r\nm=audio 9 UDP/TLS/RTP/SAVPF" + kept + "\r\n")
        + "c=IN IP4 0.0.0.0\r\na=ice-ufrag:brow\r\na=ice-pwd:browser-password-22chars\r\n"
        + ("a=fingerprint:sha-256 " + "01:".repeat(31) + "02\r\na=setup:active\r\n")
        + ("a=mid:" + mid + "\r\na=" + direction + "\r\na=rtcp-mux\r\n" + lines);
  }

  MediaLeg leg(String label, LegKind kind) {
    try {
      return session.newLeg(label, kind, InetAddress.ofLiteral("198.51.100.1"));
    } catch (MediaUnavailableException full) {
      throw new AssertionError(full);
    }
  }

  /** A leg that has received an offer. */
  MediaLeg offered(String label, LegKind kind, String sdp) {
    MediaLeg leg = leg(label, kind);
    accepts(leg.receiveOffer(sdp));
    return leg;
  }

  static void accepts(SdpOutcome outcome) {
    assertThat(outcome).isEqualTo(new SdpOutcome.Accepted());
  }

  static String answer(MediaLeg leg, @Nullable MediaLeg source) {
    AnswerOutcome outcome = leg.makeAnswer(source);
    assertThat(outcome).isInstanceOf(AnswerOutcome.Answer.class);
    return ((AnswerOutcome.Answer) outcome).sdp();
  }

  /** The transport of a leg. */
  static FakeTransport transport(MediaLeg leg) {
    return (FakeTransport) ((DefaultMediaLeg) leg).transport();
  }

  /** The {@code m=} lines of a text. */
  static List<String> mediaLines(String sdp) {
    return sdp.lines().filter(line -> line.startsWith("m=")).toList();
  }

  /** The rest of the first attribute line that starts so. */
  static @Nullable String attribute(String sdp, String start) {
    return sdp.lines()
        .filter(line -> line.startsWith("a=" + start))
        .map(line -> line.substring(2 + start.length()))
        .findFirst()
        .orElse(null);
  }

  /** Runs what media loops have handed over. */
  void runLoop() {
    for (Runnable task = loop.poll(); task != null; task = loop.poll()) {
      task.run();
    }
  }
}

package org.drawbridge.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.sdp.SdpSamples.media;
import static org.drawbridge.media.sdp.SdpSamples.parsed;
import static org.drawbridge.media.sdp.SdpSamples.sample;

import java.net.InetSocketAddress;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one media description says, and what it inherits from the session. */
class MediaDescriptionTest {

  private static MediaDescription withSession(String session, String media) {
    return media("v=0\r\n" + session + "\r\nm=audio 4000 RTP/AVP 0\r\n" + media + "\r\n");
  }

  @Test
  void mediaLevelOutranksSessionLevel() {
    assertThat(withSession("a=sendonly", "a=recvonly").direction()).isEqualTo(Direction.RECVONLY);
    assertThat(withSession("a=sendonly", "a=x").direction()).isEqualTo(Direction.SENDONLY);
    assertThat(withSession("a=x", "a=x").direction()).isEqualTo(Direction.SENDRECV);
    assertThat(withSession("c=IN IP4 192.0.2.1", "c=IN IP4 192.0.2.2").rtpAddress())
        .isEqualTo(new InetSocketAddress("192.0.2.2", 4000));
    assertThat(withSession("c=IN IP4 192.0.2.1", "a=x").rtpAddress())
        .isEqualTo(new InetSocketAddress("192.0.2.1", 4000));
  }

  @Test
  void inheritsKeysOfFirefox() {
    MediaDescription firefox = media(sample("firefox-audio"));
    Fingerprint fingerprint = Objects.requireNonNull(firefox.fingerprint());
    assertThat(fingerprint.hash()).isEqualTo("sha-256");
    assertThat(fingerprint.values().iterator().next()).startsWith("22:8B");
    assertThat(firefox.ice()).hasToString("IceCredentials[7c0ffee1]");
    assertThat(firefox.setup()).isEqualTo(Setup.ACTPASS);
    assertThat(firefox.mid()).isEqualTo("sdparta_0");
    assertThat(parsed(sample("firefox-audio")).bundles("sdparta_0")).isTrue();
    assertThat(parsed(sample("firefox-audio")).bundles("BUNDLE")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "IN IP4 192.0.2.5, 192.0.2.5",
    "IN IP4 192.0.2.5/127, 192.0.2.5",
    "IN IP6 2001:db8::5, 2001:db8::5",
    "IN IP4 2001:db8::5, 2001:db8::5"
  })
  void readsAddressesOfBothFamilies(String connection, String host) {
    assertThat(withSession("c=" + connection, "a=x").rtpAddress())
        .isEqualTo(new InetSocketAddress(host, 4000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "::",
        "224.2.1.1",
        "ff02::1",
        "media.example",
        "a.local",
        "1.2.3",
        "1.2.3.256"
      })
  void takesNoAddressThatIsNoneOrManyOrAName(String host) {
    assertThat(withSession("c=IN IP4 " + host, "a=x").rtpAddress()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0, true", "::, true", "192.0.2.1, false", "host.example, false"})
  void tellsAHoldAddress(String host, boolean unspecified) {
    Connection connection = withSession("c=IN IP4 " + host, "a=x").connection();
    assertThat(connection != null && connection.isUnspecified()).isEqualTo(unspecified);
  }

  @ParameterizedTest
  @CsvSource({
    "4009, 192.0.2.1, 4009",
    "4009 IN IP4 192.0.2.7, 192.0.2.7, 4009",
    "4009 IN IP6 2001:db8::7, 2001:db8::7, 4009"
  })
  void readsTheRtcpAddress(String rtcp, String host, int port) {
    assertThat(withSession("c=IN IP4 192.0.2.1", "a=rtcp:" + rtcp).rtcpAddress())
        .isEqualTo(new InetSocketAddress(host, port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "x", "70000", "9 IN IP4 0.0.0.0"})
  void ignoresAnUnusableRtcpAddress(String rtcp) {
    assertThat(withSession("c=IN IP4 192.0.2.1", "a=rtcp:" + rtcp).rtcpAddress()).isNull();
  }

  @Test
  void portZeroIsOffUnlessBundled() {
    assertThat(media("v=0\r\nm=audio 0 RTP/AVP 0\r\n").isOff()).isTrue();
    assertThat(media("v=0\r\nm=audio 0 RTP/AVP 0\r\na=bundle-only\r\n").isOff()).isFalse();
    assertThat(media("v=0\r\nm=audio 9 RTP/AVP 0\r\n").isOff()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"ptime:20, 20", "ptime: 30, 30", "ptime:0, -1", "ptime:20.5, -1", "ptime, -1"})
  void readsPacketTime(String attribute, int ms) {
    assertThat(withSession("a=x", "a=" + attribute).milliseconds("ptime")).isEqualTo(ms);
  }

  @ParameterizedTest
  @CsvSource({
    "abc, aaaaaaaaaaaaaaaaaaaaaaaa",
    "abcd, aaaaaaaaaaaaaaaaaaaaa",
    "'', aaaaaaaaaaaaaaaaaaaaaaaa"
  })
  void takesNoIceCredentialsOutOfBounds(String ufrag, String password) {
    assertThat(withSession("a=ice-ufrag:" + ufrag, "a=ice-pwd:" + password).ice()).isNull();
  }
}

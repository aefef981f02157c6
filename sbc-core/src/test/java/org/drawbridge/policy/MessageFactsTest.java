package org.drawbridge.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Routes see what a request really shows. */
final class MessageFactsTest {

  private static final String PHONE = Sdps.phone("192.0.2.11", 4000);

  private static int status(
      String when, Transport transport, @Nullable String sdp, String... header) {
    Lab lab =
        new Lab(
            """
            domains: [example.com]
            listeners: { transport: udp, bind: "0.0.0.0:5060" }
            routes:
              - { name: a, when: { %s }, reject: { code: 486 } }
              - { name: b, reject: { code: 487 } }
            """
                .formatted(when),
            CallLimits.DEFAULTS);
    SimPhone alice = lab.phone("1001", transport, "192.0.2.11");
    var invite = alice.invitation("1002", sdp);
    for (int i = 0; i < header.length; i += 2) {
      invite.header(header[i], header[i + 1]);
    }
    var sent = alice.send(invite);
    lab.settle();
    int status = alice.firstLines().getLast().contains(" 486 ") ? 486 : 487;
    alice.ackFailure(sent, alice.expect(status));
    lab.assertClean();
    return status;
  }

  @Test
  void theSourceAddressAndTheTransportAreThoseOfTheFlow() {
    assertThat(status("network: 192.0.2.0/24, transport: tcp", Transport.TCP, PHONE))
        .isEqualTo(486);
    assertThat(status("network: 192.0.2.0/28", Transport.UDP, PHONE)).isEqualTo(486);
    assertThat(status("network: 192.0.2.12", Transport.UDP, PHONE)).isEqualTo(487);
    assertThat(status("transport: tcp", Transport.UDP, PHONE)).isEqualTo(487);
  }

  @Test
  void aHeaderInItsCompactFormIsTheSameHeader() {
    String when = "header: { Subject: urgent }";
    assertThat(status(when, Transport.UDP, PHONE, "s", "urgent")).isEqualTo(486);
    assertThat(status(when, Transport.UDP, PHONE, "SUBJECT", "later", "s", "urgent"))
        .isEqualTo(486);
    assertThat(status(when, Transport.UDP, PHONE, "s", "later")).isEqualTo(487);
    assertThat(status("header: { s: urgent }", Transport.UDP, PHONE, "Subject", "urgent"))
        .isEqualTo(486);
  }

  @Test
  void theOfferShowsCodecsAndMedia() {
    String fax = PHONE + "m=image 4010 udptl t38\r\n";
    String refused = PHONE + "m=video 0 RTP/AVP 96\r\na=rtpmap:96 VP8/90000\r\n";
    String browser = Sdps.browserOffer("192.0.2.11");
    assertThat(status("codec: [ opus, pcma ]", Transport.UDP, PHONE)).isEqualTo(486);
    assertThat(status("codec: opus", Transport.UDP, PHONE)).isEqualTo(487);
    assertThat(status("media: fax", Transport.UDP, fax)).isEqualTo(486);
    assertThat(status("media: video", Transport.UDP, refused)).isEqualTo(487);
    assertThat(status("codec: vp8", Transport.UDP, refused)).isEqualTo(487);
    assertThat(status("media: webrtc", Transport.WSS, browser)).isEqualTo(486);
    assertThat(status("media: webrtc", Transport.UDP, PHONE)).isEqualTo(487);
    assertThat(status("media: audio", Transport.UDP, null)).isEqualTo(487);
  }
}

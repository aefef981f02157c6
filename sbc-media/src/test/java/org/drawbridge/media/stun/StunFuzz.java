package org.drawbridge.media.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.drawbridge.media.ice.IceLiteAgent;

/** Whatever the bytes: no exception, and whoever does not know the password changes nothing. */
public final class StunFuzz {

  private static final InetSocketAddress FROM =
      new InetSocketAddress(InetAddress.ofLiteral("192.0.2.9"), 4000);

  private StunFuzz() {}

  /** One datagram. */
  public static void fuzzerTestOneInput(byte[] data) {
    StunView view = new StunView();
    if (!view.wrap(data, 0, data.length)) {
      return;
    }
    view.type();
    view.username();
    view.unknownRequired();
    view.hasValidFingerprint();
    for (int attribute = 0; attribute < 0x40; attribute++) {
      view.has(attribute);
      view.has(0x8000 + attribute);
    }
    IceLiteAgent agent = new IceLiteAgent("ours", "a-password-nobody-can-guess-1");
    agent.remote("peer");
    StunWriter reply = new StunWriter();
    agent.onMessage(view, FROM, 1_000_000_000L, reply);
    assertThat(agent.isValid(FROM)).isFalse();
    assertThat(agent.target()).isNull();
    if (reply.length() > 0) {
      assertThat(new StunView().wrap(reply.buffer(), 0, reply.length())).isTrue();
    }
  }
}

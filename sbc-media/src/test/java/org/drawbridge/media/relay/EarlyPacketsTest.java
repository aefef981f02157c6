package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.api.MediaCounters.Kind;
import org.drawbridge.media.net.Packets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes to a port of RTP before there is a description of whose it is. */
final class EarlyPacketsTest {

  private static final InetAddress HOST = InetAddress.ofLiteral("192.0.2.12");
  private static final InetSocketAddress FORGER =
      new InetSocketAddress(InetAddress.ofLiteral("203.0.113.9"), 9000);

  private final MediaCounters counters = new MediaCounters();
  private final RtpPeer peer =
      new RtpPeer(
          "test",
          new RtpPeer.Wires((_, _, _, _) -> {}, (_, _, _, _) -> {}),
          HOST,
          (_, _, _, _) -> {},
          new RecordedEvents(new ArrayList<>()),
          new RelayShared(
              Runnable::run, new TestPacer(), new Random(1), 0, 10_000_000_000L, counters));
  private final List<String> lines = new ArrayList<>();
  private final Logger logger = (Logger) LogManager.getLogger(RefusalLog.class);
  private final Level before = logger.getLevel();
  private final AbstractAppender appender =
      new AbstractAppender("lines", null, null, false, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
          lines.add(event.getMessage().getFormattedMessage());
        }
      };

  @BeforeEach
  void listen() {
    appender.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(appender);
  }

  @AfterEach
  void rest() {
    logger.removeAppender(appender);
    logger.setLevel(before);
  }

  private void receive(byte[] datagram, InetSocketAddress from) {
    peer.onRtpPort(Arrays.copyOf(datagram, datagram.length + 64), 0, datagram.length, from, 1);
  }

  private void receiveRtcp(byte[] datagram, InetSocketAddress from) {
    peer.onRtcpPort(Arrays.copyOf(datagram, datagram.length + 64), 0, datagram.length, from, 1);
  }

  /** PJSIP and Linphone do, each time they answer; PJSIP begins with a report. */
  @Test
  void whoSpeaksBeforeItsAnswerIsHereIsNotTakenForAForger() {
    receiveRtcp(Packets.senderReport(77, 0), new InetSocketAddress(HOST, 4001));
    receive(Packets.rtp(0, 77, 1, 0, 1), new InetSocketAddress(HOST, 4000));
    receive(Packets.senderReport(77, 0), new InetSocketAddress(HOST, 4000));
    assertThat(counters.get(Kind.REFUSED_EARLY)).isEqualTo(3);
    assertThat(peer.stats().packetsRefused()).isEqualTo(3);
    assertThat(lines).isEmpty();
  }

  @Test
  void aStrangerWhoSpeaksBeforeIsNamed() {
    receiveRtcp(Packets.senderReport(77, 0), FORGER);
    receive(Packets.rtp(0, 77, 1, 0, 1), FORGER);
    assertThat(counters.get(Kind.REFUSED_EARLY)).isEqualTo(2);
    assertThat(lines)
        .containsExactly(
            "test: refusing media from /203.0.113.9:9000 (no description yet);"
                + " the source is not known yet");
  }
}

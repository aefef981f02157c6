package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.drawbridge.sip.transport.tls.TlsFiles;
import org.drawbridge.web.HttpAnswers;
import org.junit.jupiter.api.Test;

/** What peers begin and do not end, or do not read, with room for 10,000 bytes of it. */
class UnreadMemoryTest {
  private static final String BEGUN = "MESSAGE sip:a@b.example SIP/2.0\r\nSubject: ";
  private static final String UPGRADE =
      """
      GET / HTTP/1.1\r
      Host: x\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Protocol: sip\r
      \r
      """;

  private final TransportCounters counters = new TransportCounters();
  private final RecordingSink sink = new RecordingSink();
  private final Edge edge = TestServer.edge(sink, counters);
  private final ConnectionCaps caps =
      new ConnectionCaps(() -> TestServer.LIMITS, counters, () -> 0, 8 * 10_000);
  private int peers;

  /** Its peer reads nothing unless it says so. */
  private static final class Connection extends EmbeddedChannel {
    private boolean reads;
    private final int host;

    Connection(int host, ConnectionInitializer initializer) {
      super(DefaultChannelId.newInstance(), false, false, initializer);
      this.host = host;
    }

    @Override
    protected SocketAddress localAddress0() {
      return new InetSocketAddress(TestServer.LOOPBACK, 5060);
    }

    @Override
    protected SocketAddress remoteAddress0() {
      return new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + host), 40_000);
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer out) throws Exception {
      if (reads) {
        super.doWrite(out);
      }
    }

    void receive(byte[] bytes) {
      writeInbound(Unpooled.wrappedBuffer(bytes));
    }

    void receive(String text) {
      receive(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private Connection connection(Transport transport) throws Exception {
    Connection connection = open(ListenerSettings.plain(transport, TestServer.anyPort()));
    if (transport == Transport.WS) {
      connection.receive(UPGRADE);
    }
    return connection;
  }

  private Connection open(ListenerSettings settings) throws Exception {
    Connection connection =
        new Connection(
            ++peers,
            new ConnectionInitializer(
                edge,
                caps,
                request -> HttpAnswers.text(HttpResponseStatus.OK, "x"),
                ListenerService.of(settings)));
    connection.register();
    return connection;
  }

  private static byte[] frame(int first, int length) {
    byte[] frame = new byte[8 + length];
    frame[0] = (byte) first;
    frame[1] = (byte) (0x80 | 126);
    frame[2] = (byte) (length >> 8);
    frame[3] = (byte) length;
    return frame;
  }

  private void whoBeganFirstGivesWay(Transport transport, Function<Integer, byte[]> begun)
      throws Exception {
    Connection innocent = connection(transport);
    Connection first = connection(transport);
    Connection second = connection(transport);
    first.receive(begun.apply(6_000));
    second.receive(begun.apply(3_000));
    assertThat(first.isOpen()).isTrue();
    second.receive(new byte[3_000]);
    assertThat(List.of(first.isOpen(), second.isOpen(), innocent.isOpen()))
        .containsExactly(false, true, true);
    assertThat(counters.get(transport, Kind.GAVE_WAY)).isEqualTo(1);
  }

  @Test
  void whoHasLongestNotEndedAMessageGivesWay() throws Exception {
    whoBeganFirstGivesWay(
        Transport.TCP, length -> (BEGUN + "x".repeat(length)).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void soDoesWhoHasNotEndedAFrame() throws Exception {
    whoBeganFirstGivesWay(Transport.WS, length -> Arrays.copyOf(frame(0x81, 60_000), length));
  }

  @Test
  void soDoesWhoHasNotEndedAMessageInFragments() throws Exception {
    Connection first = connection(Transport.WS);
    Connection second = connection(Transport.WS);
    first.receive(frame(0x01, 6_000));
    first.receive(new byte[] {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0});
    second.receive(frame(0x01, 6_000));
    assertThat(first.isOpen()).isFalse();
    assertThat(second.isOpen()).isTrue();
  }

  @Test
  void soDoesWhoDoesNotReadItsAnswers() throws Exception {
    Connection deaf = connection(Transport.TCP);
    deaf.receive(Messages.request("asked"));
    Flow flow = sink.message().flow();
    flow.send(new byte[6_000]);
    Connection other = connection(Transport.TCP);
    other.receive(BEGUN + "x".repeat(3_000));
    assertThat(deaf.isOpen()).isTrue();
    flow.send(new byte[2_000]);
    assertThat(deaf.isOpen()).isFalse();
    assertThat(other.isOpen()).isTrue();
  }

  @Test
  void whoEndsItsMessagesOrHasShownWhoItIsStays() throws Exception {
    Connection talks = connection(Transport.TCP);
    for (int i = 0; i < 40; i++) {
      talks.receive(Messages.request("whole"));
    }
    Connection known = connection(Transport.TCP);
    ConnectionCaps.keep(known);
    known.receive(BEGUN + "x".repeat(7_000));
    Connection begins = connection(Transport.TCP);
    begins.receive(BEGUN + "x".repeat(7_000));
    assertThat(List.of(talks, known, begins)).allMatch(Connection::isOpen);
    assertThat(counters.get(Transport.TCP, Kind.GAVE_WAY)).isZero();
  }

  @Test
  void whoOnlyKeepsItsConnectionAliveStays() throws Exception {
    Connection phone = connection(Transport.TCP);
    phone.reads = true;
    Connection browser = connection(Transport.WS);
    for (int i = 0; i < 3_000; i++) {
      phone.receive("\r\n");
      browser.receive(new byte[] {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0});
    }
    connection(Transport.TCP).receive(BEGUN + "x".repeat(7_000));
    assertThat(List.of(phone, browser)).allMatch(Connection::isOpen);
  }

  @Test
  void whoHasShownWhoItIsGivesWayToItsLikeOnly() throws Exception {
    Connection first = connection(Transport.TCP);
    first.receive(BEGUN + "x".repeat(7_000));
    ConnectionCaps.keep(first);
    first.receive("x");
    Connection stranger = connection(Transport.TCP);
    stranger.receive(BEGUN + "x".repeat(7_000));
    assertThat(first.isOpen()).isTrue();
    Connection second = connection(Transport.TCP);
    ConnectionCaps.keep(second);
    second.receive(BEGUN + "x".repeat(7_000));
    assertThat(List.of(first.isOpen(), second.isOpen(), stranger.isOpen()))
        .containsExactly(false, true, true);
  }

  @Test
  void whatChangesHandsIsCountedThere() throws Exception {
    Connection first = connection(Transport.TCP);
    first.receive(BEGUN + "x".repeat(7_000));
    Connection second = connection(Transport.TCP);
    ConnectionCaps.keep(second);
    second.receive(BEGUN + "x".repeat(7_000));
    assertThat(first.isOpen()).isTrue();
    ConnectionCaps.keep(first, "1001");
    assertThat(List.of(first.isOpen(), second.isOpen())).containsExactly(true, false);
  }

  @Test
  void whoHasBeenMadeToGiveWayHasNotLeft() throws Exception {
    whoHasLongestNotEndedAMessageGivesWay();
    assertThat(sink.closed().cause()).isEqualTo(CloseCause.LOST);
  }

  @Test
  void aPhoneIsNotCountedForWhatWasTakenFromIt() throws Exception {
    Connection phone = connection(Transport.TCP);
    byte[] large = Messages.bytes(Messages.large("large", 9_000));
    phone.receive(large);
    byte[] twoAndABit = Arrays.copyOf(large, large.length + 9);
    System.arraycopy(BEGUN.getBytes(StandardCharsets.UTF_8), 0, twoAndABit, large.length, 9);
    phone.receive(twoAndABit);
    connection(Transport.TCP).receive(BEGUN + "x".repeat(7_000));
    assertThat(phone.isOpen()).isTrue();
    assertThat(counters.get(Transport.TCP, Kind.GAVE_WAY)).isZero();
  }

  @Test
  void aLargeFrameLeavesNoLargeBufferBehind() throws Exception {
    Connection browser = connection(Transport.WS);
    UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false);
    browser.config().setAllocator(memory);
    byte[] frame = frame(0x82, 9_000);
    browser.receive(Arrays.copyOf(frame, 5_000));
    browser.receive(Arrays.copyOfRange(frame, 5_000, frame.length - 1));
    browser.receive(new byte[] {0, (byte) 0x82, (byte) 0xfe, 0});
    assertThat(memory.metric().usedHeapMemory()).isLessThan(1_000);
  }

  @Test
  void aLargeRequestLeavesNoLargeBufferBehind() throws Exception {
    Connection browser = open(ListenerSettings.plain(Transport.WS, TestServer.anyPort()));
    UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false);
    browser.config().setAllocator(memory);
    browser.reads = true;
    browser.receive("GET / HTTP/1.1\r\nCookie: " + "x".repeat(3_000));
    browser.receive("x".repeat(3_000) + "\r\n\r\nG");
    browser.releaseOutbound();
    assertThat(browser.isOpen()).isTrue();
    assertThat(memory.metric().usedHeapMemory()).isLessThan(1_000);
  }

  /** What it needed for the longest line stays for the next request, and so counts as kept. */
  @Test
  void whoHasSentALongLineOfARequestStillKeepsAsMuch() throws Exception {
    Connection first = open(ListenerSettings.plain(Transport.WS, TestServer.anyPort()));
    first.reads = true;
    first.receive("GET / HTTP/1.1\r\nCookie: " + "x".repeat(4_000) + "\r\n\r\n");
    first.receive("GET / HTTP/1.1\r\n\r\n");
    Connection second = connection(Transport.TCP);
    assertThat(first.isOpen()).isTrue();
    second.receive(BEGUN + "x".repeat(7_000));
    assertThat(List.of(first.isOpen(), second.isOpen())).containsExactly(false, true);
  }

  @Test
  void aLargeRecordOfTlsLeavesNoLargeBufferBehind() throws Exception {
    Connection phone =
        open(TestServer.secure(Transport.TLS, new TlsFiles(TestTls.certificate(), null)));
    phone.reads = true;
    SSLEngine engine = TestTls.client().createSSLEngine();
    engine.setUseClientMode(true);
    EmbeddedChannel client = new EmbeddedChannel(new SslHandler(engine));
    SslHandler tls = phone.pipeline().get(SslHandler.class);
    TestServer.await(
        () -> {
          carry(client, phone);
          carry(phone, client);
          return tls.handshakeFuture().isSuccess();
        });
    carry(phone, client);
    UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false);
    phone.config().setAllocator(memory);
    client.writeOutbound(Unpooled.wrappedBuffer(Messages.bytes(Messages.large("large", 9_000))));
    byte[] record = take(client);
    assertThat(record).hasSizeGreaterThan(9_000);
    phone.receive(Arrays.copyOf(record, 5_000));
    byte[] rest = Arrays.copyOfRange(record, 5_000, record.length + 3);
    System.arraycopy(new byte[] {23, 3, 3}, 0, rest, rest.length - 3, 3);
    phone.receive(rest);
    assertThat(sink.message().flow()).isNotNull();
    assertThat(memory.metric().usedHeapMemory()).isLessThan(1_000);
    client.finishAndReleaseAll();
  }

  private static void carry(EmbeddedChannel from, EmbeddedChannel to) {
    from.runPendingTasks();
    byte[] bytes = take(from);
    if (bytes.length > 0) {
      to.writeInbound(Unpooled.wrappedBuffer(bytes));
    }
  }

  /** All that a channel has sent. */
  private static byte[] take(EmbeddedChannel channel) {
    ByteBuf all = Unpooled.buffer();
    for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      all.writeBytes(next);
      next.release();
    }
    return ByteBufUtil.getBytes(all);
  }
}

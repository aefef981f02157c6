package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamTransportTest {
  private TestServer server;
  private StreamClient client;

  @BeforeEach
  void open() throws IOException {
    restart(TestServer.LIMITS);
  }

  private void restart(TransportLimits limits) throws IOException {
    server = TestServer.start(limits, Transport.TCP);
    client = StreamClient.connect(server.address(Transport.TCP));
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
  }

  private String nextCallId() {
    return server.sink.message().message().callId();
  }

  @Test
  void carriesMessagesBothWays() throws IOException {
    client.send(Messages.request("in"));
    RecordingSink.Received received = server.sink.message();
    assertThat(received.message().callId()).isEqualTo("in");
    assertThat(received.flow().sentBy())
        .isEqualTo("127.0.0.1:" + server.address(Transport.TCP).getPort());
    String answer = Messages.request("out");
    received.flow().send(Messages.bytes(answer));
    assertThat(client.read(answer.length())).isEqualTo(answer);
    assertThat(server.transports.find(received.flow().id())).isSameAs(received.flow());
  }

  @Test
  void messageInSingleBytesIsWhole() throws IOException {
    client.dribble(Messages.request("dribble"));
    client.dribble(Messages.request("again"));
    assertThat(List.of(nextCallId(), nextCallId())).containsExactly("dribble", "again");
  }

  @Test
  void twoMessagesInOneSegmentAreTwo() throws IOException {
    client.send(Messages.request("one") + Messages.request("two"));
    assertThat(List.of(nextCallId(), nextCallId())).containsExactly("one", "two");
  }

  @Test
  void doubleCrlfIsAnsweredBetweenMessages() throws IOException {
    client.send(Messages.request("one") + "\r\n\r\n" + Messages.request("two"));
    assertThat(client.read(2)).isEqualTo("\r\n");
    assertThat(List.of(nextCallId(), nextCallId())).containsExactly("one", "two");
  }

  @Test
  void malformedMessageIsAnsweredAndTheNextOneWorks() throws IOException {
    client.send(Messages.badRequest("bad") + Messages.request("good"));
    assertThat(client.readHead()).startsWith("SIP/2.0 400 ").contains("Call-ID: bad");
    assertThat(server.sink.malformed().failure().status()).isEqualTo(400);
    assertThat(nextCallId()).isEqualTo("good");
  }

  @Test
  void lostFramingIsAnsweredAndEndsTheStream() throws IOException {
    client.send(Messages.request("lost").replace("Content-Length: 4", "Content-Length: four"));
    assertThat(client.readToEnd()).startsWith("SIP/2.0 400 ").contains("Call-ID: lost");
    RecordingSink.Closed closed = server.sink.closed();
    assertThat(closed.reason()).contains("Content-Length");
    assertThat(closed.flow().isOpen()).isFalse();
  }

  @Test
  void otherProtocolsAreClosed() throws IOException {
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(client.readToEnd()).isEmpty();
    assertThat(server.sink.closed().cause()).isEqualTo(CloseCause.LOST);
    TestServer.await(() -> server.count(Transport.TCP, Kind.FRAMING_LOST) == 1);
  }

  @Test
  void oversizeMessageIsRefused() throws IOException {
    client.send(Messages.request("huge").replace("Content-Length: 4", "Content-Length: 70000"));
    assertThat(client.readToEnd()).startsWith("SIP/2.0 513 ");
  }

  @Test
  void peerThatClosesHasLeft() throws IOException {
    client.send(Messages.request("bye"));
    Flow flow = server.sink.message().flow();
    client.close();
    RecordingSink.Closed closed = server.sink.closed();
    assertThat(closed.cause()).isEqualTo(CloseCause.PEER_CLOSED);
    assertThat(closed.flow()).isSameAs(flow);
    assertThat(server.transports.find(flow.id())).isNull();
  }

  /** Without its half of the connection a peer can neither answer nor acknowledge: it has left. */
  @Test
  void peerThatOnlySendsNoMoreHasLeftButWhatItSaidCounts() throws IOException {
    client.send(Messages.request("last-words") + "OPTIONS sip:half");
    client.socket.shutdownOutput();
    RecordingSink.Received received = server.sink.message();
    assertThat(received.message().callId()).isEqualTo("last-words");
    assertThat(client.readToEnd()).as("closed here too").isEmpty();
    assertThat(server.sink.closed().cause()).isEqualTo(CloseCause.PEER_CLOSED);
    assertThat(received.flow().isOpen()).isFalse();
    assertThat(server.transports.find(received.flow().id())).isNull();
    assertThat(server.sink.isSilent()).as("half a message is none").isTrue();
  }

  @Test
  void peerThatSendsNoMoreBeforeItsFirstMessageIsForgotten() throws IOException {
    client.socket.shutdownOutput();
    assertThat(client.readToEnd()).isEmpty();
    assertThat(server.sink.closed().cause()).isEqualTo(CloseCause.PEER_CLOSED);
  }

  @Test
  void resetConnectionIsLost() throws IOException {
    client.send(Messages.request("crash"));
    server.sink.message();
    client.reset();
    assertThat(server.sink.closed().cause()).isEqualTo(CloseCause.LOST);
  }

  @Test
  void closingHereSendsWhatIsOnItsWay() throws IOException {
    client.send(Messages.request("close"));
    Flow flow = server.sink.message().flow();
    String last = Messages.large("last", 50_000);
    flow.send(Messages.bytes(last));
    flow.close("done");
    flow.send(Messages.bytes("too late"));
    assertThat(client.readToEnd()).isEqualTo(last);
    RecordingSink.Closed closed = server.sink.closed();
    assertThat(closed.cause()).isEqualTo(CloseCause.CLOSED_HERE);
    assertThat(closed.reason()).isEqualTo("done");
  }

  @Test
  void connectionWithoutAMessageIsClosedInTime() throws IOException {
    close();
    restart(TestServer.limits(Duration.ofMillis(200), 10, 10));
    assertThat(client.readToEnd()).isEmpty();
    assertThat(server.sink.closed().cause()).isEqualTo(CloseCause.LOST);
    TestServer.await(() -> server.count(Transport.TCP, Kind.TIMED_OUT) == 1);
  }

  @Test
  void messageThatIsNeverFinishedIsNotWaitedFor() throws IOException {
    close();
    restart(TestServer.limits(Duration.ofMillis(1_500), 10, 10));
    client.send(Messages.request("whole") + "OPTIONS sip:half");
    assertThat(nextCallId()).isEqualTo("whole");
    assertThat(client.readToEnd()).isEmpty();
    assertThat(server.sink.closed().reason()).contains("no whole message");
  }

  @Test
  void connectionThatHasSpokenMayBeIdle() throws IOException {
    close();
    restart(TestServer.limits(Duration.ofMillis(1_500), 10, 10));
    client.send(Messages.request("registered"));
    Flow flow = server.sink.message().flow();
    try (StreamClient silent = StreamClient.connect(server.address(Transport.TCP))) {
      assertThat(silent.readToEnd()).isEmpty();
    }
    assertThat(server.sink.closed().flow()).isNotSameAs(flow);
    client.send(Messages.request("still-here"));
    assertThat(nextCallId()).isEqualTo("still-here");
  }

  @Test
  void peerThatDoesNotReadIsClosed() throws IOException {
    client.send(Messages.request("deaf"));
    Flow flow = server.sink.message().flow();
    byte[] message = Messages.bytes(Messages.large("flood", 60_000));
    for (int i = 0; i < 1_000 && flow.isOpen(); i++) {
      flow.send(message);
    }
    RecordingSink.Closed closed = server.sink.closed();
    assertThat(closed.cause()).isEqualTo(CloseCause.LOST);
    assertThat(closed.reason()).contains("does not read");
    TestServer.await(() -> server.count(Transport.TCP, Kind.NOT_READING) == 1);
  }

  @Test
  void shutdownClosesEveryFlow() throws IOException {
    client.send(Messages.request("last"));
    server.sink.message();
    server.close();
    assertThat(client.readToEnd()).isEmpty();
    assertThat(server.sink.closed().cause()).isEqualTo(CloseCause.CLOSED_HERE);
    assertThat(server.transports.counters().open(Transport.TCP)).isZero();
  }
}

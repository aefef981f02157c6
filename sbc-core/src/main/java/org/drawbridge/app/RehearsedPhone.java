package org.drawbridge.app;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.drawbridge.routing.trunk.TrunkCredentials;
import org.drawbridge.sip.auth.DigestAnswer;
import org.drawbridge.sip.codec.ParseLimits;
import org.drawbridge.sip.codec.ParseResult;
import org.drawbridge.sip.codec.SipParser;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.message.Uri;
import org.drawbridge.sip.token.Tokens;

/**
 * A phone that does what phones do most, over UDP on loopback: registers, calls the echo service
 * and hangs up. Blocks; for one thread.
 */
final class RehearsedPhone implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 5_000;

  private final DatagramSocket socket;
  private final InetSocketAddress server;
  private final String user;
  private final String domain;
  private final TrunkCredentials credentials;
  private final byte[] buffer = new byte[65_536];
  private int sequence;

  RehearsedPhone(InetSocketAddress server, String user, String domain, TrunkCredentials credentials)
      throws IOException {
    this.server = server;
    this.user = user;
    this.domain = domain;
    this.credentials = credentials;
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(TIMEOUT_MILLIS);
  }

  /** Registers for ten minutes. */
  void register() throws IOException {
    SipRequest request =
        request(Method.REGISTER, SipUri.of(null, domain, -1), user)
            .header(HeaderName.EXPIRES, "600")
            .build();
    expect(200, authenticated(request));
  }

  /** Calls the echo service, and hangs up as soon as it has answered. */
  void callEcho() throws IOException {
    SipRequest invite =
        request(Method.INVITE, SipUri.of("echo", domain, -1), "echo")
            .body("application/sdp", offer())
            .build();
    SipResponse answer = expect(200, authenticated(invite));
    Uri target = answer.contacts().getFirst().uri();
    send(inDialog(Method.ACK, target, answer));
    SipRequest bye = inDialog(Method.BYE, target, answer);
    send(bye);
    expect(200, await(bye));
  }

  private byte[] offer() {
    return """
        v=0
        o=- 1 1 IN IP4 127.0.0.1
        s=-
        c=IN IP4 127.0.0.1
        t=0 0
        m=audio 9 RTP/AVP 0 8 101
        a=rtpmap:101 telephone-event/8000
        """
        .replace("\n", "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private MessageBuilder<SipRequest> request(Method method, Uri uri, String callee) {
    return SipRequest.builder(method, uri)
        .header(HeaderName.VIA, via())
        .header(HeaderName.MAX_FORWARDS, "70")
        .header(HeaderName.FROM, "<sip:%s@%s>;tag=%s".formatted(user, domain, Tokens.tag()))
        .header(HeaderName.TO, "<sip:%s@%s>".formatted(callee, domain))
        .header(HeaderName.CALL_ID, Tokens.id())
        .header(HeaderName.CSEQ, ++sequence + " " + method)
        .header(HeaderName.CONTACT, "<sip:%s@127.0.0.1:%d>".formatted(user, socket.getLocalPort()));
  }

  private String via() {
    return "SIP/2.0/UDP 127.0.0.1:%d;rport;branch=%s"
        .formatted(socket.getLocalPort(), "z9hG4bK" + Tokens.id());
  }

  /** Sends a request, answers the challenge it meets, and returns what comes then. */
  private SipResponse authenticated(SipRequest request) throws IOException {
    send(request);
    SipResponse challenge = await(request);
    if (request.method() == Method.INVITE) {
      send(acknowledgement(request, challenge));
    }
    MessageBuilder<SipRequest> again = DigestAnswer.add(credentials, challenge, request);
    if (again == null) {
      throw new IOException("no challenge to answer in " + challenge.status());
    }
    SipRequest second =
        again
            .replaceFirst(HeaderName.VIA, via())
            .replace(HeaderName.CSEQ, ++sequence + " " + request.method())
            .build();
    send(second);
    return await(second);
  }

  /** The ACK of a failure belongs to the INVITE's transaction. */
  private static SipRequest acknowledgement(SipRequest invite, SipResponse failure) {
    return SipRequest.builder(Method.ACK, invite.requestUri())
        .copy(invite, HeaderName.VIA)
        .header(HeaderName.MAX_FORWARDS, "70")
        .copy(invite, HeaderName.FROM)
        .copy(failure, HeaderName.TO)
        .copy(invite, HeaderName.CALL_ID)
        .header(HeaderName.CSEQ, invite.cseq().seq() + " ACK")
        .build();
  }

  private SipRequest inDialog(Method method, Uri target, SipResponse answer) {
    long number = method == Method.ACK ? answer.cseq().seq() : ++sequence;
    return SipRequest.builder(method, target)
        .header(HeaderName.VIA, via())
        .header(HeaderName.MAX_FORWARDS, "70")
        .copy(answer, HeaderName.FROM)
        .copy(answer, HeaderName.TO)
        .copy(answer, HeaderName.CALL_ID)
        .header(HeaderName.CSEQ, number + " " + method)
        .build();
  }

  private void send(SipRequest request) throws IOException {
    byte[] wire = request.wire();
    socket.send(new DatagramPacket(wire, wire.length, server));
  }

  /** The final response to a request; anything else that comes is passed over. */
  private SipResponse await(SipRequest request) throws IOException {
    while (true) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      socket.receive(packet);
      ParseResult result = SipParser.parse(buffer, 0, packet.getLength(), ParseLimits.DEFAULT);
      if (result instanceof ParseResult.Parsed(SipResponse response)
          && !response.isProvisional()
          && response.cseq().equals(request.cseq())
          && response.callId().equals(request.callId())) {
        return response;
      }
    }
  }

  private static SipResponse expect(int status, SipResponse response) throws IOException {
    if (response.status() != status) {
      throw new IOException("got " + response.startLine());
    }
    return response;
  }

  @Override
  public void close() {
    socket.close();
  }
}

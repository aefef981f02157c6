package org.drawbridge.example;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Somebody who calls over TLS from an address of their own, and takes any certificate. */
final class TlsCaller implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 10_000;

  private final SSLSocket socket;
  private final StringBuilder received = new StringBuilder();

  private TlsCaller(SSLSocket socket) {
    this.socket = socket;
  }

  static TlsCaller open(String address, int port) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
      SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket();
      socket.bind(new InetSocketAddress(address, 0));
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout(PATIENCE_MILLIS);
      return new TlsCaller(socket);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** Calls a number, with audio keyed in the SDP. */
  void invite(String number, String host) throws IOException {
    String here = socket.getLocalAddress().getHostAddress();
    String sdp =
        """
        v=0
        o=- 1 1 IN IP4 %1$s
        s=-
        c=IN IP4 %1$s
        t=0 0
        m=audio 40000 RTP/SAVP 0
        a=rtpmap:0 PCMU/8000
        a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd
        """
            .formatted(here);
    String head =
        """
        INVITE sip:%1$s@%2$s SIP/2.0
        Via: SIP/2.0/TLS %3$s:%4$d;branch=z9hG4bK-tls-1;rport
        Max-Forwards: 70
        From: <sip:+442079460123@%2$s>;tag=tls-1
        To: <sip:%1$s@%2$s>
        Call-ID: tls-1@%3$s
        CSeq: 1 INVITE
        Contact: <sip:%3$s:%4$d;transport=tls>
        Content-Type: application/sdp
        Content-Length: %5$d

        """
            .formatted(
                number, host, here, socket.getLocalPort(), sdp.replace("\n", "\r\n").length());
    byte[] bytes = (head + sdp).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Everything received up to and with a final response. */
  String awaitFinal() throws IOException {
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[8192];
    while (!received.toString().matches("(?s).*SIP/2[.]0 [2-6].*\r\n\r\n.*")) {
      int length = in.read(buffer);
      if (length < 0) {
        throw new AssertionError("closed after " + received);
      }
      received.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
    }
    return received.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Takes any certificate: what is tested is the far end. */
  private static final class Trusting implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      // Nobody asks.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      // Whoever it is.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

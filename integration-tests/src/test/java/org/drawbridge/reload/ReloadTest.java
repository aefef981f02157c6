package org.drawbridge.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.drawbridge.app.control.ControlReply;
import org.drawbridge.sip.transport.tls.DevelopmentCertificate;
import org.drawbridge.support.Await;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.SbcProcess;
import org.drawbridge.support.TestBed;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A running SBC takes what is good and refuses what is bad, however it is told to look. */
@OnTestBed
final class ReloadTest {

  private static final Duration A_WHILE = Duration.ofSeconds(40);

  @Test
  void aBadFileIsRefusedAndTheOldOneStays(TestBed bed) throws IOException {
    SbcProcess sbc = bed.sbc();
    String good = Files.readString(sbc.config());
    Files.writeString(
        sbc.config(), good.replace("name: echo", "nam: echo").replace("echo }", "ecco }"));

    ControlReply reply = sbc.ask("reload");

    assertThat(reply.ok()).isFalse();
    assertThat(reply.text())
        .contains("unknown key \"nam\": did you mean \"name\"?", "unknown value \"ecco\"")
        .contains("stays");
    assertThat(sbc.log()).contains("config.refused", "did you mean \"name\"?");
    assertThat(sbc.ask("explain", "--from", "1001", "--to", "echo").text())
        .contains("-> echo", "the service echo");
  }

  @Test
  void aChangedFileIsNoticedAndSoIsSighup(TestBed bed) throws IOException {
    SbcProcess sbc = bed.sbc();
    String good = Files.readString(sbc.config());
    Files.writeString(sbc.config(), good.replace("name: echo", "name: by-file"));
    Await.until("the changed file", A_WHILE, () -> explained(sbc).contains("-> by-file"));

    Files.writeString(sbc.config(), good.replace("name: echo", "name: by-signal"));
    sbc.signal("HUP");
    Await.until("the signal", A_WHILE, () -> sbc.log().contains("trigger=SIGHUP"));
    Await.until("its effect", A_WHILE, () -> explained(sbc).contains("-> by-signal"));
  }

  @Test
  void newConnectionsGetAChangedCertificate(TestBed bed) throws Exception {
    SbcProcess sbc = bed.sbc();
    Path file = sbc.config().resolveSibling("server.pem");
    Certificate before = presented(sbc.ports().tls());
    try (SSLSocket open = connect(sbc.ports().tls())) {
      Files.delete(file);
      DevelopmentCertificate.ensure(file, Instant.now());
      Await.until(
          "another certificate", A_WHILE, () -> !presented(sbc.ports().tls()).equals(before));

      open.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      open.setSoTimeout((int) A_WHILE.toMillis());
      assertThat(open.getInputStream().read()).isEqualTo('\r');
    }
  }

  @Test
  void oneListenerGetsTheCertificateOfAnotherFileAndItsConnectionsStay(TestBed bed)
      throws Exception {
    SbcProcess sbc = bed.sbc();
    Certificate before = presented(sbc.ports().wss());
    DevelopmentCertificate.ensure(sbc.config().resolveSibling("other.pem"), Instant.now());
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (HttpClient browser = HttpClient.newBuilder().sslContext(trusting()).build()) {
      WebSocket open = webSocket(browser, sbc.ports().wssUrl(), heard);

      String good = Files.readString(sbc.config());
      Files.writeString(
          sbc.config(), good.replaceAll("(transport: wss,.*)/server[.]pem", "$1/other.pem"));
      assertThat(sbc.ask("reload").ok()).isTrue();

      assertThat(presented(sbc.ports().wss())).isNotEqualTo(before);
      assertThat(presented(sbc.ports().tls())).isEqualTo(before);
      open.sendText("\r\n\r\n", true).join();
      assertThat(heard.poll(A_WHILE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("\r\n");
      browser.shutdownNow();
    }
  }

  private static WebSocket webSocket(HttpClient client, String url, BlockingQueue<String> heard) {
    return client
        .newWebSocketBuilder()
        .subprotocols("sip")
        .buildAsync(URI.create(url), new Listening(heard))
        .join();
  }

  private record Listening(BlockingQueue<String> heard) implements WebSocket.Listener {
    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      heard.add(text.toString());
      from.request(1);
      return null;
    }
  }

  private static String explained(SbcProcess sbc) {
    return sbc.ask("explain", "--from", "1001", "--to", "echo").text();
  }

  private static Certificate presented(int port) {
    try (SSLSocket socket = connect(port)) {
      return socket.getSession().getPeerCertificates()[0];
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static SSLSocket connect(int port) throws IOException, GeneralSecurityException {
    SSLSocket socket = (SSLSocket) trusting().getSocketFactory().createSocket("127.0.0.1", port);
    socket.startHandshake();
    return socket;
  }

  private static SSLContext trusting() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Trusting()}, null);
    return context;
  }

  /** Which certificate it is, is what the test looks at. */
  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

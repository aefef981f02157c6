package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.drawbridge.sip.dns.DnsSettings;
import org.drawbridge.sip.flow.Destination;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.drawbridge.sip.transport.tls.ClientTls;
import org.drawbridge.sip.transport.tls.OutgoingSettings;
import org.drawbridge.sip.transport.tls.OutgoingTls;
import org.drawbridge.sip.transport.tls.PemFile;
import org.drawbridge.sip.transport.tls.TestAuthority;
import org.drawbridge.sip.transport.tls.TestAuthority.Wish;
import org.drawbridge.sip.transport.tls.TlsFiles;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that prove by certificate who they are, on connections that they open and that we open. */
final class ClientCertificateTest {

  @TempDir private Path directory = Path.of(".");
  private @Nullable TestAuthority ofCarriers;
  private @Nullable TestAuthority ofOthers;

  private TestAuthority carriers() {
    TestAuthority there = ofCarriers;
    if (there == null) {
      there = new TestAuthority(directory, "carriers");
      ofCarriers = there;
    }
    return there;
  }

  private TestAuthority others() {
    TestAuthority there = ofOthers;
    if (there == null) {
      there = new TestAuthority(directory, "others");
      ofOthers = there;
    }
    return there;
  }

  private static ListenerSettings listener(TlsFiles own, Path authorities, boolean required) {
    return new ListenerSettings(
        Transport.TLS,
        TestServer.anyPort(),
        null,
        own,
        new ClientTls(authorities, required),
        WebSocketRules.ANY);
  }

  private TestServer server(boolean required) throws IOException {
    TlsFiles own = new TlsFiles(TestTls.certificate(), null);
    return TestServer.start(
        TestServer.LIMITS,
        OutgoingTls.DEFAULT,
        List.of(listener(own, carriers().file(), required)));
  }

  /** A client of the JDK with this certificate, or with none. */
  private static StreamClient client(TestServer server, @Nullable TlsFiles own, String version)
      throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("s", PemFile.read(TestTls.certificate()).certificates().getFirst());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    KeyManager[] keys = own == null ? new KeyManager[0] : new KeyManager[] {new ShownKey(own)};
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust.getTrustManagers(), null);
    InetSocketAddress address = server.address(Transport.TLS);
    SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(address.getAddress(), address.getPort());
    socket.setEnabledProtocols(new String[] {version});
    return new StreamClient(socket);
  }

  private static List<String> namesSeen(TestServer server, TlsFiles own, String version)
      throws Exception {
    try (StreamClient client = client(server, own, version)) {
      client.send(Messages.request("hello"));
      return server.sink.message().flow().peerNames();
    }
  }

  private static void assertTurnedAway(TestServer server, @Nullable TlsFiles own) {
    assertThatThrownBy(
            () -> {
              try (StreamClient client = client(server, own, "TLSv1.2")) {
                client.send(Messages.request("hello"));
                client.read(1);
              }
            })
        .isInstanceOf(IOException.class);
    TestServer.await(() -> server.count(Transport.TLS, Kind.TLS_FAILED) == 1);
    assertThat(server.sink.isSilent()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void theNamesOfAVerifiedCertificateAreThoseOfThePeer(String version) throws Exception {
    TlsFiles own =
        carriers()
            .issue(
                Wish.named(
                    "c", TestAuthority.dns("SBC.acme.example"), TestAuthority.uri("sip:a.b")));
    try (TestServer server = server(true)) {
      assertThat(namesSeen(server, own, version)).containsExactly("sbc.acme.example", "a.b");
    }
  }

  @Test
  void aResumedSessionStillSaysWhoThePeerIs() throws Exception {
    TlsFiles own = carriers().issue("sbc.acme.example");
    try (TestServer server = server(true)) {
      for (int i = 0; i < 3; i++) {
        assertThat(namesSeen(server, own, "TLSv1.3")).containsExactly("sbc.acme.example");
      }
    }
  }

  @Test
  void aCertificateOfAnotherAuthorityIsTurnedAway() throws Exception {
    try (TestServer server = server(false)) {
      assertTurnedAway(server, others().issue("sbc.acme.example"));
    }
  }

  @Test
  void anExpiredCertificateIsTurnedAway() throws Exception {
    Instant longAgo = Instant.now().minus(Duration.ofDays(9));
    try (TestServer server = server(false)) {
      assertTurnedAway(server, carriers().issue(Wish.named("old.example").from(longAgo)));
    }
  }

  @Test
  void withoutACertificateAPeerIsNobodyOrTurnedAway() throws Exception {
    try (TestServer server = server(false);
        StreamClient client = client(server, null, "TLSv1.3")) {
      client.send(Messages.request("hello"));
      assertThat(server.sink.message().flow().peerNames()).isEmpty();
    }
    try (TestServer server = server(true)) {
      assertTurnedAway(server, null);
    }
  }

  @Test
  void aServerMayShowTheCertificateThatItHasAsAServer() throws Exception {
    Wish acme = Wish.named("acme.example");
    try (TestServer server = server(true)) {
      TlsFiles ofServer = carriers().issue(acme.purpose(KeyPurposeId.id_kp_serverAuth));
      assertThat(namesSeen(server, ofServer, "TLSv1.3")).containsExactly("acme.example");
    }
    try (TestServer server = server(true)) {
      assertTurnedAway(server, carriers().issue(acme.purpose(KeyPurposeId.id_kp_codeSigning)));
    }
  }

  @Test
  void aReloadChangesWhoseCertificatesAreTaken() throws Exception {
    Path authorities = directory.resolve("authorities.pem");
    Files.copy(carriers().file(), authorities);
    TlsFiles own = new TlsFiles(TestTls.certificate(), null);
    ListenerSettings settings = listener(own, authorities, true);
    try (TestServer server =
        TestServer.start(TestServer.LIMITS, OutgoingTls.DEFAULT, List.of(settings))) {
      TlsFiles fresh = others().issue("new.example");
      assertTurnedAway(server, fresh);
      Files.copy(others().file(), authorities, StandardCopyOption.REPLACE_EXISTING);
      server
          .transports
          .prepare(List.of(settings), OutgoingSettings.DEFAULT, TestServer.LIMITS)
          .commit();
      assertThat(namesSeen(server, fresh, "TLSv1.3")).containsExactly("new.example");
    }
  }

  /** Two of us: one listens for clients of the authority, the other calls. */
  private FlowResult call(OutgoingTls acme, String identity, TestServer callee) throws Exception {
    try (TestServer caller = TestServer.start(TestServer.LIMITS, OutgoingTls.DEFAULT, List.of())) {
      OutgoingSettings settings =
          new OutgoingSettings(DnsSettings.DEFAULT, OutgoingTls.DEFAULT, Map.of("acme", acme));
      caller.transports.prepare(List.of(), settings, TestServer.LIMITS).commit();
      int port = callee.address(Transport.TLS).getPort();
      CompletableFuture<FlowResult> result = new CompletableFuture<>();
      Destination there = new Destination(Transport.TLS, "localhost", port).as(identity);
      caller.transports.obtain(there, Runnable::run, result::complete);
      FlowResult found = result.get(60, TimeUnit.SECONDS);
      if (found instanceof FlowResult.Obtained(Flow flow)) {
        flow.send(Messages.bytes(Messages.request("out")));
        assertThat(flow.peerNames()).contains("localhost");
        assertThat(callee.sink.message().flow().peerNames()).containsExactly("us.example");
      }
      return found;
    }
  }

  @Test
  void weShowOurCertificateWhereItIsConfigured() throws Exception {
    OutgoingTls acme = new OutgoingTls(TestTls.certificate(), carriers().issue("us.example"));
    try (TestServer callee = server(true)) {
      assertThat(call(acme, "acme", callee)).isInstanceOf(FlowResult.Obtained.class);
    }
  }

  @Test
  void eachIdentityTrustsItsOwnAuthoritiesOnly() throws Exception {
    OutgoingTls acme = new OutgoingTls(others().file(), carriers().issue("us.example"));
    try (TestServer callee = server(true)) {
      assertThat(call(acme, "acme", callee).toString()).contains("Unreachable", "vouches for");
      OutgoingTls right = new OutgoingTls(TestTls.certificate(), null);
      assertThat(call(right, "", callee).toString()).contains("Unreachable", "vouches for");
    }
  }

  @Test
  void aFileThatCannotBeReadChangesNothingAndIsNamed() throws Exception {
    try (TestServer server = server(false)) {
      Path missing = directory.resolve("missing.pem");
      OutgoingSettings bad =
          new OutgoingSettings(
              DnsSettings.DEFAULT,
              OutgoingTls.DEFAULT,
              Map.of("acme", new OutgoingTls(missing, null)));
      assertThatThrownBy(
              () ->
                  server.transports.prepare(
                      List.of(
                          listener(
                              new TlsFiles(TestTls.certificate(), null), carriers().file(), false)),
                      bad,
                      TestServer.LIMITS))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("trunk acme: " + missing + " does not exist");
    }
  }
}

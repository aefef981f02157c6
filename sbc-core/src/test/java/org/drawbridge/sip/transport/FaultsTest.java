package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.NotSslRecordException;
import java.net.ConnectException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** Words for an operator. */
final class FaultsTest {

  @Test
  void theSystemCallIsNobodysBusiness() {
    String netty = "finishConnect(..) failed with error(-111): Connection refused: /192.0.2.1:5060";
    assertThat(Faults.words(new CompletionException(new ConnectException(netty))))
        .isEqualTo("Connection refused: /192.0.2.1:5060");
    assertThat(Faults.words(new ConnectException("timed out"))).isEqualTo("timed out");
  }

  @Test
  void aCertificateThatIsNotBelievedIsSaidToBeSo() {
    assertThat(Faults.words(handshake(new CertPathBuilderException("unable to find path"))))
        .contains("vouches for its certificate", "trust-ca");
    Exception expired = new CertificateExpiredException("NotAfter: Mon");
    assertThat(Faults.words(handshake(new CertPathValidatorException("validity", expired))))
        .isEqualTo("its certificate has expired");
  }

  @Test
  void whatAScannerSendsToATlsPortIsNotRepeated() {
    assertThat(Faults.words(new NotSslRecordException("not an SSL/TLS record: 0a0a47455420")))
        .isEqualTo("what it sends is not TLS");
    assertThat(Faults.words(new NotSslRecordException("not an SSL/TLS record: 474554202f61")))
        .isEqualTo("it sends plain HTTP, and this port is for https:// and wss:// only");
  }

  private static Throwable handshake(Exception why) {
    return new SSLHandshakeException("(certificate_unknown) PKIX").initCause(why);
  }
}

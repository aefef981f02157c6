package org.drawbridge.sip.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.bouncycastle.asn1.x509.GeneralName;
import org.drawbridge.sip.transport.tls.TestAuthority.Wish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 5922 section 7.1. */
final class CertificateNamesTest {

  @TempDir private Path directory = Path.of(".");

  private CertificateNames names(String commonName, GeneralName... alternatives) throws Exception {
    TlsFiles files =
        new TestAuthority(directory, "names").issue(Wish.named(commonName, alternatives));
    return CertificateNames.of(PemFile.read(files.certificate()).certificates().getFirst());
  }

  @Test
  void dnsNamesAndSipUrisWithoutAUserAreDomains() throws Exception {
    CertificateNames names =
        names(
            "ignored.example",
            TestAuthority.dns("SBC.Acme.example"),
            TestAuthority.uri("sip:acme.example"),
            TestAuthority.uri("sip:alice@person.example"),
            TestAuthority.uri("sips:secure.example"),
            TestAuthority.uri("https://web.example"));
    assertThat(names.domains()).containsExactly("sbc.acme.example", "acme.example");
  }

  @Test
  void theCommonNameCountsOnlyWhereThereAreNoAlternatives() throws Exception {
    assertThat(names("Old.Acme.example").domains()).containsExactly("old.acme.example");
    assertThat(names("old.acme.example", TestAuthority.uri("sip:alice@a.example")).domains())
        .isEmpty();
  }

  @Test
  void namesAreMatchedAsAWholeAndAWildCardStandsForOneLabel() throws Exception {
    CertificateNames names =
        names("c", TestAuthority.dns("acme.example"), TestAuthority.dns("*.carrier.example"));
    assertThat(names.isFor("ACME.example")).isTrue();
    assertThat(names.isFor("sbc.acme.example")).isFalse();
    assertThat(names.isFor("example")).isFalse();
    assertThat(names.isFor("sbc1.carrier.example")).isTrue();
    assertThat(names.isFor("a.sbc1.carrier.example")).isFalse();
    assertThat(names.isFor("carrier.example")).isFalse();
  }

  @Test
  void anAddressIsNoName() throws Exception {
    CertificateNames names =
        names("c", new GeneralName(GeneralName.iPAddress, "192.0.2.1"), TestAuthority.dns("a.b"));
    assertThat(names.isFor("192.0.2.1")).isTrue();
    assertThat(names.isFor("192.0.2.2")).isFalse();
    assertThat(names.domains()).containsExactly("a.b");
  }
}

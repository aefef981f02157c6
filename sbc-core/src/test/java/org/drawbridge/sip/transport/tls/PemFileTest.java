package org.drawbridge.sip.transport.tls;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemFileTest {
  @TempDir private Path directory;

  private static PrivateKey key(String algorithm) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(algorithm.equals("EC") ? 256 : 2048);
    return generator.generateKeyPair().getPrivate();
  }

  private Path write(Object... entries) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      for (Object entry : entries) {
        writer.writeObject(entry);
      }
    }
    return Files.writeString(directory.resolve("some.pem"), text.toString());
  }

  @Test
  void readsRsaKeysOldAndNew() throws Exception {
    PrivateKey key = key("RSA");
    Path pkcs1 = write(key);
    assertThat(Files.readString(pkcs1)).contains("BEGIN RSA PRIVATE KEY");
    assertThat(PemFile.read(pkcs1).key()).isEqualTo(key);
    assertThat(PemFile.read(write(new JcaPKCS8Generator(key, null))).key()).isEqualTo(key);
  }

  @Test
  void readsEllipticKeysOldAndNew() throws Exception {
    ECPrivateKey key = (ECPrivateKey) key("EC");
    var sec1 =
        new org.bouncycastle.asn1.sec.ECPrivateKey(256, key.getS(), SECObjectIdentifiers.secp256r1);
    PemObject parameters =
        new PemObject("EC PARAMETERS", SECObjectIdentifiers.secp256r1.getEncoded());
    Path file = write(parameters, new PemObject("EC PRIVATE KEY", sec1.getEncoded()));
    assertThat(requireNonNull((ECPrivateKey) PemFile.read(file).key()).getS())
        .isEqualTo(key.getS());
    assertThat(PemFile.read(write(new JcaPKCS8Generator(key, null))).key()).isEqualTo(key);
  }

  @Test
  void passesOverWhatItDoesNotKnow() throws Exception {
    PrivateKey key = key("RSA");
    PemFile read = PemFile.read(write(new PemObject("DH PARAMETERS", new byte[] {1}), key));
    assertThat(read.key()).isEqualTo(key);
    assertThat(read.certificates()).isEmpty();
  }

  @Test
  void saysThatAKeyIsEncrypted() throws Exception {
    var encryptor =
        new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
            .setProvider(new BouncyCastleProvider())
            .setPassword("x".toCharArray())
            .build();
    Path file = write(new JcaPKCS8Generator(key("EC"), encryptor));
    assertThatThrownBy(() -> PemFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("encrypted");
  }

  @Test
  void saysThatDerIsNoPem() throws Exception {
    Path file = Files.write(directory.resolve("some.der"), new byte[] {0x30, (byte) 0x82, 1, 2});
    assertThatThrownBy(() -> PemFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + " is no text, so no PEM: openssl makes PEM of DER");
  }

  @Test
  void saysThatACertificateIsBroken() throws Exception {
    Path file = write(new PemObject("CERTIFICATE", new byte[] {1, 2, 3}));
    assertThatThrownBy(() -> PemFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + " is not readable as PEM");
  }
}

package org.drawbridge.sip.transport;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jspecify.annotations.Nullable;

/**
 * A private key and the certificates that vouch for it, out of PEM files. Keys may be PKCS #8, PKCS
 * #1 or SEC 1.
 *
 * @param key the private key
 * @param chain certificates, that of the key first; empty if there were none
 */
record PemIdentity(@Nullable PrivateKey key, List<X509Certificate> chain) {

  /**
   * Reads a server's identity.
   *
   * @throws IOException naming the file and what is wrong with it
   */
  static PemIdentity server(TlsFiles files) throws IOException {
    PemIdentity identity = read(files.certificate());
    if (identity.chain.isEmpty()) {
      throw new IOException(files.certificate() + " holds no certificate");
    }
    Path keyFile = files.key() == null ? files.certificate() : files.key();
    PrivateKey key = files.key() == null ? identity.key : read(keyFile).key;
    if (key == null) {
      throw new IOException(keyFile + " holds no private key");
    }
    if (!belongTogether(key, identity.chain.getFirst().getPublicKey())) {
      throw new IOException(
          "the key in "
              + keyFile
              + " is not that of the first certificate in "
              + files.certificate());
    }
    return new PemIdentity(key, identity.chain);
  }

  /**
   * Reads everything in one file.
   *
   * @throws IOException naming the file and what is wrong with it
   */
  static PemIdentity read(Path file) throws IOException {
    List<X509Certificate> chain = new ArrayList<>();
    PrivateKey key = null;
    try (Reader text = Files.newBufferedReader(file);
        PEMParser parser = new PEMParser(text)) {
      for (Object entry = parser.readObject(); entry != null; entry = parser.readObject()) {
        switch (entry) {
          case X509CertificateHolder holder ->
              chain.add(new JcaX509CertificateConverter().getCertificate(holder));
          case PEMKeyPair pair ->
              key = new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
          case PrivateKeyInfo info -> key = new JcaPEMKeyConverter().getPrivateKey(info);
          case PEMEncryptedKeyPair pair -> throw encrypted(file);
          case PKCS8EncryptedPrivateKeyInfo info -> throw encrypted(file);
          default -> {}
        }
      }
    } catch (NoSuchFileException e) {
      throw new IOException(file + " does not exist", e);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IOException(file + " is not readable PEM: " + e.getMessage(), e);
    }
    return new PemIdentity(key, chain);
  }

  private static IOException encrypted(Path file) {
    return new IOException(
        "the private key in " + file + " is encrypted; store it without a passphrase");
  }

  /** Whether what one signs the other verifies. */
  private static boolean belongTogether(PrivateKey key, PublicKey publicKey) throws IOException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    byte[] sample = {1, 2, 3};
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(sample);
      byte[] signature = signer.sign();
      signer.initVerify(publicKey);
      signer.update(sample);
      return signer.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}

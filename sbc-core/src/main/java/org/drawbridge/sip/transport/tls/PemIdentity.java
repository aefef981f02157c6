package org.drawbridge.sip.transport.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A server's private key and the certificates that vouch for it.
 *
 * @param key the private key
 * @param chain certificates, that of the key first
 */
public record PemIdentity(PrivateKey key, List<X509Certificate> chain) {
  private static final byte[] SAMPLE = {1, 2, 3};

  /**
   * Reads a server's identity. Blocks.
   *
   * @throws IOException naming the file and what is wrong with it
   */
  public static PemIdentity read(TlsFiles files) throws IOException {
    PemFile certificates = PemFile.read(files.certificate());
    if (certificates.certificates().isEmpty()) {
      throw new IOException(files.certificate() + " holds no certificate");
    }
    Path keyFile = files.key() == null ? files.certificate() : files.key();
    PrivateKey key = files.key() == null ? certificates.key() : PemFile.read(keyFile).key();
    if (key == null) {
      throw new IOException(keyFile + " holds no private key");
    }
    PublicKey publicKey = certificates.certificates().getFirst().getPublicKey();
    if (!belongTogether(key, publicKey)) {
      throw new IOException(
          "the key in "
              + keyFile
              + " is not that of the first certificate in "
              + files.certificate());
    }
    return new PemIdentity(key, certificates.certificates());
  }

  /** Whether what one signs the other verifies. */
  private static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(SAMPLE);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(SAMPLE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}

package org.drawbridge.sip.transport.tls;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
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
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;
import org.drawbridge.routing.value.FileWords;
import org.jspecify.annotations.Nullable;

/**
 * The keys and certificates in a PEM file, in any order and among anything else. Keys may be PKCS
 * #8, PKCS #1 or SEC 1.
 *
 * @param key the last private key; null if there was none
 * @param certificates in their order
 */
public record PemFile(@Nullable PrivateKey key, List<X509Certificate> certificates) {

  /**
   * Reads a file. Blocks.
   *
   * @throws IOException naming the file and what is wrong with it
   */
  public static PemFile read(Path file) throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    PrivateKey key = null;
    for (Object entry : entries(file)) {
      try {
        switch (entry) {
          case X509CertificateHolder holder ->
              certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
          case PEMKeyPair pair ->
              key = new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
          case PrivateKeyInfo info -> key = new JcaPEMKeyConverter().getPrivateKey(info);
          case PEMEncryptedKeyPair pair -> throw encrypted(file);
          case PKCS8EncryptedPrivateKeyInfo info -> throw encrypted(file);
          default -> {}
        }
      } catch (GeneralSecurityException e) {
        throw broken(file, e);
      }
    }
    return new PemFile(key, certificates);
  }

  /**
   * The certificates of a file of authorities. Blocks.
   *
   * @throws IOException naming the file and what is wrong with it
   */
  public static List<X509Certificate> authorities(Path file) throws IOException {
    List<X509Certificate> found = read(file).certificates();
    if (found.isEmpty()) {
      throw new IOException(file + " holds no certificate");
    }
    return found;
  }

  private static List<Object> entries(Path file) throws IOException {
    List<Object> entries = new ArrayList<>();
    try (Reader text = Files.newBufferedReader(file);
        PemReader reader = new PemReader(text)) {
      for (PemObject block = reader.readPemObject();
          block != null;
          block = reader.readPemObject()) {
        if (block.getType().endsWith("PRIVATE KEY") || block.getType().endsWith("CERTIFICATE")) {
          entries.add(decode(block));
        }
      }
      return entries;
    } catch (FileSystemException e) {
      throw new IOException(FileWords.of(e), e);
    } catch (CharacterCodingException e) {
      throw new IOException(
          file
              + " is no text, so no PEM: openssl makes PEM of DER (x509 -inform der) and of PKCS #12",
          e);
    } catch (IOException | RuntimeException e) {
      throw broken(file, e);
    }
  }

  /**
   * The parser refuses files with blocks it does not know, so it gets to see one known block at a
   * time.
   */
  private static Object decode(PemObject block) throws IOException {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(block);
    }
    try (PEMParser parser = new PEMParser(new StringReader(text.toString()))) {
      return parser.readObject();
    }
  }

  private static IOException encrypted(Path file) {
    return new IOException(
        "the private key in " + file + " is encrypted; store it without a passphrase");
  }

  private static IOException broken(Path file, Exception cause) {
    return new IOException(file + " is not readable as PEM: " + cause.getMessage(), cause);
  }
}

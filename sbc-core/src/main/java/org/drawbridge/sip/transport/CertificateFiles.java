package org.drawbridge.sip.transport;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads files of certificates only to see whether they can be used. */
public final class CertificateFiles {

  private CertificateFiles() {}

  /**
   * What is wrong with them, each naming its file; nothing where all can be used. Blocks.
   *
   * @param identities files of a key and its chain
   * @param authorities files of those who vouch for others
   */
  public static List<String> problems(Collection<Path> identities, Collection<Path> authorities) {
    List<String> problems = new ArrayList<>();
    for (Path file : identities) {
      try {
        PemIdentity.read(new TlsFiles(file, null));
      } catch (IOException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    for (Path file : authorities) {
      try {
        PemFile.authorities(file);
      } catch (IOException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    return problems;
  }
}

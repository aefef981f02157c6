package org.drawbridge.routing.user;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeSet;
import org.drawbridge.routing.yaml.Environment;
import org.drawbridge.routing.yaml.Problems;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.YamlDocument;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/**
 * The users file: accounts with hashed secrets, apart from the configuration so that it stays out
 * of git.
 */
public final class UsersFile {

  private static final String HEAD =
      """
      # Accounts of Drawbridge. The hashes are as good as the passwords: keep this file to yourself.
      # Key: name or name@domain. md5 and sha256: hash of name:domain:password, made by `sbc hash-password`.
      users:
      """;

  private UsersFile() {}

  /**
   * Reads a users file.
   *
   * @param domains our domains, the first being that of accounts which name none
   */
  public static UsersResult read(Path file, List<String> domains, Environment environment) {
    Problems problems = new Problems(file.toString());
    String text = YamlDocument.read(file, problems);
    return text == null
        ? new UsersResult.Refused(problems.errors())
        : parse(text, domains, problems, environment);
  }

  static UsersResult parse(
      String text, List<String> domains, Problems problems, Environment environment) {
    YamlValue root = YamlDocument.parse(text, problems, environment);
    Section section = root == null ? null : root.section();
    if (section == null) {
      return new UsersResult.Refused(problems.errors());
    }
    List<UserAccount> accounts =
        section.required("users", value -> accounts(value, domains), List.of());
    section.close();
    return problems.none()
        ? new UsersResult.Loaded(accounts)
        : new UsersResult.Refused(problems.errors());
  }

  private static @Nullable List<UserAccount> accounts(YamlValue value, List<String> domains) {
    Section section = value.section();
    return section == null ? null : AccountReader.readAll(section, domains);
  }

  /**
   * Writes a users file whole or not at all, readable by its owner only where the file system knows
   * owners.
   *
   * @throws IOException if the file cannot be written; an older one is then unchanged
   */
  public static void write(Path file, List<UserAccount> accounts) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException(file + " is a directory");
    }
    Files.createDirectories(directory);
    Path temporary = Files.createTempFile(directory, ".users", ".yaml", ownerOnly(directory));
    try {
      Files.writeString(temporary, format(accounts));
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path directory) {
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  static String format(List<UserAccount> accounts) {
    StringBuilder out = new StringBuilder(HEAD);
    accounts.forEach(account -> out.append(entry(account)));
    return out.toString();
  }

  /** The lines of one account. */
  public static String entry(UserAccount account) {
    StringBuilder out = new StringBuilder("  ").append(quoted(account.toString())).append(":\n");
    entry(out, "md5", account.ha1Md5());
    entry(out, "sha256", account.ha1Sha256());
    entry(out, "display-name", account.displayName());
    entry(out, "caller-id", account.callerId());
    if (!account.groups().isEmpty()) {
      String names = String.join(", ", new TreeSet<>(account.groups()));
      out.append("    group: [").append(names).append("]\n");
    }
    return out.toString();
  }

  private static void entry(StringBuilder out, String key, @Nullable String value) {
    if (value != null) {
      out.append("    ").append(key).append(": ").append(quoted(value)).append('\n');
    }
  }

  /** A YAML single-quoted scalar, in which only the quote itself needs care. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}

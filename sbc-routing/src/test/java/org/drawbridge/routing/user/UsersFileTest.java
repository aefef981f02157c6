package org.drawbridge.routing.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.drawbridge.routing.yaml.ConfigProblem;
import org.drawbridge.routing.yaml.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UsersFileTest {

  private static final List<String> DOMAINS = List.of("example.com", "other.example");
  private static final String MD5 = "0123456789abcdef0123456789abcdef";

  @TempDir private Path directory;

  @Test
  void readsBackWhatItWrote() throws IOException {
    UserAccount plain = NewAccount.of("1001", "example.com", "secret", true).account();
    UserAccount full =
        new UserAccount("o'neil", "other.example", MD5, null, "O'Neil, \u00c9ire: #1", "+44207");
    Path file = directory.resolve("sub/users.yaml");

    UsersFile.write(file, List.of(plain, full));

    assertThat(UsersFile.read(file, DOMAINS, _ -> null))
        .isEqualTo(new UsersResult.Loaded(List.of(plain, full)));
  }

  @Test
  void onlyTheOwnerMayReadTheFileAndNothingElseIsLeft() throws IOException {
    Path file = directory.resolve("users.yaml");

    UsersFile.write(file, List.of());
    UsersFile.write(file, List.of(NewAccount.of("1001", "example.com", "x", true).account()));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aNameWithoutDomainBelongsToTheFirst() {
    UsersResult result = parse("users: { 1001: { md5: " + MD5 + " } }");

    assertThat(result)
        .isEqualTo(
            new UsersResult.Loaded(
                List.of(new UserAccount("1001", "example.com", MD5, null, null, null))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "users: { 1001: {} } | 1:10: the account has neither md5 nor sha256: see sbc hash-password",
        "users: { 1001: { md5: abc } } | 1:23: not 32 hexadecimal digits: see sbc hash-password",
        "users: { 1001: { md5: M, sha: x } } | 1:57: unknown key \"sha\"; valid: caller-id, display-name, group, limits, md5, sha256",
        "users: { 1@x.example: { md5: M } } | 1:10: unknown domain \"x.example\"; valid: example.com, other.example",
        "users: { 1: { md5: M }, 1@EXAMPLE.com: { md5: M } } | 1:56: account 1@example.com stands here twice",
        "users: { a b: { md5: M } } | 1:10: \"a b\" is not an account name, as in 1001 or alice",
        "users: { 1: { md5: M, caller-id: '' } } | 1:65: \"\" is not a number or a name without spaces",
        "users: [ 1 ] | 1:8: a section of keys is wanted here, not a list",
        "accounts: {} | 1:1: \"users\" is missing here",
      })
  void namesEachMistake(String text, String expected) {
    UsersResult result = parse(text.replace(": M", ": " + MD5));

    assertThat(result).isInstanceOf(UsersResult.Refused.class);
    List<ConfigProblem> problems = ((UsersResult.Refused) result).problems();
    assertThat(problems).map(ConfigProblem::toString).contains("users.yaml:" + expected);
  }

  @Test
  void anAccountDoesNotTellItsHashes() {
    assertThat(new UserAccount("1001", "example.com", MD5, MD5, null, null))
        .hasToString("1001@example.com");
  }

  @Test
  void generatedAccountsHaveTheirOwnTypeablePasswords() {
    List<NewAccount> accounts = NewAccount.generate(50, 1001, "example.com", new SecureRandom());

    assertThat(accounts).map(a -> a.account().name()).startsWith("1001", "1002").endsWith("1050");
    assertThat(accounts).map(a -> a.password().reveal()).doesNotHaveDuplicates();
    assertThat(accounts)
        .allSatisfy(
            made -> {
              String password = made.password().reveal();
              assertThat(password).matches("([a-km-np-z2-9]{4}-){3}[a-km-np-z2-9]{4}");
              assertThat(made.toString()).doesNotContain(password);
              assertThat(made.account())
                  .isEqualTo(
                      NewAccount.of(made.account().name(), "example.com", password, false)
                          .account());
            });
  }

  private static UsersResult parse(String text) {
    return UsersFile.parse(text, DOMAINS, new Problems("users.yaml"), _ -> null);
  }
}

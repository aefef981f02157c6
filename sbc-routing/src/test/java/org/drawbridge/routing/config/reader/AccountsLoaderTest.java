package org.drawbridge.routing.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.drawbridge.routing.user.NewAccount;
import org.drawbridge.routing.user.UserAccount;
import org.drawbridge.routing.user.UsersFile;
import org.drawbridge.routing.user.UsersResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccountsLoaderTest {

  private static final String MD5 = "0123456789abcdef0123456789abcdef";
  private static final UserAccount INLINE =
      new UserAccount("1001", "example.com", MD5, null, null, null);

  @TempDir private Path directory;

  @Test
  void gathersAccountsFromBothFiles() throws IOException {
    UserAccount other = NewAccount.of("1002", "example.com", "x", true).account();
    Path file = directory.resolve("users.yaml");
    UsersFile.write(file, List.of(other));

    assertThat(load("file: " + file + ", "))
        .isEqualTo(new UsersResult.Loaded(List.of(INLINE, other)));
    assertThat(load("")).isEqualTo(new UsersResult.Loaded(List.of(INLINE)));
  }

  @Test
  void refusesAnAccountThatStandsInBoth() throws IOException {
    Path file = directory.resolve("users.yaml");
    UsersFile.write(file, List.of(INLINE));

    assertRefused(
        load("file: " + file + ", "),
        file + ": account 1001@example.com stands in the configuration file too");
  }

  @Test
  void refusesAUsersFileThatIsNotThere() {
    Path file = directory.resolve("missing.yaml");

    assertRefused(load("file: " + file + ", "), file + ": there is no such file");
  }

  private static UsersResult load(String file) {
    String users = "users: { " + file + "1001: { md5: " + MD5 + " } }";
    return AccountsLoader.load(ConfigText.config(ConfigText.MINIMAL + users), _ -> null);
  }

  private static void assertRefused(UsersResult result, String message) {
    assertThat(result)
        .isInstanceOfSatisfying(
            UsersResult.Refused.class,
            refused ->
                assertThat(refused.problems()).map(Object::toString).containsExactly(message));
  }
}

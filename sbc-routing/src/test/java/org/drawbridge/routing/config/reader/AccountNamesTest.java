package org.drawbridge.routing.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.drawbridge.routing.user.UsersResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of accounts and groups are compared with those that the users have. */
final class AccountNamesTest {

  private static final String MD5 = "{ md5: 0123456789abcdef0123456789abcdef }";
  private static final String SALES = MD5.replace(" }", ", group: sales }");

  private static final String DOMAINS =
      """
      domains: [ example.com, other.example, { name: pbx.example, upstream: "sip:192.0.2.9" } ]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      """;

  private static final String USERS =
      "users: { 1001: %s, 1002: %s, alice@other.example: %s }\n".formatted(SALES, MD5, MD5);

  @TempDir private Path directory;

  @Test
  void namesEveryMistakeWithItsPlaceAndTheNearestName() {
    String routes =
        """
        account-groups: { slaes: { limits: { calls: 1 } } }
        routes:
          - { name: a, to: { accounts: [ 1001, 1020, alice@othr.example ] } }
          - { name: b, when: { from: { group: sale } }, to: { registrar: true } }
        """;

    assertThat(problems(DOMAINS + USERS + routes))
        .containsExactly(
            "sbc.yaml:4:19: unknown group of accounts \"slaes\": did you mean \"sales\"? valid: sales",
            "sbc.yaml:6:40: unknown account \"1020\": did you mean \"1002\"?"
                + " valid: 1001, 1002, alice@other.example",
            "sbc.yaml:6:46: unknown account \"alice@othr.example\": did you mean"
                + " \"alice@other.example\"? valid: 1001@example.com, 1002@example.com,"
                + " alice@other.example",
            "sbc.yaml:7:39: unknown group of accounts \"sale\": did you mean \"sales\"?"
                + " valid: sales");
  }

  @Test
  void takesNamesOfTheFileItselfAndOfTheUsersFile() throws IOException {
    Path file = Files.writeString(directory.resolve("users.yaml"), USERS);
    String routes =
        """
        account-groups: { sales: { limits: { calls: 1 } } }
        routes:
          - name: a
            when: { from: { group: sales } }
            to: { accounts: [ 1001, 1001@example.com, alice@OTHER.example, bob ] }
        """;
    String both = "users: { file: %s, bob: %s }\n".formatted(file, MD5);

    assertThat(problems(DOMAINS + both + routes)).isEmpty();
    assertThat(problems(DOMAINS + both + routes.replace("bob", "bab")))
        .singleElement()
        .asString()
        .contains("unknown account \"bab\": did you mean \"bob\"?");
  }

  @Test
  void anAccountOfAPbxMayHaveAnyName() {
    String routes = "routes: [ { name: a, to: { accounts: [ whoever@PBX.example ] } } ]";

    assertThat(problems(DOMAINS + USERS + routes)).isEmpty();
    assertThat(problems(DOMAINS + USERS + routes.replace("PBX", "pxb")))
        .singleElement()
        .asString()
        .startsWith("sbc.yaml:4:40: unknown account \"whoever@pxb.example\"");
  }

  @Test
  void aGroupWithLimitsMayWaitForItsFirstAccount() {
    String users = "users: { 1001: %s }\n".formatted(MD5);
    String limits = "account-groups: { home: { limits: { calls: 1 } } }\n";
    String routes =
        "routes: [ { name: a, when: { from: { group: home } }, to: { registrar: true } } ]";

    assertThat(problems(DOMAINS + users + limits + routes)).isEmpty();
    assertThat(problems(DOMAINS + users + routes))
        .containsExactly("sbc.yaml:4:45: unknown group of accounts \"home\"; valid: none");
  }

  @Test
  void ofManyAccountsSomeAreListed() {
    String users =
        IntStream.range(1000, 1200)
            .mapToObj(number -> number + ": " + MD5)
            .collect(Collectors.joining(", ", "users: { ", " }\n"));

    assertThat(problems(DOMAINS + users + "routes: [ { name: a, to: { accounts: 2000 } } ]"))
        .singleElement()
        .asString()
        .contains("did you mean \"1000\"? valid: 1000, 1001,")
        .endsWith("1049 and 150 more");
  }

  private static List<String> problems(String text) {
    return switch (AccountsLoader.load(ConfigText.config(text), _ -> null)) {
      case UsersResult.Loaded _ -> List.of();
      case UsersResult.Refused(var problems) -> problems.stream().map(Object::toString).toList();
    };
  }
}

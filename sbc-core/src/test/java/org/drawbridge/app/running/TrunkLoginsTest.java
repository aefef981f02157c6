package org.drawbridge.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.drawbridge.account.Aor;
import org.drawbridge.account.ConfiguredAccounts;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.config.reader.ConfigReader;
import org.drawbridge.routing.config.reader.ConfigResult;
import org.drawbridge.routing.user.DigestHash;
import org.drawbridge.routing.user.UserAccount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a trunk that signs in is asked for, and what it may answer. */
final class TrunkLoginsTest {

  private static final String CONFIG =
      """
      domains: [one.example]
      listeners: { transport: udp, bind: "127.0.0.1:0" }
      web: { enabled: false }
      trunks:
        branch: { targets: "sip:203.0.113.1", accept: { username: branch7, password: secret } }
      """;

  private static final Aor LOGIN = new Aor("branch7", "one.example");

  @TempDir private Path directory = Path.of(".");

  private TrunkLogins logins() throws Exception {
    Path file = Files.writeString(directory.resolve("sbc.yaml"), CONFIG);
    SbcConfig config = ((ConfigResult.Loaded) ConfigReader.read(file)).config();
    LiveConfig live =
        new LiveConfig(
            InForce.of(config, new ConfiguredAccounts(List.of("one.example"), List.of())));
    return new TrunkLogins(live.accounts(), live);
  }

  /** A PBX whose From names its caller is asked as a stranger is, and Asterisk takes the best. */
  @Test
  void aTrunkMayAnswerBySha256() throws Exception {
    UserAccount trunk = Objects.requireNonNull(logins().find(LOGIN));

    assertThat(trunk.ha1Sha256())
        .isEqualTo(DigestHash.SHA_256.ha1("branch7", "one.example", "secret"));
    assertThat(trunk.ha1Md5()).isEqualTo(DigestHash.MD5.ha1("branch7", "one.example", "secret"));
  }

  @Test
  void aTrunkThatNamesItsLoginIsAskedForMd5Alone() throws Exception {
    UserAccount trunk = Objects.requireNonNull(logins().shown(LOGIN));

    assertThat(trunk.ha1Sha256()).isNull();
    assertThat(trunk.ha1Md5()).isEqualTo(DigestHash.MD5.ha1("branch7", "one.example", "secret"));
  }

  @Test
  void whoIsNoTrunkIsNone() throws Exception {
    assertThat(logins().find(new Aor("branch7", "two.example"))).isNull();
    assertThat(logins().shown(new Aor("4711", "one.example"))).isNull();
  }
}

package org.drawbridge.routing.config.reader;

import java.util.List;
import java.util.function.Consumer;
import org.drawbridge.routing.config.AccountMention;
import org.drawbridge.routing.config.AccountMention.Kind;
import org.drawbridge.routing.config.Ring;
import org.drawbridge.routing.config.RouteConfig.Target;
import org.drawbridge.routing.user.AccountReader;
import org.drawbridge.routing.yaml.NetworkScalars;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code accounts} and {@code ring}: accounts that are called together. */
final class AccountsTargetReader {

  /** More would ring a whole house. */
  private static final int MAX_ACCOUNTS = 100;

  private AccountsTargetReader() {}

  static @Nullable Target read(Section section, Consumer<AccountMention> mentions) {
    YamlValue written = section.find("accounts");
    Ring ring = section.optional("ring", Scalars.oneOf(Ring.class), Ring.ALL);
    if (written == null) {
      return section.has("ring") ? section.place().problem("\"ring\" belongs to accounts") : null;
    }
    List<String> names = written.list(value -> account(value, mentions));
    int count = written.list().size();
    if (count < 1 || count > MAX_ACCOUNTS) {
      return written.problem("1 to " + MAX_ACCOUNTS + " accounts are needed here");
    }
    return new Target.Accounts(names, ring);
  }

  /** The name of an account, maybe with its domain, that is told to be one. */
  static @Nullable String account(YamlValue value, Consumer<AccountMention> mentions) {
    String text = value.text();
    if (text == null) {
      return null;
    }
    int at = text.lastIndexOf('@');
    boolean good =
        AccountReader.isName(at < 0 ? text : text.substring(0, at))
            && (at < 0 || NetworkScalars.isDomain(text.substring(at + 1)));
    if (!good) {
      return value.problem(
          "\"" + value.written() + "\" is not an account, as in 1001 or alice@example.com");
    }
    mentions.accept(AccountMention.of(Kind.ACCOUNT, text, value));
    return text;
  }
}

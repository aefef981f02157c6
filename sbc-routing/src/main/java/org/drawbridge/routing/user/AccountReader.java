package org.drawbridge.routing.user;

import com.google.re2j.Pattern;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.drawbridge.routing.limit.Limits;
import org.drawbridge.routing.limit.LimitsReader;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.ValueReader;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads accounts: keys are {@code name} or {@code name@domain}, values hold the hashes. The same in
 * the users file and in the configuration file.
 */
public final class AccountReader {

  /**
   * Characters that stand in the user part of a SIP URI without escapes (RFC 3261 section 25.1).
   */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.!~*'()&=+$,;?/#-]{1,64}");

  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]*");

  private static final ValueReader<String> DISPLAY_NAME =
      Scalars.text(
          Pattern.compile("[^\"\\\\]*"), 80, "a name of 1 to 80 characters without quotes");

  private final List<String> domains;
  private final Set<String> addresses = new HashSet<>();

  private AccountReader(List<String> domains) {
    this.domains = domains;
  }

  /** Reads every key of {@code section} that was not asked for before as an account. */
  public static List<UserAccount> readAll(Section section, List<String> domains) {
    AccountReader reader = new AccountReader(domains);
    return List.copyOf(section.named(reader::read).values());
  }

  private @Nullable UserAccount read(YamlValue key, YamlValue value) {
    String written = key.text();
    Section section = value.section();
    if (written == null || section == null) {
      return null;
    }
    String md5 = section.optional("md5", hash(DigestHash.MD5));
    String sha256 = section.optional("sha256", hash(DigestHash.SHA_256));
    String displayName = section.optional("display-name", DISPLAY_NAME);
    String callerId = section.optional("caller-id", number());
    List<String> groups = section.list("group", group(), List.of());
    Limits limits = LimitsReader.of(section);
    section.close();
    if (!section.has("md5") && !section.has("sha256")) {
      return key.problem("the account has neither md5 nor sha256: see sbc hash-password");
    }
    int at = written.lastIndexOf('@');
    String name = at < 0 ? written : written.substring(0, at);
    String domain =
        at < 0 ? domains.getFirst() : written.substring(at + 1).toLowerCase(Locale.ROOT);
    return addressed(key, name, domain)
        ? new UserAccount(
            name, domain, md5, sha256, displayName, callerId, Set.copyOf(groups), limits)
        : null;
  }

  /** Whether name and domain make an address of record that no other account has. */
  private boolean addressed(YamlValue key, String name, String domain) {
    String message = null;
    if (!NAME.matches(name)) {
      message = "\"" + key.written() + "\" is not an account name, as in 1001 or alice";
    } else if (!domains.contains(domain)) {
      message = Section.unknown("domain", domain, domains);
    } else if (!addresses.add(name + "@" + domain)) {
      message = "account " + name + "@" + domain + " stands here twice";
    }
    if (message != null) {
      key.problem(message);
    }
    return message == null;
  }

  /** Whether a text can be the name of an account: the user part of a SIP URI without escapes. */
  public static boolean isName(String text) {
    return NAME.matches(text);
  }

  /** The name of a group of accounts. */
  public static ValueReader<String> group() {
    return Scalars.text(
        Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*"), 64, "a name of letters, digits, - _ and .");
  }

  /** The user part of a SIP URI. */
  public static ValueReader<String> number() {
    return Scalars.text(NAME, 64, "a number or a name without spaces");
  }

  private static ValueReader<String> hash(DigestHash algorithm) {
    return value -> {
      String text = value.text();
      if (text == null) {
        return null;
      }
      return text.length() == algorithm.hexLength() && HEX.matches(text)
          ? text.toLowerCase(Locale.ROOT)
          : value.problem(
              "not " + algorithm.hexLength() + " hexadecimal digits: see sbc hash-password");
    };
  }
}

package org.drawbridge.routing.config.reader;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.drawbridge.routing.config.AccountsConfig.RegistrarConfig;
import org.drawbridge.routing.user.AccountReader;
import org.drawbridge.routing.user.UserAccount;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.ValueReader;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code users} and {@code registrar}. */
final class AccountsReader {

  static final RegistrarConfig REGISTRAR =
      new RegistrarConfig(
          Duration.ofSeconds(60),
          Duration.ofHours(1),
          Duration.ofMinutes(10),
          10,
          Set.of(),
          Path.of("data", "bindings.mv"));

  static final Users NOBODY = new Users(List.of(), null);

  private static final ValueReader<Duration> EXPIRES =
      Scalars.duration(Duration.ofSeconds(1), Duration.ofDays(7));

  private AccountsReader() {}

  /** Inline accounts are keys beside {@code file}, which is why no account can be called that. */
  static Users users(Section section, List<String> domains) {
    Path file = section.optional("file", AccountsReader::file);
    return new Users(AccountReader.readAll(section, domains), file);
  }

  private static @Nullable Path file(YamlValue value) {
    return value.isText()
        ? Scalars.path(value)
        : value.problem("\"file\" is the path of the users file");
  }

  static RegistrarConfig registrar(Section section, Set<String> trunks) {
    RegistrarConfig registrar =
        new RegistrarConfig(
            section.optional("min-expires", EXPIRES, REGISTRAR.minExpires()),
            section.optional("max-expires", EXPIRES, REGISTRAR.maxExpires()),
            section.optional("default-expires", EXPIRES, REGISTRAR.defaultExpires()),
            section.optional(
                "contacts-per-account", Scalars.number(1, 1000), REGISTRAR.contactsPerAccount()),
            Set.copyOf(
                section.optional(
                    "watchers", value -> value.list(name -> trunk(name, trunks)), List.of())),
            section
                .optional("store", AccountsReader::store, Optional.ofNullable(REGISTRAR.store()))
                .orElse(null));
    if (section.isGood("min-expires", "default-expires", "max-expires")) {
      demandOrder(registrar, section.place());
    }
    return registrar;
  }

  /** With their values, since one that is not there has its default. */
  private static void demandOrder(RegistrarConfig registrar, YamlValue place) {
    long min = registrar.minExpires().toSeconds();
    long usual = registrar.defaultExpires().toSeconds();
    long max = registrar.maxExpires().toSeconds();
    if (min > usual || usual > max) {
      place.problem(
          "min-expires (%ds), default-expires (%ds) and max-expires (%ds) must ascend"
              .formatted(min, usual, max));
    }
  }

  private static @Nullable String trunk(YamlValue value, Set<String> trunks) {
    String name = value.text();
    return name == null || trunks.contains(name)
        ? name
        : value.problem(Section.unknown("trunk", value.written(), trunks));
  }

  private static @Nullable Optional<Path> store(YamlValue value) {
    if ("none".equals(value.text())) {
      return Optional.empty();
    }
    Path file = Scalars.output(value);
    return file == null ? null : Optional.of(file);
  }

  /** Accounts written inline and where the others are. */
  record Users(List<UserAccount> inline, @Nullable Path file) {}
}

package org.drawbridge.routing.config.reader;

import java.time.Duration;
import org.drawbridge.routing.trunk.TrunkCredentials;
import org.drawbridge.routing.trunk.TrunkRegistration;
import org.drawbridge.routing.yaml.NetworkScalars;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code register} of a trunk: {@code true}, {@code false} or a section. */
final class RegistrationReader {

  private static final Duration EXPIRES = Duration.ofHours(1);

  private RegistrationReader() {}

  /**
   * How to register with the trunk of a section, or null where it does not say or says it wrongly.
   *
   * @param credentials those of the trunk, used unless the registration has its own
   * @param domain the domain unless the registration names one
   */
  static @Nullable TrunkRegistration read(
      Section trunk, @Nullable TrunkCredentials credentials, @Nullable String domain) {
    YamlValue value = trunk.find("register");
    if (value == null) {
      return null;
    }
    if (!value.isSection()) {
      Boolean wanted = Scalars.bool(value);
      return wanted == null || !wanted ? null : made(trunk, credentials, null, domain, EXPIRES);
    }
    Section section = value.section();
    if (section == null) {
      return null;
    }
    TrunkCredentials own = TrunkReader.credentials(section);
    String user = section.optional("user", Scalars.text());
    String ownDomain = section.optional("domain", NetworkScalars::domain);
    Duration expires =
        section.optional(
            "expires", Scalars.duration(Duration.ofSeconds(10), Duration.ofDays(1)), EXPIRES);
    section.close();
    return made(
        TrunkReader.namesCredentials(section) ? section : trunk,
        own == null ? credentials : own,
        user,
        ownDomain == null ? domain : ownDomain,
        expires);
  }

  /**
   * The registration.
   *
   * @param place the section that says who we are; what is wrong with that is told already
   * @param user who we are there, null where that is the name that we sign in by
   */
  private static @Nullable TrunkRegistration made(
      Section place,
      @Nullable TrunkCredentials credentials,
      @Nullable String user,
      @Nullable String domain,
      Duration expires) {
    if (credentials == null) {
      YamlValue register = place.find("register");
      return register == null || TrunkReader.namesCredentials(place)
          ? null
          : register.problem("register needs a username and a password, here or at the trunk");
    }
    return domain == null
        ? null
        : new TrunkRegistration(
            credentials, user == null ? credentials.username() : user, domain, expires);
  }
}

package org.drawbridge.routing.config.reader;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drawbridge.routing.config.ListenerConfig;
import org.drawbridge.routing.number.NumberFormat;
import org.drawbridge.routing.trunk.HistoryMode;
import org.drawbridge.routing.trunk.TransferMode;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.trunk.TrunkAccount;
import org.drawbridge.routing.trunk.TrunkCare;
import org.drawbridge.routing.trunk.TrunkCredentials;
import org.drawbridge.routing.trunk.TrunkMedia;
import org.drawbridge.routing.trunk.TrunkRegistration;
import org.drawbridge.routing.trunk.TrunkRights;
import org.drawbridge.routing.trunk.TrunkUris;
import org.drawbridge.routing.user.AccountReader;
import org.drawbridge.routing.value.Cidr;
import org.drawbridge.routing.value.Secret;
import org.drawbridge.routing.value.SipTarget;
import org.drawbridge.routing.yaml.NetworkScalars;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.SectionReader;
import org.drawbridge.routing.yaml.ValueReader;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code trunks} and finds a network that two of them claim. */
final class TrunkReader {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

  /** From the least that one repeat takes to timers B and F of RFC 3261. */
  private static final ValueReader<Duration> TRY_TIMEOUT =
      Scalars.duration(Duration.ofSeconds(1), Duration.ofSeconds(32));

  /** How often a target may be probed. */
  static final ValueReader<Duration> PROBE =
      Scalars.duration(Duration.ofSeconds(1), Duration.ofHours(1));

  private final AcceptReader accepted;
  private final Map<Cidr, String> owners = new HashMap<>();

  private final TrunkAccountReader accounts;

  private TrunkReader(boolean seesCertificates, TrunkAccountReader accounts) {
    this.accepted = new AcceptReader(seesCertificates);
    this.accounts = accounts;
  }

  /**
   * Reads all of them.
   *
   * @param listeners where their calls come in
   * @param accounts reads those that register with us
   */
  static Map<String, Trunk> readAll(
      Section section, List<ListenerConfig> listeners, TrunkAccountReader accounts) {
    boolean seesCertificates = listeners.stream().anyMatch(l -> l.clients() != null);
    TrunkReader reader = new TrunkReader(seesCertificates, accounts);
    return section.named(reader::read);
  }

  private @Nullable Trunk read(YamlValue key, YamlValue value) {
    String name = key.text();
    if (name == null) {
      return null;
    }
    if (!isName(name)) {
      return key.problem("\"" + key.written() + "\" is not a name of letters, digits, - _ and .");
    }
    if (WhenReader.RESERVED.contains(name)) {
      return key.problem("\"" + name + "\" has a meaning in `from`: choose another name");
    }
    SectionReader<Trunk> trunk = section -> trunk(name, section);
    return trunk.readClosed(value);
  }

  static boolean isName(String text) {
    return NAME.matches(text);
  }

  private Trunk trunk(String name, Section section) {
    TrunkAccount account = accounts.read(name, section);
    List<SipTarget> targets = section.optional("targets", TrunkReader::targets, List.of());
    if (!section.has("targets") && !section.has("account")) {
      section.place().problem("\"targets\" are missing, or \"account\" if it registers with us");
    }
    TrunkCredentials credentials = credentials(section);
    String home = account == null ? null : account.domain();
    String domain = first(section.optional("domain", NetworkScalars::domain), home);
    String fromDomain = first(section.optional("from-domain", NetworkScalars::domain), domain);
    String target = targets.isEmpty() ? null : targets.getFirst().host();
    String registrar = first(domain, first(fromDomain, target));
    TrunkRegistration registration = RegistrationReader.read(section, credentials, registrar);
    return new Trunk(
        name,
        targets,
        section.list("from", value -> network(name, value), List.of()),
        credentials == null && registration != null ? registration.credentials() : credentials,
        section.optional("media", Scalars.oneOf(TrunkMedia.class), TrunkMedia.RTP),
        fromDomain,
        section.optional("caller-id", AccountReader.number()),
        section.optional("try-timeout", TRY_TIMEOUT, Trunk.TRY_TIMEOUT),
        new TrunkCare(registration, section.optional("probe", PROBE), false, account),
        rights(name, section),
        TrunkBoundsReader.read(section),
        TrunkProfileReader.read(section),
        section.optional("number-format", NumberFormatReader::read, NumberFormat.AS_ROUTED),
        new TrunkUris(domain, section.optional("user-phone", Scalars::bool, false)),
        TrunkTlsReader.read(section, targets));
  }

  private static @Nullable String first(@Nullable String one, @Nullable String other) {
    return one == null ? other : one;
  }

  private TrunkRights rights(String name, Section section) {
    AcceptReader.Accepted ways = accepted.read(name, section);
    boolean trusted = section.optional("trust", Scalars::bool, TrunkRights.NONE.trusted());
    return new TrunkRights(
        section.optional(
            "transfer", Scalars.oneOf(TransferMode.class), TrunkRights.NONE.transfer()),
        trusted,
        section.optional(
            "history",
            Scalars.oneOf(HistoryMode.class),
            trusted ? HistoryMode.PASS : HistoryMode.REMOVE),
        ways.login(),
        ways.certificates());
  }

  private static @Nullable List<SipTarget> targets(YamlValue value) {
    return value.list().isEmpty()
        ? value.problem("at least one target is needed")
        : value.list(TrunkReader::target);
  }

  /** A host of a trunk: anything but a WebSocket server. */
  static @Nullable SipTarget target(YamlValue value) {
    SipTarget target = NetworkScalars.target(value);
    return target != null && target.transportOrDefault().webSocket()
        ? value.problem("trunks are reached over udp, tcp or tls")
        : target;
  }

  private @Nullable Cidr network(String trunk, YamlValue value) {
    Cidr cidr = NetworkScalars.cidr(value);
    if (cidr == null) {
      return null;
    }
    String owner = owners.putIfAbsent(cidr, trunk);
    return owner == null
        ? cidr
        : value.problem("network " + cidr + " already belongs to trunk " + owner);
  }

  /** Whether credentials are meant to be in a section, though they may be wrong. */
  static boolean namesCredentials(Section section) {
    return section.has("username") || section.has("password");
  }

  /** The credentials in a section; both keys or none. */
  static @Nullable TrunkCredentials credentials(Section section) {
    String username = section.optional("username", Scalars.text());
    String password = section.optional("password", Scalars.text());
    for (String missing : Set.of("username", "password")) {
      String other = missing.equals("username") ? "password" : "username";
      if (section.has(other) && !section.has(missing)) {
        section.place().problem("\"" + other + "\" needs a \"" + missing + "\" beside it");
      }
    }
    return username == null || password == null
        ? null
        : new TrunkCredentials(username, new Secret(password));
  }
}

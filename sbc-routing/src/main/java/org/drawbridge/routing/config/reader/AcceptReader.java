package org.drawbridge.routing.config.reader;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.drawbridge.routing.trunk.TrunkCredentials;
import org.drawbridge.routing.yaml.NetworkScalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code accept} of a trunk: what its requests to us are known by, wherever they come from.
 * No two trunks have the same.
 */
final class AcceptReader {

  private static final Accepted NOTHING = new Accepted(null, List.of());

  private final boolean seesCertificates;
  private final Map<String, String> owners = new HashMap<>();
  private final Map<String, String> certified = new HashMap<>();

  /** What one trunk is known by. */
  record Accepted(@Nullable TrunkCredentials login, List<String> certificates) {}

  /**
   * With no trunk yet.
   *
   * @param seesCertificates whether a listener asks clients for certificates
   */
  AcceptReader(boolean seesCertificates) {
    this.seesCertificates = seesCertificates;
  }

  Accepted read(String trunk, Section section) {
    return section.section("accept", keys -> accepted(trunk, keys), NOTHING);
  }

  private Accepted accepted(String trunk, Section section) {
    TrunkCredentials login = login(trunk, section);
    List<String> names = section.list("certificate", name -> certificate(trunk, name), List.of());
    boolean isEmpty = !section.has("username") && !section.has("certificate");
    if (isEmpty && !section.has("password")) {
      section
          .place()
          .problem("\"accept\" needs a \"certificate\", or \"username\" and \"password\"");
    }
    return new Accepted(login, names);
  }

  private @Nullable TrunkCredentials login(String trunk, Section section) {
    TrunkCredentials login = TrunkReader.credentials(section);
    YamlValue place = section.find("username");
    String owner = login == null ? null : owners.putIfAbsent(login.username(), trunk);
    if (login == null || login.username().isEmpty() || login.password().reveal().isEmpty()) {
      return null;
    }
    return owner == null || place == null
        ? login
        : place.problem("username " + login.username() + " already belongs to trunk " + owner);
  }

  private @Nullable String certificate(String trunk, YamlValue value) {
    String name = NetworkScalars.domain(value);
    if (name == null) {
      return null;
    }
    if (!seesCertificates) {
      return value.problem("no listener asks for certificates: give a tls listener \"client-ca\"");
    }
    String owner = certified.putIfAbsent(name, trunk);
    return owner == null
        ? name
        : value.problem("certificate " + name + " already belongs to trunk " + owner);
  }
}

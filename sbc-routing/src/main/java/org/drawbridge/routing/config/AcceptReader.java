package org.drawbridge.routing.config;

import java.util.HashMap;
import java.util.Map;
import org.drawbridge.routing.trunk.TrunkCredentials;
import org.drawbridge.routing.value.Secret;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.SectionReader;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code accept} of a trunk: what it signs its requests to us with. No two have the same. */
final class AcceptReader {

  private final Map<String, String> owners = new HashMap<>();

  @Nullable TrunkCredentials read(String trunk, Section section) {
    return section.optional("accept", value -> read(trunk, value));
  }

  private @Nullable TrunkCredentials read(String trunk, YamlValue value) {
    SectionReader<TrunkCredentials> reader = AcceptReader::login;
    TrunkCredentials login = reader.readClosed(value);
    if (login == null) {
      return null;
    }
    String owner = owners.putIfAbsent(login.username(), trunk);
    return owner == null
        ? login
        : value.problem("username " + login.username() + " already belongs to trunk " + owner);
  }

  private static @Nullable TrunkCredentials login(Section section) {
    String username = section.required("username", Scalars.text(), "");
    String password = section.required("password", Scalars.text(), "");
    return username.isEmpty() || password.isEmpty()
        ? null
        : new TrunkCredentials(username, new Secret(password));
  }
}

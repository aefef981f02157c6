package org.drawbridge.routing.config.reader;

import com.google.re2j.Pattern;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.drawbridge.routing.config.ListenerConfig;
import org.drawbridge.routing.config.ListenerConfig.ClientTrust;
import org.drawbridge.routing.value.Addresses;
import org.drawbridge.routing.value.HostPort;
import org.drawbridge.routing.value.TlsIdentity;
import org.drawbridge.routing.value.Transport;
import org.drawbridge.routing.yaml.NetworkScalars;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.SectionReader;
import org.drawbridge.routing.yaml.ValueReader;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code listeners} and finds two that want the same port. */
final class ListenerReader {

  private static final HostPort NOWHERE = new HostPort(Addresses.any(), 0);

  private static final ValueReader<String> URL_PATH =
      Scalars.text(Pattern.compile("/[!-~]*"), 200, "a path that begins with /");

  private static final ValueReader<String> ORIGIN =
      Scalars.text(
          Pattern.compile("https?://[^/\\s]+"), 200, "an origin, as in https://phone.example.com");

  private static final List<String> CLIENTS = List.of("optional", "required");

  private ListenerReader() {}

  static List<ListenerConfig> readAll(YamlValue value) {
    SectionReader<ListenerConfig> reader = ListenerReader::read;
    List<ListenerConfig> good = new ArrayList<>();
    for (YamlValue item : value.list()) {
      ListenerConfig listener = reader.readClosed(item);
      if (listener != null) {
        checkFree(listener, good, item);
        good.add(listener);
      }
    }
    if (value.list().isEmpty()) {
      value.problem("at least one listener is needed");
    }
    return good;
  }

  private static @Nullable ListenerConfig read(Section section) {
    Transport transport = section.optional("transport", Scalars.oneOf(Transport.class));
    if (!section.has("transport")) {
      section.place().problem("\"transport\" is missing here");
    }
    HostPort bind = section.required("bind", NetworkScalars::hostPort, NOWHERE);
    Path certificate = section.optional("certificate", Scalars::path);
    Path key = section.optional("key", Scalars::path);
    String name = section.optional("name", NetworkScalars::domain);
    ClientTrust clients = clients(section);
    List<String> paths = section.list("paths", URL_PATH, List.of());
    List<String> origins = section.list("origins", ORIGIN, List.of());
    if (transport == null) {
      return null;
    }
    misplaced(section, transport);
    TlsIdentity identity = certificate == null ? null : new TlsIdentity(certificate, key);
    return new ListenerConfig(transport, bind, identity, name, clients, paths, origins);
  }

  private static @Nullable ClientTrust clients(Section section) {
    Path authorities = section.optional("client-ca", Scalars::path);
    String wanted =
        section.optional("client-certificate", Scalars.oneOf(CLIENTS), CLIENTS.getFirst());
    if (!section.has("client-ca")) {
      forbid(section, "client-certificate", "needs a \"client-ca\" beside it: whose certificates?");
    }
    return authorities == null ? null : new ClientTrust(authorities, wanted.equals("required"));
  }

  private static void misplaced(Section section, Transport transport) {
    if (transport.secure() && !section.has("certificate")) {
      section.place().problem("a " + transport.token() + " listener needs a \"certificate\"");
    }
    if (!transport.secure()) {
      forbid(section, "certificate", "only tls and wss listeners have a certificate");
      forbid(section, "key", "only tls and wss listeners have a key");
      forbid(section, "client-ca", "only tls and wss listeners see certificates");
    }
    if (!transport.webSocket()) {
      forbid(section, "paths", "only ws and wss listeners have paths");
      forbid(section, "origins", "only ws and wss listeners have origins");
    }
  }

  private static void forbid(Section section, String key, String message) {
    YamlValue value = section.find(key);
    if (value != null) {
      value.problem(message);
    }
  }

  private static void checkFree(
      ListenerConfig listener, List<ListenerConfig> earlier, YamlValue place) {
    for (ListenerConfig other : earlier) {
      if (other.overlaps(listener)) {
        place.problem(
            listener.bind()
                + " is already taken by the "
                + other.transport().token()
                + " listener");
        return;
      }
    }
  }
}

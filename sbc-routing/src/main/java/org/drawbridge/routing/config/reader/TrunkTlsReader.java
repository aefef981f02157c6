package org.drawbridge.routing.config.reader;

import java.nio.file.Path;
import java.util.List;
import org.drawbridge.routing.trunk.TrunkTls;
import org.drawbridge.routing.value.SipTarget;
import org.drawbridge.routing.value.TlsIdentity;
import org.drawbridge.routing.value.Transport;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code certificate}, {@code key} and {@code trust-ca} of a trunk: how TLS toward it is
 * done.
 */
final class TrunkTlsReader {

  private TrunkTlsReader() {}

  /** Reads them; they mean nothing where no target can be reached over TLS. */
  static TrunkTls read(Section trunk, List<SipTarget> targets) {
    boolean isSecure = targets.isEmpty() || targets.stream().anyMatch(TrunkTlsReader::maySecure);
    Path certificate = file(trunk, "certificate", isSecure);
    Path key = file(trunk, "key", isSecure);
    Path authorities = file(trunk, "trust-ca", isSecure);
    YamlValue alone = trunk.has("certificate") ? null : trunk.find("key");
    if (alone != null) {
      alone.problem("needs a \"certificate\" beside it");
    }
    return new TrunkTls(
        certificate == null ? null : new TlsIdentity(certificate, key), authorities);
  }

  private static @Nullable Path file(Section trunk, String key, boolean isSecure) {
    YamlValue value = trunk.find(key);
    if (value != null && !isSecure) {
      return value.problem(
          "no target of this trunk is reached over TLS: write ;transport=tls after it");
    }
    return value == null ? null : Scalars.path(value);
  }

  /** Name servers may lead a target without a transport to TLS. */
  private static boolean maySecure(SipTarget target) {
    return target.secure() || target.transport() == null || target.transport() == Transport.TLS;
  }
}

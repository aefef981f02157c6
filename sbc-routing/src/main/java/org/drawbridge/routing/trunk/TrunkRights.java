package org.drawbridge.routing.trunk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a trunk is allowed and trusted with, beside calling.
 *
 * @param transfer what a REFER of the trunk does; refused unless the operator says otherwise, since
 *     a transfer makes us call on the trunk's word
 * @param trusted whether the trunk and we believe each other's P-Asserted-Identity (RFC 3325
 *     section 2.3), and keep to ourselves who asked to stay unknown
 * @param history whether the trunk learns by whom a call was diverted before
 * @param login what its requests from an address we do not know are signed with; null for never
 * @param certificates names of which its client certificate has one (RFC 5922), in lower case;
 *     empty where it shows none
 */
public record TrunkRights(
    TransferMode transfer,
    boolean trusted,
    HistoryMode history,
    @Nullable TrunkCredentials login,
    List<String> certificates) {

  /** Those of a trunk about which nothing is said. */
  public static final TrunkRights NONE =
      new TrunkRights(TransferMode.REFUSE, false, HistoryMode.REMOVE, null, List.of());

  public TrunkRights {
    certificates = List.copyOf(certificates);
  }
}

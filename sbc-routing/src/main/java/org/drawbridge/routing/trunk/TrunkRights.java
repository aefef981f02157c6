package org.drawbridge.routing.trunk;

/**
 * What a trunk is allowed and trusted with, beside calling.
 *
 * @param transfer what a REFER of the trunk does; refused unless the operator says otherwise, since
 *     a transfer makes us call on the trunk's word
 */
public record TrunkRights(TransferMode transfer) {

  /** Those of a trunk about which nothing is said. */
  public static final TrunkRights NONE = new TrunkRights(TransferMode.REFUSE);
}

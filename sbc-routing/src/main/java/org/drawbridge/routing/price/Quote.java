package org.drawbridge.routing.price;

import java.math.BigDecimal;

/**
 * What a trunk charges for a number.
 *
 * @param trunk its name
 * @param prefix the longest prefix of the number that its price list has
 * @param price for a minute, in the currency of the list
 */
public record Quote(String trunk, String prefix, BigDecimal price) {}

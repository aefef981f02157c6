/**
 * Whom a call reaches, and how: who a {@code Peer} is and how it is found again, the {@code
 * NextHop} of a dialog, our {@code Contacts}, how media is expected to be carried to somebody, and
 * {@code DeviceOffers} how else a device that refuses that is offered it; and {@code CallServices},
 * what the calls of one loop work with. It serves the calls that end here and those that are passed
 * on, and knows neither of them.
 */
@NullMarked
package org.drawbridge.reach;

import org.jspecify.annotations.NullMarked;

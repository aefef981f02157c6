/**
 * The registration event package (RFC 3680): tells who watches an account when its contacts come,
 * are refreshed and go. {@link RegistrationEvents} is thread-safe; a watch belongs to the loop of
 * its subscription.
 */
@NullMarked
package org.drawbridge.event.reg;

import org.jspecify.annotations.NullMarked;

/**
 * Calls: a back-to-back user agent (RFC 3261 section 6, RFC 7092) that ends the caller's dialog
 * here and begins others toward those who are called, so that neither side sees anything of the
 * other but what {@code HeaderPolicy} lets pass.
 *
 * <p>A {@code Call} goes through sealed phases: {@code Setup} (ringing, while {@code b2bua.fork}
 * looks for somebody who answers), {@code Talk} (two joined {@code Leg}s of {@code b2bua.leg}),
 * {@code Ending}. Those packages do not know this one: they see the call as {@code LegOwner} and
 * {@code ForkOwner}. Everything of a call lives on the one signalling loop that owns its Call-ID;
 * no locks, no clocks but the loop's.
 */
@NullMarked
package org.drawbridge.b2bua;

import org.jspecify.annotations.NullMarked;

/**
 * One side of a call: a {@code Leg} with its dialog (RFC 3261 section 12), what it sends and awaits
 * there, its session timer (RFC 4028), and what becomes of it when its flow is gone. {@code
 * LegTable} finds it by the messages that come.
 *
 * <p>It knows the call only as its {@code LegOwner}, and nothing of whoever else is called. Used on
 * the loop of its call.
 */
@NullMarked
package org.drawbridge.b2bua.leg;

import org.jspecify.annotations.NullMarked;

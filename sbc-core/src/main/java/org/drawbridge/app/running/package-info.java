/**
 * A running session border controller. {@code Sbc} makes and joins all parts, {@code InForce} is
 * what is made of one configuration, {@code Reloader} puts another in force, and {@code Drain} ends
 * it without cutting calls. Commands know this package; it does not know them.
 */
@NullMarked
package org.drawbridge.app.running;

import org.jspecify.annotations.NullMarked;

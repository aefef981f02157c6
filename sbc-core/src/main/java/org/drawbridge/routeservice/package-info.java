/**
 * Route services: programs outside that decide over HTTP where calls go. They are asked on virtual
 * threads, so that no signalling loop waits for them; what they answer is read by the rules of the
 * route that asks.
 */
@NullMarked
package org.drawbridge.routeservice;

import org.jspecify.annotations.NullMarked;

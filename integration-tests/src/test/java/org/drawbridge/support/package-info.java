/**
 * Real parties for tests: the SBC as a process, Chromium with stock JsSIP, baresip, Linphone, SIPp,
 * and tones by which one can tell who hears whom. Everything stays on loopback, everything started
 * is ended by its handle. Not thread-safe; a test uses its parties from its own thread.
 */
@NullMarked
package org.drawbridge.support;

import org.jspecify.annotations.NullMarked;

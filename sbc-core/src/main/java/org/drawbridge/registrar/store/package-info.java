/**
 * Where bindings, ours and those of PBXs behind us, outlive the process: one interface, {@link
 * BindingStore}, with a {@link KeptTable} for each kind, kept in a local file here, and {@link
 * WriteBehind}, which brings changes there in batches so that no signalling loop ever waits for a
 * disk. {@link WriteBehind#changed} is called on any thread, everything else on one thread of its
 * own.
 */
@NullMarked
package org.drawbridge.registrar.store;

import org.jspecify.annotations.NullMarked;

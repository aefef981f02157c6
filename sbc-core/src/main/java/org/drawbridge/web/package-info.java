/**
 * The pages that WebSocket listeners serve to browsers: the web phone, read once at start, and what
 * it must know of us. Called on I/O threads; never blocks.
 */
@NullMarked
package org.drawbridge.web;

import org.jspecify.annotations.NullMarked;

/**
 * What calls and messages have in common before they part ways: who sent a request and whether it
 * may, which targets it is tried at and in which order, what of it the other side may see, and
 * which failure stands for all of them (RFC 3261 sections 8.2 and 16.5 to 16.7, RFC 3323, RFC
 * 3325). Pure; each object belongs to one signalling loop, the static parts to any thread.
 */
@NullMarked
package org.drawbridge.policy;

import org.jspecify.annotations.NullMarked;

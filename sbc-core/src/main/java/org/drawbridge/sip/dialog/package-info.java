/**
 * Dialogs (RFC 3261 section 12), session timers (RFC 4028) and the wait for an ACK (RFC 3261
 * 13.3.1.4). Pure: no loop, no clock; time comes as an argument and the owner acts on what comes
 * back. A dialog is confined to the loop of its call.
 */
@NullMarked
package org.drawbridge.sip.dialog;

import org.jspecify.annotations.NullMarked;

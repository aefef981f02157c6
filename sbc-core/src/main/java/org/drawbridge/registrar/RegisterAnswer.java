package org.drawbridge.registrar;

import org.drawbridge.sip.message.SipResponse;

/**
 * What became of a REGISTER.
 *
 * @param response the final response
 * @param reached whether the sender has answered a challenge, right or wrong: then its address is
 *     its own
 */
public record RegisterAnswer(SipResponse response, boolean reached) {}

package org.drawbridge.support;

/**
 * What a browser's statistics say of the audio it receives.
 *
 * @param codec MIME type such as audio/opus
 * @param packets RTP packets since the call began
 * @param srtpCipher such as AES_CM_128_HMAC_SHA1_80
 * @param remoteReports how many RTCP reports of the other side on what the browser sends
 */
public record InboundAudio(String codec, long packets, String srtpCipher, long remoteReports) {}

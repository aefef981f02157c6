package org.drawbridge.sip.codec;

/**
 * How large a message and its parts may be.
 *
 * @param maxMessage bytes of a whole message
 * @param maxHeaderLine bytes of the start line or one header with its folded lines
 * @param maxHeaders header lines
 * @param maxBody bytes of the body
 * @param maxUri bytes of the Request-URI
 */
public record ParseLimits(
    int maxMessage, int maxHeaderLine, int maxHeaders, int maxBody, int maxUri) {
  /** 64 KiB a message, 8 KiB a line, 256 lines, 64 KiB of body, 4 KiB of Request-URI. */
  public static final ParseLimits DEFAULT = new ParseLimits(65_536, 8_192, 256, 65_536, 4_096);
}

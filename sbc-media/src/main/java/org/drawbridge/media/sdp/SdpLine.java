package org.drawbridge.media.sdp;

/**
 * One line of a description.
 *
 * @param type the letter before {@code =}
 * @param value everything after {@code =}, as sent
 */
public record SdpLine(char type, String value) {

  /** A property attribute, {@code a=name}. */
  public static SdpLine attribute(String name) {
    return new SdpLine('a', name);
  }

  /** A value attribute, {@code a=name:value}. */
  public static SdpLine attribute(String name, String value) {
    return new SdpLine('a', name + ':' + value);
  }

  @Override
  public String toString() {
    return type + "=" + value;
  }
}

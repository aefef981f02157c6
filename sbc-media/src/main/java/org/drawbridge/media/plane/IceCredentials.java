package org.drawbridge.media.plane;

/**
 * ICE username fragment and password (RFC 8839 5.4). The password is a secret: it never reaches a
 * log.
 *
 * @param ufrag 4 to 256 ice-chars
 * @param password 22 to 256 ice-chars
 */
public record IceCredentials(String ufrag, String password) {

  @Override
  public String toString() {
    return "IceCredentials[" + ufrag + "]";
  }
}

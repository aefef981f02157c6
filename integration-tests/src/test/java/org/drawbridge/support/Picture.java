package org.drawbridge.support;

/**
 * What a browser's statistics say of the video it receives and sends.
 *
 * @param codec MIME type of what comes in, such as video/VP8
 * @param framesDecoded pictures decoded since the call began
 * @param width of the last one, in pixels
 * @param height of the last one, in pixels
 * @param requestsReceived how often the other side asked for a whole picture
 * @param keyFramesSent whole pictures sent
 */
public record Picture(
    String codec,
    long framesDecoded,
    int width,
    int height,
    long requestsReceived,
    long keyFramesSent) {

  /** Whether pictures of this size have come since an earlier look. */
  public boolean isMoving(int w, int h, long since) {
    return width == w && height == h && framesDecoded > since;
  }
}

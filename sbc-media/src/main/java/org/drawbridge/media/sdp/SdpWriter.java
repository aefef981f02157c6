package org.drawbridge.media.sdp;

/** Writes a description with CRLF line ends, each line as the model keeps it. */
public final class SdpWriter {

  private SdpWriter() {}

  /** The text of a description. */
  public static String write(SessionDescription description) {
    StringBuilder out = new StringBuilder(1024);
    description.session().lines().forEach(line -> append(out, line));
    for (MediaDescription media : description.media()) {
      append(out, new SdpLine('m', mediaLine(media)));
      media.own().lines().forEach(line -> append(out, line));
    }
    return out.toString();
  }

  private static String mediaLine(MediaDescription media) {
    String ports = media.ports() == 1 ? "" : "/" + media.ports();
    String head = media.type() + ' ' + media.port() + ports + ' ' + media.protocol();
    return media.formats().isEmpty() ? head : head + ' ' + String.join(" ", media.formats());
  }

  private static void append(StringBuilder out, SdpLine line) {
    out.append(line.type()).append('=').append(line.value()).append("\r\n");
  }
}

package org.drawbridge.media.session;

import java.util.List;
import org.drawbridge.media.sdp.Codec;

/** The codecs we can name in an offer without having seen one. */
final class CodecCatalog {

  private static final Codec PHONE_EVENTS = new Codec(101, "telephone-event", 8000, 1, "0-16");

  private static final List<Codec> ALL =
      List.of(
          new Codec(111, "opus", 48000, 2, "minptime=10;useinbandfec=1"),
          new Codec(9, "G722", 8000, 1, null),
          new Codec(0, "PCMU", 8000, 1, null),
          new Codec(8, "PCMA", 8000, 1, null),
          new Codec(18, "G729", 8000, 1, "annexb=no"),
          new Codec(3, "GSM", 8000, 1, null),
          new Codec(102, "iLBC", 8000, 1, "mode=20"),
          new Codec(110, "telephone-event", 48000, 1, "0-16"),
          PHONE_EVENTS);

  private CodecCatalog() {}

  static List<Codec> all() {
    return ALL;
  }

  /** The events that phones have (RFC 4733), under their usual payload type. */
  static Codec phoneEvents() {
    return PHONE_EVENTS;
  }
}

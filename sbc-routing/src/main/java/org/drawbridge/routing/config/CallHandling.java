package org.drawbridge.routing.config;

import java.util.List;
import org.drawbridge.routing.trunk.TransferMode;

/**
 * How calls of a route are carried.
 *
 * @param mode what stands between the two sides
 * @param media the way of their media
 * @param redirect what becomes of a 3xx
 * @param transfer what a REFER of one of our accounts does
 * @param urgency how much they matter where there is not enough for all
 * @param codecs the only codecs that targets are offered, best first; none for all
 */
public record CallHandling(
    CallMode mode,
    MediaPath media,
    RedirectPolicy redirect,
    TransferMode transfer,
    Urgency urgency,
    List<String> codecs) {

  /** What a route without a word about it does. */
  public static final CallHandling STANDARD =
      new CallHandling(
          CallMode.B2BUA,
          MediaPath.RELAY,
          RedirectPolicy.FOLLOW,
          TransferMode.HANDLE,
          Urgency.NORMAL,
          List.of());

  public CallHandling {
    codecs = List.copyOf(codecs);
  }
}

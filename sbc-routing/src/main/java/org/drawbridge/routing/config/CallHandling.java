package org.drawbridge.routing.config;

import java.nio.file.Path;
import java.util.List;
import org.drawbridge.routing.trunk.TransferMode;
import org.jspecify.annotations.Nullable;

/**
 * How calls of a route are carried.
 *
 * @param mode what stands between the two sides
 * @param media the way of their media
 * @param redirect what becomes of a 3xx
 * @param transfer what a REFER of one of our accounts does
 * @param urgency how much they matter where there is not enough for all
 * @param codecs the only codecs that targets are offered, best first; none for all
 * @param recordings directory of the recordings of its answered calls, null for none
 * @param holdMusic what a side hears while the other holds, null for what that side sends
 */
public record CallHandling(
    CallMode mode,
    MediaPath media,
    RedirectPolicy redirect,
    TransferMode transfer,
    Urgency urgency,
    List<String> codecs,
    @Nullable Path recordings,
    @Nullable Path holdMusic) {

  /** Where calls are recorded of which no route says where. */
  public static final Path RECORDINGS = Path.of("data/recordings");

  /** What a route without a word about it does. */
  public static final CallHandling STANDARD =
      new CallHandling(
          CallMode.B2BUA,
          MediaPath.RELAY,
          RedirectPolicy.FOLLOW,
          TransferMode.HANDLE,
          Urgency.NORMAL,
          List.of(),
          null,
          null);

  /**
   * Between a PBX and its phones: where a phone transfers or forwards a call to is for the PBX to
   * say, since it alone knows the numbers and asks for the password.
   */
  public static final CallHandling STRAIGHT =
      new CallHandling(
          CallMode.B2BUA,
          MediaPath.RELAY,
          RedirectPolicy.PASS,
          TransferMode.PASS,
          Urgency.NORMAL,
          List.of(),
          null,
          null);

  public CallHandling {
    codecs = List.copyOf(codecs);
  }
}

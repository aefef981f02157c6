package org.drawbridge.sip.dialog;

/** Which refusals of a NOTIFY or a refresh mean that the subscription is over. Any thread. */
public final class SubscriptionEnd {

  private SubscriptionEnd() {}

  /** Whether this status does (RFC 6665 section 4.2.2, RFC 5057). */
  public static boolean isToldBy(int status) {
    return switch (status) {
      case 404, 405, 408, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 503, 604 -> true;
      default -> false;
    };
  }
}

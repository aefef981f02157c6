package org.drawbridge.policy;

/** Reason values (RFC 3326) that say why we give up who was called. */
public final class Reasons {

  /** Somebody else has answered. */
  public static final String ELSEWHERE = "SIP;cause=200;text=\"Call completed elsewhere\"";

  /** Nobody answered in time. */
  public static final String NO_ANSWER = "SIP;cause=408;text=\"No answer\"";

  private Reasons() {}
}

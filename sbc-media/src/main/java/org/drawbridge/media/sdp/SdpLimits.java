package org.drawbridge.media.sdp;

/** What a description may at most contain; beyond it the parser refuses. */
public final class SdpLimits {

  /** Characters of a whole description. A browser with video sends about 8,000. */
  public static final int CHARACTERS = 65_536;

  /** Lines of a whole description. */
  public static final int LINES = 2_000;

  /** Media descriptions. */
  public static final int MEDIA = 32;

  /** Formats of one media description: payload types end at 127. */
  public static final int FORMATS = 128;

  /** Sources of one media description that are remembered. */
  public static final int SOURCES = 16;

  /**
   * {@code a=rtcp-fb} lines of one format, or of all, that are remembered: each format keeps its
   * own copy of those of all. Browsers have up to seven.
   */
  public static final int FEEDBACK = 32;

  /** Characters of one {@code a=fmtp} value; longer ones are ignored. */
  public static final int FMTP = 512;

  private SdpLimits() {}
}

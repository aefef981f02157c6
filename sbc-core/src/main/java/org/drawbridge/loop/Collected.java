package org.drawbridge.loop;

/** What a garbage collection went through, and so what the memory in use after it means. */
public enum Collected {

  /** All of the heap: what is in use after it is needed. */
  WHOLE,

  /** A part: what is in use after it may be garbage, so that it says only what is free for sure. */
  PART
}

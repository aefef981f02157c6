package org.drawbridge.routing.config;

/** What becomes of a call whose target redirects it by a 3xx. */
public enum RedirectPolicy {
  /** The new addresses are called, where the routes let who redirects call them. */
  FOLLOW,
  /** The caller is told of them, as addresses in our domains. */
  PASS,
  /** The call has failed. */
  REJECT
}

package org.drawbridge.routing.trunk;

/** What becomes of Diversion (RFC 5806) and History-Info (RFC 7044) toward a trunk. */
public enum HistoryMode {
  /** They pass, with our domain in place of the hosts in them. */
  PASS,
  /** They stay here. */
  REMOVE
}

package org.drawbridge.routing.config;

/** How much the calls of a route matter where there is not enough for all. */
public enum Urgency {
  /** They keep to all limits. */
  NORMAL,
  /** They pass all limits. */
  EMERGENCY,
  /** They pass all limits and end another call where a trunk is full. */
  PREEMPTING
}

package org.drawbridge.routing.config.reader;

import org.drawbridge.routing.config.CallMode;
import org.drawbridge.routing.config.RouteConfig.When;
import org.drawbridge.routing.config.Urgency;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;

/** Reads {@code emergency} and {@code preempt} of a route. */
final class UrgencyReader {

  private UrgencyReader() {}

  static Urgency read(Section section, CallMode mode) {
    boolean emergency = section.optional("emergency", Scalars::bool, false);
    boolean preempt = section.optional("preempt", Scalars::bool, false);
    if (preempt && !emergency) {
      section.place().problem("\"preempt\" needs \"emergency: true\" beside it");
    }
    if (preempt && mode == CallMode.PROXY) {
      section.place().problem("\"preempt\" needs \"mode: b2bua\": a proxy can end no call");
    }
    if (!emergency) {
      return Urgency.NORMAL;
    }
    return preempt ? Urgency.PREEMPTING : Urgency.EMERGENCY;
  }

  /** An emergency route that any number matches takes the limits off everything. */
  static void warn(Section section, When conditions, Urgency urgency) {
    if (urgency != Urgency.NORMAL && conditions.callee() == null) {
      section.place().warning("an emergency route without \"to\" in \"when\" passes every limit");
    }
  }
}

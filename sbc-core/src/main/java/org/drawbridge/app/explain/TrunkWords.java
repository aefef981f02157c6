package org.drawbridge.app.explain;

import java.util.List;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.upstream.CircuitStatus;
import org.drawbridge.upstream.RegistrationStatus;
import org.drawbridge.upstream.TargetStatus;
import org.drawbridge.upstream.TrunkStatus;
import org.jspecify.annotations.Nullable;

/**
 * How a trunk stands, in words.
 *
 * @param state {@code up}, {@code down}, or {@code unknown} where nothing runs
 * @param why one sentence, or nothing
 * @param targets where it is, in the order of the configuration
 */
public record TrunkWords(String state, String why, List<Place> targets) {

  private static final String UNKNOWN = "unknown";

  /** One of its targets. */
  public record Place(String uri, String state, String why) {}

  static TrunkWords of(Trunk trunk, @Nullable TrunkStatus status) {
    TrunkWords words = status == null ? notRunning(trunk) : of(status);
    return trunk.account() == null ? words : words.at("sip:" + trunk.account());
  }

  private static TrunkWords notRunning(Trunk trunk) {
    String why = "";
    if (trunk.account() != null) {
      why = "only while it is registered with us";
    } else if (trunk.care().registration() != null) {
      why = "only while we are registered there";
    }
    return new TrunkWords(
        UNKNOWN,
        why,
        trunk.targets().stream().map(t -> new Place(t.toString(), UNKNOWN, "")).toList());
  }

  /** The same of a trunk that is where its account has signed in. */
  private TrunkWords at(String account) {
    return new TrunkWords(state, why, List.of(new Place(account, UNKNOWN, "")));
  }

  /** Whether calls go there; false also where nothing is known. */
  public boolean isUp() {
    return state.equals("up");
  }

  /** That of a running program. */
  public static TrunkWords of(TrunkStatus status) {
    List<Place> places =
        status.targets().stream().map(t -> new Place(t.target(), state(t), t.reason())).toList();
    RegistrationStatus registration = status.registration();
    if (registration != null && registration.state() != RegistrationStatus.State.UP) {
      return new TrunkWords("down", "not registered: " + registration.reason(), places);
    }
    if (status.isAway()) {
      return new TrunkWords("down", "its account has not signed in", places);
    }
    CircuitStatus circuit = status.circuit();
    if (circuit != null && circuit.state() != CircuitStatus.State.CLOSED) {
      return new TrunkWords("down", "calls go past it: " + circuit.reason(), places);
    }
    if (status.contacts() != null) {
      return new TrunkWords("up", "its account has signed in", places);
    }
    String why = registration == null ? unheard(status.targets()) : registration.reason();
    return status.targets().stream().anyMatch(TargetStatus::up)
        ? new TrunkWords("up", why, places)
        : new TrunkWords(
            "down", "none of its targets answers; they are tried all the same", places);
  }

  /** How a target stands: {@code up}, {@code down}, or {@code unknown} before its first answer. */
  public static String state(TargetStatus target) {
    if (!target.known()) {
      return UNKNOWN;
    }
    return target.up() ? "up" : "down";
  }

  private static String unheard(List<TargetStatus> targets) {
    return targets.stream().anyMatch(TargetStatus::known) ? "" : targets.getFirst().reason();
  }
}

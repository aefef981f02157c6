package org.drawbridge.app.running;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.Bindings;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.upstream.RelayTable;
import org.jspecify.annotations.Nullable;

/**
 * Who is registered now, with us or through us at a PBX. Thread-safe; costs a look at the name of
 * every account that is.
 */
public final class RegistrationList {

  private static final Comparator<Aor> ORDER = Comparator.comparing(Aor::toString);

  private final Bindings bindings;
  private final RelayTable relayed;
  private final Function<FlowId, @Nullable Flow> flows;
  private final InstantSource clock;

  /**
   * Takes what it looks at.
   *
   * @param flows finds what is open, null for what is not
   * @param clock the one by which registrations end
   */
  public RegistrationList(
      Bindings bindings,
      RelayTable relayed,
      Function<FlowId, @Nullable Flow> flows,
      InstantSource clock) {
    this.bindings = bindings;
    this.relayed = relayed;
    this.flows = flows;
    this.clock = clock;
  }

  /**
   * One device of an account.
   *
   * @param flow how it is reached; null until it comes back, or until its proxy is connected to
   * @param seconds until it has to have come back
   */
  public record Device(Binding binding, @Nullable Flow flow, long seconds) {

    /** Whether a call would be sent to it now. */
    public boolean isReachable() {
      return flow != null || binding.isByPath();
    }
  }

  /**
   * Some of them, whole accounts in the order of their names.
   *
   * @param more whether there are accounts behind the last of these
   */
  public record Page(List<Device> devices, boolean more) {}

  /**
   * Lists devices.
   *
   * @param user an account as {@code user} or {@code user@domain}; null for all
   * @param after the account behind which the page begins; null for the first page
   * @param most where a page ends; the last account may bring more
   */
  public Page page(@Nullable String user, @Nullable String after, int most) {
    Iterator<Aor> accounts =
        Stream.concat(bindings.accounts().stream(), relayed.accounts().stream())
            .filter(aor -> user == null || user.equals(aor.user()) || isNamed(aor, user))
            .filter(aor -> after == null || aor.toString().compareTo(after) > 0)
            .distinct()
            .sorted(ORDER)
            .iterator();
    List<Device> devices = new ArrayList<>();
    while (accounts.hasNext() && devices.size() < most) {
      devices.addAll(devices(accounts.next()));
    }
    return new Page(devices, accounts.hasNext());
  }

  /** Domains are told apart without regard to case, users are not (RFC 3261 section 19.1.4). */
  private static boolean isNamed(Aor aor, String text) {
    int at = text.lastIndexOf('@');
    return at >= 0 && aor.equals(new Aor(text.substring(0, at), text.substring(at + 1)));
  }

  private List<Device> devices(Aor aor) {
    long now = clock.millis();
    return Stream.concat(bindings.all(aor).stream(), relayed.lookup(aor).stream())
        .map(binding -> device(binding, now))
        .toList();
  }

  private Device device(Binding binding, long now) {
    Flow flow = binding.hasFlow() ? flows.apply(binding.flow()) : null;
    return new Device(binding, flow, (binding.expiresAt() - now) / 1_000);
  }
}

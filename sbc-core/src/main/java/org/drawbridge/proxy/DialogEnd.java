package org.drawbridge.proxy;

import org.drawbridge.account.Aor;
import org.drawbridge.policy.Candidate;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.trunk.TrunkIndex;
import org.drawbridge.sip.flow.FlowId;

/**
 * One end of a dialog that passes through the proxy.
 *
 * @param flow the flow it is reached over (RFC 5626)
 * @param owner whose it is, which says where to look if that flow is gone
 */
record DialogEnd(FlowId flow, Owner owner) {

  /** Whose end it is. */
  sealed interface Owner {

    /** An account's device: reached over its flow and nowhere else. */
    record Account(Aor aor) implements Owner {}

    /** A trunk: reached at any address of the trunk that its Record-Route or Contact names. */
    record OfTrunk(String name) implements Owner {}

    /** Somebody else: reached over the flow it came on. */
    record Stranger() implements Owner {}
  }

  /** The end that sent a request. */
  static DialogEnd of(CallSource source, FlowId flow, TrunkIndex trunks) {
    return new DialogEnd(
        flow,
        switch (source) {
          case CallSource.Registered(String user, String domain) ->
              new Owner.Account(new Aor(user, domain));
          case CallSource.FromTrunk(String name) -> ofTrunk(name, trunks);
          case CallSource.Anonymous _ -> new Owner.Stranger();
        });
  }

  /** One that registers with us is found again as any account is. */
  private static Owner ofTrunk(String name, TrunkIndex trunks) {
    Trunk trunk = trunks.byName(name);
    Aor account = trunk == null ? null : Aor.of(trunk);
    return account == null ? new Owner.OfTrunk(name) : new Owner.Account(account);
  }

  /** The end that a request is sent to. */
  static DialogEnd of(Candidate candidate, FlowId flow) {
    return new DialogEnd(
        flow,
        switch (candidate) {
          case Candidate.Contact(var binding, _) -> new Owner.Account(binding.aor());
          case Candidate.TrunkHost host -> new Owner.OfTrunk(host.trunk().name());
          case Candidate.Dialog dialog ->
              throw new IllegalStateException("no proxy sends anything to " + dialog.label());
          case Candidate.Service service ->
              throw new IllegalStateException("no request is sent to " + service.label());
        });
  }
}

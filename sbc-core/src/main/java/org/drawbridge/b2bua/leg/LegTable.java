package org.drawbridge.b2bua.leg;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drawbridge.sip.dialog.DialogId;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.grammar.Replaces;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.Uri;
import org.jspecify.annotations.Nullable;

/** The legs of one loop, found by dialog, by flow and by the INVITE that began them. */
public final class LegTable {

  /**
   * What the first INVITE of a dialog has and its merged copies too (RFC 3261 section 8.2.2.2), but
   * not those that were forked to somebody else.
   */
  private record Origin(String callId, String fromTag, Uri to) {
    static Origin of(SipRequest request) {
      String tag = DialogId.orEmpty(request.fromTag());
      return new Origin(request.callId(), tag, request.requestUri());
    }
  }

  private final Map<Origin, Leg> callers = new HashMap<>();
  private final Map<String, Uri> ownInvites = new HashMap<>();
  private final Map<DialogId, Leg> byDialog = new HashMap<>();
  private final Map<FlowId, Set<Leg>> byFlow = new HashMap<>();

  /** A leg is found by its dialog and by its flow from now on. */
  public void add(Leg leg) {
    byDialog.put(leg.dialog().id(), leg);
    attach(leg, leg.flow());
  }

  void remove(Leg leg) {
    byDialog.remove(leg.dialog().id(), leg);
    callers.remove(Origin.of(leg.call().invite().request()), leg);
    detach(leg, leg.flow());
  }

  /** A leg left one flow for another. */
  void moved(Leg leg, Flow from, Flow to) {
    if (byDialog.get(leg.dialog().id()) == leg) {
      detach(leg, from);
      attach(leg, to);
    }
  }

  private void attach(Leg leg, Flow flow) {
    if (byFlow.computeIfAbsent(flow.id(), _ -> new LinkedHashSet<>()).add(leg)) {
      flow.hold();
    }
  }

  private void detach(Leg leg, Flow flow) {
    Set<Leg> legs = byFlow.get(flow.id());
    if (legs != null && legs.remove(leg)) {
      flow.letGo();
      if (legs.isEmpty()) {
        byFlow.remove(flow.id());
      }
    }
  }

  /** The caller's leg, found by its INVITE from now on. */
  public void addCaller(Leg leg, SipRequest invite) {
    callers.put(Origin.of(invite), leg);
    add(leg);
  }

  /** An INVITE we sent, so that it is known when it comes back. */
  public void sent(SipRequest invite) {
    ownInvites.put(invite.callId(), invite.requestUri());
  }

  /** The INVITE we sent with that Call-ID is over. */
  public void over(String callId) {
    ownInvites.remove(callId);
  }

  /**
   * Whether an INVITE outside a dialog is one we sent, unchanged (RFC 3261 section 16.3 item 4).
   */
  public boolean isOurs(SipRequest invite) {
    Uri sent = ownInvites.get(invite.callId());
    return sent != null && sent.equivalent(invite.requestUri());
  }

  /** Whether an INVITE outside a dialog is a call we already have, come by another way. */
  public boolean isMerged(SipRequest invite) {
    return callers.containsKey(Origin.of(invite));
  }

  /** The leg whose peer sent this INVITE, inside a dialog or to begin one; or null. */
  public @Nullable Leg findInvite(SipRequest invite) {
    return invite.toTag() == null ? callers.get(Origin.of(invite)) : find(invite);
  }

  /** The leg whose peer sent this request inside a dialog, or null. */
  public @Nullable Leg find(SipRequest request) {
    DialogId id = DialogId.ofReceived(request);
    return id == null ? null : byDialog.get(id);
  }

  /**
   * The leg a Replaces value names (RFC 3891 section 3), or null. Tags the other way round are
   * taken too: JsSIP writes them so for calls that came in, and nobody else could know them.
   */
  public @Nullable Leg find(Replaces replaces) {
    String callId = replaces.callId();
    Leg leg = byDialog.get(new DialogId(callId, replaces.toTag(), replaces.fromTag()));
    return leg == null
        ? byDialog.get(new DialogId(callId, replaces.fromTag(), replaces.toTag()))
        : leg;
  }

  /** The legs that use a flow. */
  public Collection<Leg> on(Flow flow) {
    return List.copyOf(byFlow.getOrDefault(flow.id(), Set.of()));
  }

  /** How many dialogs are known. */
  public int size() {
    return byDialog.size();
  }
}

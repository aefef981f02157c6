package org.drawbridge.proxy.subscription;

import java.util.HashMap;
import java.util.Map;
import org.drawbridge.account.Aor;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Failure;
import org.drawbridge.proxy.StagedRequest.Attempt;
import org.drawbridge.reach.Contacts;
import org.drawbridge.reach.Peer;
import org.drawbridge.registrar.LocationService;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/**
 * A SUBSCRIBE that was sent to one candidate. Each notifier that sends a NOTIFY for it, which may
 * be before the 2xx, makes a subscription of its own (RFC 6665 section 4.1.4).
 */
final class Asking implements Attempt {

  /** Notifiers of one SUBSCRIBE that was forked behind us. */
  private static final int MOST_NOTIFIERS = 16;

  private final Watch watch;
  private final SipRequest request;
  private final Candidate candidate;
  private final String opaque;
  private final Map<String, Subscription> made = new HashMap<>();

  /** How long the 2xx says it lasts, seconds; -1 before it came. */
  private long granted = -1;

  Asking(Watch watch, SipRequest request, Candidate candidate, String opaque) {
    this.watch = watch;
    this.request = request;
    this.candidate = candidate;
    this.opaque = opaque;
  }

  String callId() {
    return request.callId();
  }

  /** Who asks. */
  Peer subscriber() {
    return watch.subscriber();
  }

  @Override
  public Candidate candidate() {
    return candidate;
  }

  @Override
  public SipRequest request(Flow flow) {
    return request.edit().header(HeaderName.CONTACT, Contacts.of(flow, opaque)).build();
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    if (response.isProvisional()) {
      return;
    }
    if (response.isSuccess()) {
      granted = response.expires();
      Subscription known = made.get(String.valueOf(response.toTag()));
      if (known != null) {
        known.lasts(granted);
      }
      watch.onTaken(this, response);
    } else {
      fail(watch.failure(candidate, response));
    }
  }

  @Override
  public void fail(Failure failure) {
    watch.onFailed(this, failure);
  }

  @Override
  public void overtaken() {
    watch.onOvertaken(this);
  }

  /** The subscription a NOTIFY of a new notifier makes; null if it is none of ours. */
  @Nullable Subscription onNotify(ServerTransaction transaction) {
    SipRequest notify = transaction.request();
    String tag = notify.fromTag();
    String own = notify.toTag();
    if (tag == null
        || own == null
        || !own.equals(request.fromTag())
        || made.size() >= MOST_NOTIFIERS
        || made.containsKey(tag)) {
      return null;
    }
    Flow flow = transaction.flow();
    Dialog dialog = Dialog.uas(notify, flow, own);
    dialog.request(Method.SUBSCRIBE); // number 1 was that which was sent
    if (candidate instanceof Candidate.TrunkHost) {
      dialog.request(Method.SUBSCRIBE); // and number 2 that which answered a challenge
    }
    Side notifier =
        new Side(
            dialog,
            opaque,
            peer(),
            () -> isElsewhere(flow),
            listener -> watch.credentials(candidate, dialog, listener));
    Subscription joined = watch.joined(notifier);
    joined.lasts(granted);
    made.put(tag, joined);
    return joined;
  }

  private Peer peer() {
    return switch (candidate) {
      case Candidate.Contact contact -> Peer.of(contact, watch.trunks());
      case Candidate.TrunkHost host -> new Peer.OfTrunk(host.trunk(), host.host());
      case Candidate.Dialog _, Candidate.Service _ -> new Peer.Stranger();
    };
  }

  private boolean isElsewhere(Flow gone) {
    LocationService locations = watch.locations();
    return candidate instanceof Candidate.Contact(var binding, _)
        && locations.lookup(new Aor(binding.aor().user(), binding.aor().domain())).stream()
            .anyMatch(other -> !other.flow().equals(gone.id()));
  }
}

package org.drawbridge.media.session;

import java.net.InetAddress;
import java.util.List;
import org.drawbridge.media.api.AnswerOutcome;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.LegStats;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.SdpOutcome;
import org.jspecify.annotations.Nullable;

/**
 * A leg whose media goes past us: what one peer describes is what the other is told, word for word
 * but for {@code o=}, which is the leg's own, so that its session id and version hold although
 * branches of a fork describe different sessions (RFC 3264 section 8).
 */
final class DirectMediaLeg implements MediaLeg {

  private static final LegStats NOTHING_SEEN = new LegStats(0, 0, 0, 0, 0, 0, 0);

  private final String label;
  private final LegKind kind;
  private final LocalDescriptions local;
  private @Nullable String remote;
  private @Nullable String offered;
  private boolean answered;

  DirectMediaLeg(String label, LegKind kind, long sessionId) {
    this.label = label;
    this.kind = kind;
    // RFC 8829 5.2.1 has this address where none is to be shown.
    this.local = new LocalDescriptions(sessionId, InetAddress.ofLiteral("0.0.0.0"));
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public LegKind kind() {
    return kind;
  }

  @Override
  public SdpOutcome receiveOffer(String sdp) {
    SdpOutcome outcome = readable(sdp);
    if (outcome instanceof SdpOutcome.Accepted) {
      offered = sdp;
    }
    return outcome;
  }

  private static SdpOutcome readable(String sdp) {
    return sdp.startsWith("v=0")
        ? new SdpOutcome.Accepted()
        : new SdpOutcome.Refused(400, "The session description does not begin with v=0");
  }

  @Override
  public boolean isRefresh(String sdp) {
    return answered && sdp.equals(remote);
  }

  /** False: the other peer has to hear of any change, since media goes straight to it. */
  @Override
  public boolean changesOnlyTransport(String sdp) {
    return false;
  }

  /** What goes past us is offered as it is. */
  @Override
  public void limitCodecs(List<String> names) {}

  @Override
  public boolean canOffer(@Nullable MediaLeg source) {
    return source != null && ((DirectMediaLeg) source).latest() != null;
  }

  @Override
  public String makeOffer(@Nullable MediaLeg source) {
    String description = source == null ? null : ((DirectMediaLeg) source).latest();
    if (description == null) {
      throw new IllegalStateException("leg " + label + " has nothing to offer");
    }
    answered = false;
    return local.issue(belowOrigin(description));
  }

  private @Nullable String latest() {
    return offered == null ? remote : offered;
  }

  @Override
  public SdpOutcome receiveAnswer(String sdp) {
    SdpOutcome outcome = readable(sdp);
    if (outcome instanceof SdpOutcome.Accepted) {
      remote = sdp;
      local.commit();
    }
    return outcome;
  }

  @Override
  public AnswerOutcome makeAnswer(@Nullable MediaLeg source) {
    String answer = source == null ? null : ((DirectMediaLeg) source).remote;
    if (answer == null) {
      return new AnswerOutcome.Refused(488, "This route carries no media of our own");
    }
    if (offered != null) {
      remote = offered;
      offered = null;
    }
    answered = true;
    String text = local.issue(belowOrigin(answer));
    local.commit();
    return new AnswerOutcome.Answer(text);
  }

  /** False: its peer sends straight to another one. */
  @Override
  public boolean suits(MediaLeg offering) {
    return false;
  }

  @Override
  public boolean reflects(MediaLeg other) {
    String told = local.current();
    String said = ((DirectMediaLeg) other).remote;
    return told != null && said != null && belowOrigin(told).equals(belowOrigin(said));
  }

  @Override
  public void rollback() {
    offered = null;
    local.rollback();
  }

  @Override
  public @Nullable String localDescription() {
    return local.current();
  }

  @Override
  public boolean isHolding() {
    return false;
  }

  @Override
  public boolean isNegotiated() {
    return remote != null && local.current() != null;
  }

  /** Zeros: none of its packets passes here. */
  @Override
  public LegStats stats() {
    return NOTHING_SEEN;
  }

  /** What follows the lines {@code v=} and {@code o=}. */
  private static String belowOrigin(String sdp) {
    int next = afterLine(sdp, 0);
    return sdp.startsWith("o=", next) ? sdp.substring(afterLine(sdp, next)) : sdp.substring(next);
  }

  private static int afterLine(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end + 1;
  }
}

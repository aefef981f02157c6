package org.drawbridge.reach;

import org.drawbridge.media.api.LegKind;
import org.drawbridge.policy.Candidate;
import org.drawbridge.registrar.Binding;
import org.drawbridge.sip.flow.Flow;
import org.jspecify.annotations.Nullable;

/**
 * How the media of one device is offered to be carried, in one attempt to reach it. Many phones can
 * be told to take nothing but SRTP, and say no more than that when they are offered plain RTP: they
 * are offered SRTP once in each form. A server that has signed in over WebSocket may answer that it
 * waits for ICE checks, as we would: it is offered that we send them.
 */
public final class DeviceOffers {

  private final DeviceMedia devices;
  private LegKind first = LegKind.RTP;
  private @Nullable LegKind next;

  /** The device, once it is offered something. */
  private @Nullable Binding device;

  /** Whether the offer it has is what it took in an earlier call. */
  private boolean isRemembered;

  /** Whether the device rings or has rung for the offer it has, and whether for one before. */
  private boolean rings;

  private boolean rangBefore;

  /** Nothing is offered yet. */
  public DeviceOffers(DeviceMedia devices) {
    this.devices = devices;
  }

  /** How the candidate's media is expected to be carried. */
  public LegKind kind(Candidate candidate, Flow flow) {
    first = ExpectedMedia.toward(candidate, flow);
    if (candidate.trunk() != null
        || !(candidate instanceof Candidate.Contact(Binding binding, _))) {
      return first;
    }
    device = binding;
    if (next != null && isFormOfFirst(next)) {
      return next;
    }
    LegKind known = devices.taken(binding);
    isRemembered = known != null && isFormOfFirst(known);
    return known != null && isRemembered ? known : first;
  }

  /** What was taken over a WebSocket says nothing of another way to the device. */
  private boolean isFormOfFirst(LegKind other) {
    return other.isWebRtc() == first.isWebRtc();
  }

  /** It rings for the offer it has. */
  public void rang() {
    rings = true;
  }

  /** It has taken what it was offered. */
  public void taken(LegKind kind) {
    if (device != null && kind != first) {
      devices.took(device, kind);
    }
  }

  /** It takes nothing of what it was offered. Returns whether it can be offered something else. */
  public boolean refused(LegKind offered) {
    if (isRemembered && device != null) {
      isRemembered = false;
      devices.refused(device);
      return offer(first);
    }
    return offer(after(offered));
  }

  /**
   * It would like to be offered this. Whoever has gone to the phone twice is not called to it a
   * third time.
   */
  public boolean offer(@Nullable LegKind other) {
    boolean bothered = rings && rangBefore;
    rangBefore |= rings;
    rings = false;
    boolean again = other != null && device != null && !bothered;
    next = again ? other : next;
    return again;
  }

  private static @Nullable LegKind after(LegKind offered) {
    return switch (offered) {
      case RTP -> LegKind.SDES;
      case SDES -> LegKind.DTLS;
      case DTLS, WEBRTC, WEBRTC_SERVER, LINK -> null;
    };
  }
}

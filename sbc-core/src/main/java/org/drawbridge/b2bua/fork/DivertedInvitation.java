package org.drawbridge.b2bua.fork;

import java.util.List;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.policy.CallHistory;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Diversion;
import org.drawbridge.policy.Identities;
import org.drawbridge.registrar.Gruu;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;
import org.jspecify.annotations.Nullable;

/**
 * An invitation that goes on where others have redirected it, which it says.
 *
 * @param original what it would be without
 * @param diversions by whom, the last first
 * @param domain ours
 */
record DivertedInvitation(Invitation original, List<Diversion> diversions, String domain)
    implements Invitation {

  @Override
  public SipRequest request() {
    return original.request();
  }

  @Override
  public Identities identities(Candidate candidate) {
    return original.identities(candidate);
  }

  @Override
  public MediaLeg offered() {
    return original.offered();
  }

  /** What the call had on it when it came here is older. */
  @Override
  public void complete(Candidate candidate, MessageBuilder<SipRequest> invite) {
    CallHistory.add(diversions, candidate, domain, invite);
    original.complete(candidate, invite);
  }

  @Override
  public void describe(MessageBuilder<SipRequest> invite, byte[] sdp) {
    original.describe(invite, sdp);
  }

  @Override
  public List<String> codecs() {
    return original.codecs();
  }

  @Override
  public @Nullable Gruu device() {
    return original.device();
  }
}

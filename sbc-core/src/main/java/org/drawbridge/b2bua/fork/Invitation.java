package org.drawbridge.b2bua.fork;

import java.util.List;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Identities;
import org.drawbridge.policy.Replies;
import org.drawbridge.registrar.Gruu;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;
import org.jspecify.annotations.Nullable;

/** What the INVITEs of one attempt to reach somebody are made from. */
public interface Invitation {

  /** The request whose end-to-end headers pass. */
  SipRequest request();

  /** Who the INVITE to a candidate comes from and goes to. */
  Identities identities(Candidate candidate);

  /** The leg whose session is offered; where it has none yet, all that we can do is. */
  MediaLeg offered();

  /** Adds what else the INVITE to a candidate says. */
  void complete(Candidate candidate, MessageBuilder<SipRequest> invite);

  /** Gives the INVITE its session description. */
  default void describe(MessageBuilder<SipRequest> invite, byte[] sdp) {
    invite.body(Replies.SDP, sdp);
  }

  /** The only codecs that are offered, best first; none for all. */
  default List<String> codecs() {
    return List.of();
  }

  /** The one device of an account it is for (RFC 5627); null if it is for all of them. */
  default @Nullable Gruu device() {
    return null;
  }
}

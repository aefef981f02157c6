package org.drawbridge.policy;

import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the far end of a peer, as the peer asserts it in a response or inside a dialog (RFC
 * 3325, RFC 5876): another than was called or has called, once a PBX has transferred the call or
 * somebody has picked it up. Whether it is believed is for others to say.
 *
 * @param user the user or number, which may be empty
 * @param displayName null if there is none
 * @param isPrivate whether it is to be shown to nobody outside the trust domain
 */
public record ConnectedIdentity(String user, @Nullable String displayName, boolean isPrivate) {

  /** An account of ours, whose name is nobody's to assert. */
  public static ConnectedIdentity of(Aor account) {
    return new ConnectedIdentity(account.user(), null, false);
  }

  /**
   * Who a message asserts: P-Asserted-Identity, else Remote-Party-ID; null if it asserts nobody.
   */
  public static @Nullable ConnectedIdentity of(SipMessage message) {
    NameAddr asserted = Names.identity(message, HeaderName.P_ASSERTED_IDENTITY);
    NameAddr named =
        asserted == null ? Names.identity(message, HeaderName.REMOTE_PARTY_ID) : asserted;
    return named == null ? null : of(named, Identities.hidesName(message) || isHidden(named));
  }

  /** Who an INVITE comes from. */
  public static ConnectedIdentity ofCaller(SipRequest invite) {
    ConnectedIdentity asserted = of(invite);
    return asserted == null ? of(invite.from(), Names.isAnonymous(invite.from().uri())) : asserted;
  }

  private static ConnectedIdentity of(NameAddr named, boolean isPrivate) {
    return new ConnectedIdentity(Names.user(named.uri()), named.displayName(), isPrivate);
  }

  /** As Remote-Party-ID has it in a parameter of its own. */
  private static boolean isHidden(NameAddr named) {
    String privacy = named.param("privacy");
    return privacy != null && List.of("full", "name", "uri").contains(privacy);
  }

  /** How an account is told of it: by what it calls back, in its own domain. */
  public NameAddr shownTo(Aor account) {
    return isPrivate || user.isEmpty()
        ? Identities.ANONYMOUS
        : NameAddr.of(SipUri.of(user, account.domain(), -1)).withDisplayName(displayName);
  }
}

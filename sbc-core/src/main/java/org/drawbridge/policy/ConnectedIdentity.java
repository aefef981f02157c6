package org.drawbridge.policy;

import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
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

  private static final String INSIDE = "inner.invalid";

  /**
   * Who a message asserts: P-Asserted-Identity, else Remote-Party-ID; null if it asserts nobody.
   */
  public static @Nullable ConnectedIdentity of(SipMessage message) {
    NameAddr asserted = Names.identity(message, HeaderName.P_ASSERTED_IDENTITY);
    NameAddr named =
        asserted == null ? Names.identity(message, HeaderName.REMOTE_PARTY_ID) : asserted;
    return named == null
        ? null
        : new ConnectedIdentity(
            user(named), named.displayName(), Identities.hidesName(message) || isHidden(named));
  }

  /** Who an address of ours stands for, which somebody was shown as the other side of a call. */
  public static ConnectedIdentity shownAs(NameAddr address) {
    return new ConnectedIdentity(
        user(address), address.displayName(), Names.isAnonymous(address.uri()));
  }

  /** Who an INVITE comes from. */
  public static ConnectedIdentity ofCaller(SipRequest invite) {
    NameAddr from = invite.from();
    ConnectedIdentity asserted = of(invite);
    ConnectedIdentity caller =
        asserted == null ? new ConnectedIdentity(user(from), from.displayName(), false) : asserted;
    return Names.isAnonymous(from.uri()) ? caller.hidden() : caller;
  }

  /** Without a context, which may name a host of the PBX. */
  private static String user(NameAddr named) {
    String user = UserPart.of(named.uri());
    int context = user.indexOf(';');
    return context < 0 ? user : user.substring(0, context);
  }

  private ConnectedIdentity hidden() {
    return new ConnectedIdentity(user, displayName, true);
  }

  /**
   * Who is there now, after this one. Who hides stays hidden: not every refresh that names the same
   * again says with it that nobody is to hear that.
   */
  public ConnectedIdentity then(ConnectedIdentity now) {
    return isPrivate && now.user.equals(user) ? now.hidden() : now;
  }

  /** Remote-Party-ID says so in a parameter of its own. */
  private static boolean isHidden(NameAddr named) {
    String privacy = named.param("privacy");
    return Names.isAnonymous(named.uri())
        || privacy != null && List.of("full", "name", "uri").contains(privacy);
  }

  /** Tells another call of ours, which tells its own side. */
  public void pass(MessageBuilder<? extends SipMessage> out) {
    if (!user.isEmpty()) {
      out.header(HeaderName.P_ASSERTED_IDENTITY, inside().toString());
      if (isPrivate) {
        out.header(HeaderName.PRIVACY, "id");
      }
    }
  }

  /** How another call of ours is told of it. */
  public NameAddr inside() {
    return NameAddr.of(SipUri.of(user, INSIDE, -1)).withDisplayName(displayName);
  }

  /** How an account is told of it: by what it calls back, in its own domain. */
  public NameAddr shownTo(Aor account) {
    return isPrivate || user.isEmpty()
        ? Identities.ANONYMOUS
        : NameAddr.of(SipUri.of(user, account.domain(), -1)).withDisplayName(displayName);
  }
}

package org.drawbridge.proxy.subscription;

import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.policy.ReferRequest;
import org.drawbridge.policy.Referral;
import org.drawbridge.policy.Replies;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.rule.RouteTarget;
import org.drawbridge.routing.trunk.TransferMode;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.Uri;
import org.drawbridge.sip.transaction.ServerTransaction;

/**
 * Who may ask a device outside a call to call somebody (RFC 3515): whose device it is, and others
 * where the route says {@code transfer: pass}, for many phones do what they are told and their
 * owner pays. The device calls through us, with its own rights.
 */
sealed interface OutsideRefer {

  /** It goes on. */
  record Passes(RouteDecision.Deliver route, Wish wish) implements OutsideRefer {}

  /** It does not. */
  record Refused(SipResponse response) implements OutsideRefer {}

  /** Judges one that was admitted. */
  static OutsideRefer judge(ServerTransaction refer, Admitted admitted) {
    SipRequest request = refer.request();
    return switch (admitted.decision()) {
      case RouteDecision.Refuse(int status, String reason, String route) ->
          refused(request, status, reason + " (route " + route + ")");
      case RouteDecision.Deliver route ->
          switch (ReferRequest.read(request)) {
            case ReferRequest.Reading.Unusable(int status, String words) ->
                refused(request, status, words);
            case ReferRequest.Reading.Readable(ReferRequest wanted) ->
                judge(refer, admitted, route, wanted);
          };
    };
  }

  private static OutsideRefer judge(
      ServerTransaction refer,
      Admitted admitted,
      RouteDecision.Deliver route,
      ReferRequest wanted) {
    SipRequest request = refer.request();
    Uri target = Referral.throughUs(admitted.rules(), refer.flow(), wanted.target());
    if (wanted.replaces() != null) {
      return refused(request, 501, "A call is joined from within a call only");
    }
    if (!isOwn(admitted.source(), route) && route.handling().transfer() != TransferMode.PASS) {
      return refused(request, 403, "Only one's own devices can be told to call");
    }
    return target == null
        ? refused(request, 403, "Nobody is referred to a place outside of ours")
        : new Passes(route, wish(request, target, wanted.silent()));
  }

  private static boolean isOwn(CallSource source, RouteDecision.Deliver route) {
    return source instanceof CallSource.Registered(String user, String domain)
        && route.targets().stream().allMatch(new RouteTarget.Registrar(user, domain)::equals);
  }

  private static Wish wish(SipRequest request, Uri target, boolean silent) {
    return new Wish(
        "refer",
        (identities, out) -> {
          out.header(HeaderName.REFER_TO, NameAddr.of(target).toString());
          String sender = identities.from().withDisplayName(null).toString();
          out.header(HeaderName.REFERRED_BY, sender);
          if (silent) {
            out.header(HeaderName.REFER_SUB, "false").header(HeaderName.SUPPORTED, "norefersub");
          }
          out.copy(request, HeaderName.ACCEPT);
        });
  }

  private static OutsideRefer refused(SipRequest request, int status, String words) {
    return new Refused(Replies.refuse(request, status, words));
  }
}

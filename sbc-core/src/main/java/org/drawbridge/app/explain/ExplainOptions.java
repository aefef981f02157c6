package org.drawbridge.app.explain;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Locale;
import org.drawbridge.account.Aor;
import org.drawbridge.policy.UserPart;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.rule.Party;
import org.drawbridge.routing.rule.RouteQuery;
import org.drawbridge.routing.trunk.TrunkIndex;
import org.drawbridge.routing.value.ServiceUrn;
import org.drawbridge.sip.message.OpaqueUri;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.message.TelUri;
import org.drawbridge.sip.message.Uri;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which call a rehearsal is about. */
public final class ExplainOptions {

  @Option(
      names = "--from",
      required = true,
      description =
          "Who calls: an account, or with --trunk or --stranger a number. May have an @domain.")
  private String from = "";

  @Option(
      names = "--to",
      required = true,
      description =
          "What is dialled: a number or name, which may have an @domain, or urn:service:sos.")
  private String to = "";

  @Option(names = "--trunk", description = "The call comes in from this trunk.")
  private @Nullable String trunk;

  @Option(names = "--stranger", description = "The caller is neither an account nor a trunk.")
  private boolean stranger;

  @Option(names = "--method", defaultValue = "INVITE", description = "${DEFAULT-VALUE} by default.")
  private String method = "INVITE";

  @Mixin private ExplainFacts facts = new ExplainFacts();

  /** The trunk that the call comes from; null if it comes from none. */
  @Nullable String trunk() {
    return trunk;
  }

  /** The clock that the call is judged by. */
  InstantSource clock() {
    return facts.clock();
  }

  /** Whether services outside may be asked. */
  boolean live() {
    return facts.live();
  }

  /** The call as routing sees it. */
  RouteQuery query(SbcConfig config) {
    return new RouteQuery(
        source(config),
        method.toUpperCase(Locale.ROOT),
        party(from, config),
        called(config),
        facts.facts());
  }

  private CallSource source(SbcConfig config) {
    if (trunk != null) {
      return new CallSource.FromTrunk(trunk);
    }
    if (stranger) {
      return new CallSource.Anonymous(InetAddress.getLoopbackAddress());
    }
    Party account = party(from, config);
    return new Aor(account.user(), account.host())
        .source(new TrunkIndex(config.routing().trunks().values()));
  }

  private Party called(SbcConfig config) {
    String service = ServiceUrn.of(to);
    return party(service == null ? to : service, config);
  }

  /** A URI, as it is copied from a log, stands for whom it names. */
  private static Party party(String text, SbcConfig config) {
    try {
      switch (Uri.parse(text)) {
        case SipUri uri -> {
          return new Party(UserPart.of(uri), uri.bareHost().toLowerCase(Locale.ROOT));
        }
        case TelUri uri -> {
          return new Party(UserPart.of(uri), config.defaultDomain());
        }
        case OpaqueUri _ -> {}
      }
    } catch (SipSyntaxException _) {
      // A name or number as it is dialled.
    }
    int at = text.lastIndexOf('@');
    return at < 0
        ? new Party(text, config.defaultDomain())
        : new Party(text.substring(0, at), text.substring(at + 1).toLowerCase(Locale.ROOT));
  }
}

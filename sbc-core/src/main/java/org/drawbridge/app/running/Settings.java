package org.drawbridge.app.running;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.drawbridge.account.Accounts;
import org.drawbridge.media.net.PlaneSettings;
import org.drawbridge.media.session.CodecPolicy;
import org.drawbridge.policy.Outgoing;
import org.drawbridge.policy.Ruleset;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.registrar.RegistrarSettings;
import org.drawbridge.routing.config.AccountsConfig.RegistrarConfig;
import org.drawbridge.routing.config.DnsConfig;
import org.drawbridge.routing.config.EdgeConfig.AuthFailures;
import org.drawbridge.routing.config.EdgeConfig.LimitsConfig;
import org.drawbridge.routing.config.ListenerConfig;
import org.drawbridge.routing.config.MediaConfig;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.trunk.TrunkIndex;
import org.drawbridge.routing.trunk.TrunkTls;
import org.drawbridge.routing.value.Cidr;
import org.drawbridge.routing.value.TlsIdentity;
import org.drawbridge.sip.auth.DigestAuthenticator;
import org.drawbridge.sip.auth.LoginGuard;
import org.drawbridge.sip.codec.ParseLimits;
import org.drawbridge.sip.dns.DnsSettings;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HostPort;
import org.drawbridge.sip.transport.ListenerSettings;
import org.drawbridge.sip.transport.TransportLimits;
import org.drawbridge.sip.transport.WebSocketRules;
import org.drawbridge.sip.transport.tls.ClientTls;
import org.drawbridge.sip.transport.tls.OutgoingSettings;
import org.drawbridge.sip.transport.tls.OutgoingTls;
import org.drawbridge.sip.transport.tls.TlsFiles;
import org.jspecify.annotations.Nullable;

/** What each part of the program wants to know of the configuration. */
final class Settings {

  /**
   * How long the port of an ended call rests: longer than packets of that call can be under way.
   */
  private static final long QUARANTINE_MILLIS = 10_000;

  private static final int ADDRESSES_REMEMBERED = 100_000;

  /** How many calls of emergency routes a loop takes beyond all others. */
  private static final int EMERGENCY_CALLS = 1_000;

  private static final long NEVER_MILLIS = Long.MAX_VALUE / 2;

  private Settings() {}

  static List<ListenerSettings> listeners(SbcConfig config) {
    InetAddress advertise = config.media().advertise();
    HostPort advertised = advertise == null ? null : new HostPort(literal(advertise), -1);
    return config.edge().listeners().stream()
        .map(
            l ->
                l.name() == null
                    ? listener(l, advertised, config.media().localNetworks())
                    : listener(l, new HostPort(l.name(), -1), List.of()))
        .toList();
  }

  private static ListenerSettings listener(
      ListenerConfig config, @Nullable HostPort advertised, List<Cidr> localNetworks) {
    ListenerConfig.ClientTrust clients = config.clients();
    return new ListenerSettings(
        transport(config.transport()),
        new InetSocketAddress(config.bind().address(), config.bind().port()),
        advertised,
        localNetworks,
        files(config.identity()),
        clients == null ? null : new ClientTls(clients.authorities(), clients.required()),
        new WebSocketRules(Set.copyOf(config.paths()), Set.copyOf(config.origins())));
  }

  private static Transport transport(org.drawbridge.routing.value.Transport configured) {
    return switch (configured) {
      case UDP -> Transport.UDP;
      case TCP -> Transport.TCP;
      case TLS -> Transport.TLS;
      case WS -> Transport.WS;
      case WSS -> Transport.WSS;
    };
  }

  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    return text.indexOf(':') < 0 ? text : "[" + text + "]";
  }

  static OutgoingSettings outgoing(SbcConfig config) {
    DnsConfig dns = config.edge().dns();
    List<InetSocketAddress> servers =
        dns.servers().stream()
            .map(server -> new InetSocketAddress(server.address(), server.port()))
            .toList();
    Map<String, OutgoingTls> identities =
        Ruleset.trunks(config).stream()
            .filter(trunk -> !Outgoing.identity(trunk).isEmpty())
            .collect(Collectors.toMap(Outgoing::identity, trunk -> outgoing(trunk.tls())));
    return new OutgoingSettings(
        new DnsSettings(servers, dns.timeout()), OutgoingTls.DEFAULT, identities);
  }

  private static OutgoingTls outgoing(TrunkTls tls) {
    return new OutgoingTls(tls.authorities(), files(tls.identity()));
  }

  static @Nullable TlsFiles files(@Nullable TlsIdentity identity) {
    return identity == null ? null : new TlsFiles(identity.certificate(), identity.key());
  }

  static TransportLimits transportLimits(LimitsConfig limits) {
    TransportLimits defaults = TransportLimits.DEFAULT;
    ParseLimits messages = defaults.messages();
    return new TransportLimits(
        new ParseLimits(
            limits.messageSize(),
            messages.maxHeaderLine(),
            messages.maxHeaders(),
            limits.messageSize(),
            messages.maxUri()),
        limits.connections(),
        limits.connectionsPerAddress(),
        defaults.sendBuffer(),
        defaults.receiveBuffer(),
        defaults.times());
  }

  static PlaneSettings plane(SbcConfig config) {
    MediaConfig media = config.media();
    long silence = media.silenceTimeout().toMillis();
    return new PlaneSettings(
        media.bind(),
        media.advertise(),
        peer -> Cidr.anyContains(media.localNetworks(), peer),
        media.rtpPorts().first(),
        media.rtpPorts().last(),
        media.webrtcPort(),
        media.loops(),
        silence == 0 ? NEVER_MILLIS : silence,
        QUARANTINE_MILLIS,
        config.edge().listeners().stream()
            .filter(l -> transport(l.transport()) != Transport.UDP)
            .map(l -> l.bind().port())
            .collect(Collectors.toSet()));
  }

  static CodecPolicy codecs(MediaConfig media) {
    return new CodecPolicy(
        media.codecs().webrtc(), media.codecs().rtp(), media.codecs().transcoded());
  }

  static DigestAuthenticator authenticator(
      SbcConfig config, Accounts accounts, InstantSource clock) {
    AuthFailures failures = config.edge().security().authFailures();
    return new DigestAuthenticator(
        accounts, failures.max(), failures.within(), failures.ban(), clock);
  }

  /** Stops those who guess passwords of a PBX behind us, which sees our address only. */
  static LoginGuard guard(AuthFailures failures, InstantSource clock) {
    return new LoginGuard(
        failures.max(), failures.within(), failures.ban(), ADDRESSES_REMEMBERED, clock);
  }

  static RegistrarSettings registrar(RegistrarConfig registrar, TrunkIndex trunks) {
    return new RegistrarSettings(
        (int) registrar.minExpires().toSeconds(),
        (int) registrar.maxExpires().toSeconds(),
        (int) registrar.defaultExpires().toSeconds(),
        registrar.contactsPerAccount(),
        aor -> aor.trunk(trunks) != null);
  }

  /** The cap on the calls of a loop: it may have all of them, and emergency calls beside them. */
  static CallLimits calls(LimitsConfig limits) {
    CallLimits defaults = CallLimits.DEFAULTS;
    return new CallLimits(
        limits.all().calls() + EMERGENCY_CALLS,
        defaults.branches(),
        defaults.subscriptions(),
        defaults.leftGraceMillis(),
        defaults.lostGraceMillis());
  }
}

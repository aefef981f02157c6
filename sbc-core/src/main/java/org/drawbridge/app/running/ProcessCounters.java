package org.drawbridge.app.running;

import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.drawbridge.limit.LimitKind;
import org.drawbridge.limit.Meters;
import org.drawbridge.loop.SignallingLoop;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.plane.TranscodingLimit;
import org.drawbridge.media.record.Recorder;
import org.drawbridge.media.session.DefaultMediaEngine;
import org.drawbridge.metrics.Counters;
import org.drawbridge.sip.auth.LoginGuard;
import org.drawbridge.sip.dns.DnsCounters;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.TransportCounters;
import org.drawbridge.sip.transport.Transports;
import org.drawbridge.ua.UserAgentCore;
import org.drawbridge.upstream.RelayTable;

/** Shows in one place what the parts of a running process count by themselves. */
final class ProcessCounters {

  private ProcessCounters() {}

  /** Shows all of it. */
  static void show(Counters counters, Transports transports, List<UserAgentCore> cores) {
    for (Transport transport : Transport.values()) {
      show(counters, transports.counters(), transport);
    }
    for (DnsCounters.Kind kind : DnsCounters.Kind.values()) {
      counters.counted(
          "drawbridge_dns_total",
          "Questions to name servers by what came of them",
          "event",
          word(kind),
          () -> transports.dnsCounters().get(kind));
    }
    counters.gauge(
        "drawbridge_calls",
        "Calls now",
        () -> cores.stream().mapToLong(core -> core.calls().size()).sum());
    counters.gauge(
        "drawbridge_proxied_calls",
        "Calls now that are passed on with their media relayed",
        () -> cores.stream().mapToLong(core -> core.proxy().relayed()).sum());
    counters.gauge(
        "drawbridge_passed_on_calls",
        "Calls now that are passed on, with their media relayed or past us",
        () -> cores.stream().mapToLong(core -> core.proxy().counted()).sum());
  }

  /** Shows how often the bounds of {@code docs/limits.md} were hit that are counted elsewhere. */
  static void show(
      Counters counters,
      Signalling signalling,
      AccountServices services,
      UpstreamServices upstream) {
    List<UserAgentCore> cores = signalling.cores();
    counters.limit("transactions", sum(cores, core -> core.transactions().refused()));
    counters.limit("loop-delay", sum(cores, core -> core.transactions().shed()));
    counters.limit("loop-tasks", sum(signalling.loops(), SignallingLoop::dropped));
    counters.limit("subscriptions", sum(cores, core -> core.subscriptions().refused()));
    counters.limit("contacts", services.registrar()::crowded);
    RelayTable relayed = upstream.relayed();
    counters.limit("registrations", () -> services.registrar().refused() + relayed.refused());
    LoginGuard own = services.authenticator().guard();
    counters.limit("logins", () -> own.refused() + upstream.guard().refused());
    counters.gauge(
        "drawbridge_registrations",
        "Devices that are registered now, of our own accounts",
        services.bindings()::size);
    counters.gauge(
        "drawbridge_relayed_registrations",
        "Phones that are registered through us at a PBX now",
        relayed::size);
    TrunkGauges.show(
        counters, upstream::status, trunk -> signalling.meters().ofTrunk(trunk).calls());
  }

  /** Shows what becomes of recordings. */
  private static void show(Counters counters, Recorder recorder) {
    counters.gauge("drawbridge_recordings", "Recordings that are being written", recorder::active);
    counters.counted(
        "drawbridge_recordings_failed_total",
        "Recordings that could not be written to their end",
        "reason",
        "write",
        recorder::failures);
    counters.limit("recordings", recorder::refused);
    counters.limit("recording-packets", recorder::dropped);
  }

  private static void show(Counters counters, TranscodingLimit transcodings) {
    counters.gauge(
        "drawbridge_transcoded_calls",
        "Calls whose sides share no codec and are transcoded",
        transcodings::active);
    counters.counted(
        "drawbridge_transcoded_calls_total",
        "Calls that were transcoded",
        "codecs",
        "audio",
        transcodings::total);
    counters.limit("transcodings", transcodings::refused);
  }

  /** Shows what media counts beside the calls. */
  static void show(Counters counters, DefaultMediaEngine media) {
    show(counters, media.counters());
    show(counters, media.recorder());
    show(counters, media.transcodings());
  }

  private static void show(Counters counters, MediaCounters media) {
    for (MediaCounters.Kind kind : MediaCounters.Kind.values()) {
      String word = word(kind);
      boolean refused = word.startsWith("refused_");
      counters.counted(
          refused ? "drawbridge_media_refused_packets_total" : "drawbridge_media_events_total",
          refused ? "Datagrams of media that were not taken" : "What befell ICE, DTLS and ports",
          refused ? "reason" : "event",
          word.replaceFirst("^refused_", ""),
          () -> media.get(kind));
    }
    counters.limit("dtls-handshakes", () -> media.get(MediaCounters.Kind.DTLS_LIMITED));
    counters.limit("media-tcp", () -> media.get(MediaCounters.Kind.TCP_LIMITED));
    counters.limit("stun", () -> media.get(MediaCounters.Kind.STUN_LIMITED));
  }

  private static <T> LongSupplier sum(List<T> parts, ToLongFunction<T> count) {
    return () -> parts.stream().mapToLong(count).sum();
  }

  /** Shows what the limits have refused. */
  static void show(Counters counters, Meters meters) {
    for (LimitKind kind : LimitKind.values()) {
      counters.counted(
          "drawbridge_limited_total",
          "Calls kept out by a limit, or kept from one trunk",
          "limit",
          word(kind),
          () -> meters.refused(kind));
    }
  }

  private static void show(Counters counters, TransportCounters from, Transport transport) {
    String by = word(transport);
    for (TransportCounters.Kind kind : TransportCounters.Kind.values()) {
      counters.counted(
          "drawbridge_transport_" + word(kind).replaceFirst("_total$", "") + "_total",
          "On the wire: " + word(kind).replace('_', ' '),
          "transport",
          by,
          () -> from.get(transport, kind));
    }
    counters.gauge(
        "drawbridge_connections",
        "Connections open now",
        "transport",
        by,
        () -> from.open(transport));
  }

  private static String word(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }
}

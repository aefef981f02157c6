package org.drawbridge.app.explain;

import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.drawbridge.routing.condition.KnownFacts;
import org.drawbridge.routing.condition.MediaKind;
import org.drawbridge.routing.condition.Offer;
import org.drawbridge.routing.value.Addresses;
import org.drawbridge.routing.value.Transport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options of a rehearsal that say how, with what and when the call comes. */
final class ExplainFacts {

  @Option(
      names = "--address",
      converter = ExplainFacts.Address.class,
      description = "The address that the request comes from.")
  private @Nullable InetAddress address;

  @Option(names = "--transport", description = "What it comes over: udp, tcp, tls, ws or wss.")
  private @Nullable Transport transport;

  @Option(
      names = "--header",
      converter = ExplainFacts.Line.class,
      description = "A header line of it, as in \"X-Customer: gold\".")
  private List<KnownFacts.Header> headers = List.of();

  @Option(names = "--codec", split = ",", description = "Codecs of its offer, as in opus,pcma.")
  private Set<String> codecs = Set.of();

  @Option(names = "--media", split = ",", description = "Its media: audio, video, fax, webrtc.")
  private Set<MediaKind> media = Set.of(MediaKind.AUDIO);

  @Option(
      names = "--at",
      converter = ExplainFacts.Time.class,
      description = "When: 2026-12-24T20:00, with +01:00 or in local time.")
  private @Nullable Instant at;

  @Option(
      names = "--live",
      description = "Ask the route services of http targets; otherwise they would be asked.")
  private boolean live;

  /** Whether services outside may be asked. */
  boolean live() {
    return live;
  }

  /** The facts as they were told. */
  KnownFacts facts() {
    return new KnownFacts(address, transport, headers, new Told(media, codecs));
  }

  /** A clock that has stopped at the time that was told, or that of the system. */
  InstantSource clock() {
    return at == null ? InstantSource.system() : InstantSource.fixed(at);
  }

  /** Reads an address. */
  static final class Address implements ITypeConverter<InetAddress> {
    @Override
    public InetAddress convert(String text) {
      InetAddress parsed = Addresses.literal(text);
      if (parsed == null) {
        throw new TypeConversionException("not a numeric address: " + text);
      }
      return parsed;
    }
  }

  /** Reads a header line. */
  static final class Line implements ITypeConverter<KnownFacts.Header> {
    @Override
    public KnownFacts.Header convert(String text) {
      int colon = text.indexOf(':');
      if (colon < 1) {
        throw new TypeConversionException("not a header as in \"X-Customer: gold\": " + text);
      }
      return new KnownFacts.Header(
          text.substring(0, colon).strip(), text.substring(colon + 1).strip());
    }
  }

  /** Reads a time. */
  static final class Time implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return text.matches(".*(Z|[+-][0-9]{2}:[0-9]{2})")
            ? OffsetDateTime.parse(text).toInstant()
            : LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
      } catch (DateTimeException _) {
        throw new TypeConversionException("not a time as in 2026-12-24T20:00: " + text);
      }
    }
  }

  /** An offer as it was told. */
  private record Told(Set<MediaKind> kinds, Set<String> codecs) implements Offer {

    @Override
    public boolean hasCodec(String name) {
      return codecs.stream().anyMatch(name::equalsIgnoreCase);
    }

    @Override
    public boolean has(MediaKind kind) {
      return kinds.contains(kind);
    }

    @Override
    public String toString() {
      return (kinds + (codecs.isEmpty() ? "" : " with " + codecs)).toLowerCase(Locale.ROOT);
    }
  }
}

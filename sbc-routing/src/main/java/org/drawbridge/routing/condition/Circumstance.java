package org.drawbridge.routing.condition;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.drawbridge.routing.pattern.TextPattern;
import org.drawbridge.routing.value.Cidr;
import org.drawbridge.routing.value.Transport;

/** One condition on a request. Immutable. */
public sealed interface Circumstance
    permits Circumstance.Network,
        Circumstance.Over,
        Circumstance.Header,
        Circumstance.Codec,
        Circumstance.Media,
        TimeWindow,
        NumberCondition {

  /** Whether the request fulfils it. */
  boolean holds(Occasion occasion);

  /** What is wanted, beginning with the key of the condition. */
  String wanted();

  /** What the request has instead or accordingly, for people. */
  String found(Occasion occasion);

  /** The request came from one of these networks. */
  record Network(List<Cidr> networks) implements Circumstance {

    public Network {
      networks = List.copyOf(networks);
    }

    @Override
    public boolean holds(Occasion occasion) {
      InetAddress address = occasion.facts().address();
      return address != null && Cidr.anyContains(networks, address);
    }

    @Override
    public String wanted() {
      return "network " + joined(networks);
    }

    @Override
    public String found(Occasion occasion) {
      InetAddress address = occasion.facts().address();
      return address == null ? "an unknown address" : address.getHostAddress();
    }
  }

  /** The request came over one of these transports. */
  record Over(Set<Transport> transports) implements Circumstance {

    public Over {
      transports = Set.copyOf(transports);
    }

    @Override
    public boolean holds(Occasion occasion) {
      Transport transport = occasion.facts().transport();
      return transport != null && transports.contains(transport);
    }

    @Override
    public String wanted() {
      return "transport " + joined(transports.stream().map(Transport::token).sorted().toList());
    }

    @Override
    public String found(Occasion occasion) {
      Transport transport = occasion.facts().transport();
      return transport == null ? "an unknown transport" : transport.token();
    }
  }

  /** A header line of this name has a value that matches as a whole. */
  record Header(String name, TextPattern value) implements Circumstance {

    /** Lines of one name that are looked at. */
    private static final int MAX_LINES = 20;

    /** A longer value matches nothing, in characters. */
    private static final int MAX_VALUE = 1000;

    @Override
    public boolean holds(Occasion occasion) {
      int lines = 0;
      for (String line : occasion.facts().header(name)) {
        if (lines++ == MAX_LINES) {
          return false;
        }
        if (line.length() <= MAX_VALUE && value.matches(line)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public String wanted() {
      return "header " + name + " " + value;
    }

    @Override
    public String found(Occasion occasion) {
      List<String> lines = occasion.facts().header(name);
      return lines.isEmpty()
          ? "no such header"
          : lines.stream()
              .limit(MAX_LINES)
              .map(line -> line.length() > MAX_VALUE ? "a value that is too long" : line)
              .collect(Collectors.joining(" and "));
    }
  }

  /** One of these codecs is offered, lower case. */
  record Codec(List<String> names) implements Circumstance {

    public Codec {
      names = List.copyOf(names);
    }

    @Override
    public boolean holds(Occasion occasion) {
      Offer offer = occasion.facts().offer();
      return names.stream().anyMatch(offer::hasCodec);
    }

    @Override
    public String wanted() {
      return "codec " + joined(names);
    }

    @Override
    public String found(Occasion occasion) {
      return "an offer of " + occasion.facts().offer();
    }
  }

  /** Media of one of these kinds is offered. */
  record Media(List<MediaKind> kinds) implements Circumstance {

    public Media {
      kinds = List.copyOf(kinds);
    }

    @Override
    public boolean holds(Occasion occasion) {
      Offer offer = occasion.facts().offer();
      return kinds.stream().anyMatch(offer::has);
    }

    @Override
    public String wanted() {
      return "media "
          + joined(kinds.stream().map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList());
    }

    @Override
    public String found(Occasion occasion) {
      return "an offer of " + occasion.facts().offer();
    }
  }

  private static String joined(List<?> all) {
    return all.stream().map(Object::toString).collect(Collectors.joining(" or "));
  }
}

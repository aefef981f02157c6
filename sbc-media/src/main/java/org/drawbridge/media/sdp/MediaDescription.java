package org.drawbridge.media.sdp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.drawbridge.media.plane.IceCredentials;
import org.jspecify.annotations.Nullable;

/**
 * One media description: an {@code m=} line and what follows it. What it does not say itself it
 * inherits from the session level. Malformed attributes count as absent.
 *
 * @param type {@code audio}, {@code video}, {@code application} and so on
 * @param port 0 to 65535; 0 turns the media off
 * @param ports how many ports, 1 when not written
 * @param protocol such as {@code RTP/AVP}
 * @param formats payload types, or what the protocol has instead
 * @param own the lines after the {@code m=} line
 * @param session the session level, for inheritance
 */
public record MediaDescription(
    String type,
    int port,
    int ports,
    String protocol,
    List<String> formats,
    SdpSection own,
    SdpSection session) {

  private static final int MAX_PTIME = 1_000;
  private static final int MAX_EXTENSION_ID = 14;
  private static final int MAX_BANDWIDTH = 100_000_000;
  private static final int BITS_PER_KBIT = 1_000;

  /** A description with a copy of the formats. */
  public MediaDescription {
    formats = List.copyOf(formats);
  }

  /** Whether the media is turned off; {@code bundle-only} shares another's port (RFC 9143 6). */
  public boolean isOff() {
    return port == 0 && !own.has("bundle-only");
  }

  /** The codecs in order of preference. */
  public List<Codec> codecs() {
    return CodecReader.read(formats, own);
  }

  /** The direction, {@code sendrecv} when nothing is said. */
  public Direction direction() {
    for (SdpSection section : List.of(own, session)) {
      for (Direction direction : Direction.values()) {
        if (section.has(direction.attribute())) {
          return direction;
        }
      }
    }
    return Direction.SENDRECV;
  }

  /** The connection address, null when neither level has one. */
  public @Nullable Connection connection() {
    String mine = own.line('c');
    String line = mine == null ? session.line('c') : mine;
    return line == null ? null : Connection.parse(line);
  }

  /** Where the writer receives RTP, null when that is nowhere or a name. */
  public @Nullable InetSocketAddress rtpAddress() {
    Connection connection = connection();
    InetAddress address = connection == null ? null : connection.unicast();
    return address == null || port == 0 ? null : new InetSocketAddress(address, port);
  }

  /** Where {@code a=rtcp} says the writer receives RTCP (RFC 3605), null when it does not say. */
  public @Nullable InetSocketAddress rtcpAddress() {
    String value = own.first("rtcp");
    InetSocketAddress rtp = rtpAddress();
    if (value == null || rtp == null) {
      return null;
    }
    String[] words = Words.head(value);
    int rtcpPort = CodecReader.number(words[0], 65_535);
    Connection other = words.length == 2 ? Connection.parse(words[1]) : null;
    InetAddress address = other == null ? rtp.getAddress() : other.unicast();
    return rtcpPort <= 0 || address == null ? null : new InetSocketAddress(address, rtcpPort);
  }

  /** Whether RTP and RTCP share a port (RFC 5761). */
  public boolean rtcpMux() {
    return own.has("rtcp-mux");
  }

  /** The identification tag (RFC 5888), null without. */
  public @Nullable String mid() {
    String mid = own.first("mid");
    return mid == null || mid.isEmpty() || mid.length() > 64 ? null : Words.shared(mid);
  }

  /**
   * The header extensions by URI with their ids of 1 to 14, which fit the one-byte form (RFC 8285
   * 4.2); others are left out. An id named twice stands for the first. One for a single direction
   * is another thing than the one for both: its direction is part of its name.
   */
  public Map<String, Integer> extensions() {
    Map<String, Integer> byUri = new LinkedHashMap<>();
    for (String value : own.all("extmap")) {
      String[] words = Words.of(value);
      String[] head = words[0].split("/", 2);
      int id = CodecReader.number(head[0], MAX_EXTENSION_ID);
      if (words.length >= 2 && id > 0 && !byUri.containsValue(id)) {
        boolean both = head.length < 2 || head[1].equals(Direction.SENDRECV.attribute());
        byUri.putIfAbsent(both ? words[1] : words[1] + ' ' + head[1], id);
      }
    }
    return byUri.isEmpty() ? Map.of() : Collections.unmodifiableMap(byUri);
  }

  /** The sources the writer says it sends (RFC 5576), in order, each once. */
  public List<Integer> sources() {
    return own.all("ssrc").stream()
        .map(value -> Words.head(value)[0])
        .filter(word -> word.matches("[0-9]{1,10}") && Long.parseLong(word) <= 0xFFFFFFFFL)
        .map(Integer::parseUnsignedInt)
        .distinct()
        .limit(SdpLimits.SOURCES)
        .toList();
  }

  /** ICE credentials, null without or when out of bounds (RFC 8839 5.4). */
  public @Nullable IceCredentials ice() {
    String ufrag = inherited("ice-ufrag");
    String password = inherited("ice-pwd");
    if (ufrag == null || password == null) {
      return null;
    }
    boolean fits = within(ufrag, 4, 256) && within(password, 22, 256);
    return fits ? new IceCredentials(ufrag, password) : null;
  }

  /** Where ICE may reach the writer over UDP, the most preferred first; no names. */
  public List<InetSocketAddress> candidates() {
    return Candidates.read(own.all("candidate").stream());
  }

  private static boolean within(String text, int min, int max) {
    return text.length() >= min && text.length() <= max;
  }

  /** The DTLS fingerprint to check against, null without. */
  public @Nullable Fingerprint fingerprint() {
    SdpSection section = own.has("fingerprint") ? own : session;
    return Fingerprint.best(
        section.all("fingerprint").stream()
            .map(Fingerprint::parse)
            .filter(Objects::nonNull)
            .toList());
  }

  /** Who starts DTLS, null when not said. */
  public @Nullable Setup setup() {
    String value = inherited("setup");
    return value == null ? null : Setup.parse(value);
  }

  /** What names the DTLS association (RFC 8842 4), null when not said or out of bounds. */
  public @Nullable String tlsId() {
    String id = own.first("tls-id");
    return id != null && within(id, 1, 255) ? id : null;
  }

  /** The SDES keys of suites we carry, in order. */
  public List<Crypto> cryptos() {
    List<Crypto> cryptos = new ArrayList<>();
    for (String value : own.all("crypto")) {
      Crypto crypto = Crypto.parse(value);
      if (crypto != null) {
        cryptos.add(crypto);
      }
    }
    return List.copyOf(cryptos);
  }

  /**
   * How much the writer wants to receive, in kbit/s: {@code b=AS}, or {@code b=TIAS} (RFC 8866 5.8,
   * RFC 3890); -1 when it does not say.
   */
  public int bandwidth() {
    for (SdpLine line : own.lines()) {
      if (line.type() == 'b') {
        String[] words = line.value().strip().split(":", 2);
        int number = words.length < 2 ? -1 : CodecReader.number(words[1].strip(), MAX_BANDWIDTH);
        if (number > 0 && words[0].equals("AS")) {
          return number;
        }
        if (number >= BITS_PER_KBIT && words[0].equals("TIAS")) {
          return number / BITS_PER_KBIT;
        }
      }
    }
    return -1;
  }

  /** {@code ptime} or {@code maxptime} in ms, -1 without. */
  public int milliseconds(String attribute) {
    String value = inherited(attribute);
    int ms = value == null ? -1 : CodecReader.number(value, MAX_PTIME);
    return ms == 0 ? -1 : ms;
  }

  private @Nullable String inherited(String attribute) {
    String mine = own.first(attribute);
    return mine == null ? session.first(attribute) : mine;
  }
}

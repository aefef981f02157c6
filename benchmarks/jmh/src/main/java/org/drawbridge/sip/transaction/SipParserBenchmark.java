package org.drawbridge.sip.transaction;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.drawbridge.sip.codec.ParseLimits;
import org.drawbridge.sip.codec.ParseResult;
import org.drawbridge.sip.codec.SipParser;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What each message costs before anybody decides anything: parsing, finding its transaction, and
 * passing it on.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SipParserBenchmark {
  private static final int TABLE = 10_000;

  private final byte[] invite = load("/invite.sip");
  private final byte[] response = load("/response.sip");
  private final SipRequest parsedInvite = (SipRequest) parse(invite);
  private final SipResponse parsedResponse = (SipResponse) parse(response);
  private final Map<TransactionKey, Integer> table = fill();

  private Map<TransactionKey, Integer> fill() {
    Map<TransactionKey, Integer> keys = new HashMap<>();
    String text = new String(invite, StandardCharsets.UTF_8);
    for (int i = 0; i < TABLE; i++) {
      byte[] other = text.replace("z9hG4bK1718371", "z9hG4bK" + i).getBytes(StandardCharsets.UTF_8);
      keys.put(TransactionKey.ofServer((SipRequest) parse(other)), i);
    }
    keys.put(TransactionKey.ofServer(parsedInvite), TABLE);
    keys.put(TransactionKey.ofClient(parsedResponse), TABLE + 1);
    return keys;
  }

  private static byte[] load(String resource) {
    try (InputStream in = SipParserBenchmark.class.getResourceAsStream(resource)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SipMessage parse(byte[] wire) {
    return ((ParseResult.Parsed) SipParser.parseOwn(wire, ParseLimits.DEFAULT)).message();
  }

  /** Index and check of a browser's INVITE, in the array the transport read it into. */
  @Benchmark
  public SipMessage indexInvite() {
    return parse(invite);
  }

  /** The same, its transaction looked up among 10,000, and its Call-ID read to find the loop. */
  @Benchmark
  public void indexAndMatchInvite(Blackhole hole) {
    SipRequest request = (SipRequest) parse(invite);
    hole.consume(request.callId().hashCode());
    hole.consume(table.get(TransactionKey.ofServer(request)));
  }

  /** A copy of the bytes, and everything read that used to be read at once. */
  @Benchmark
  public void readInvite(Blackhole hole) {
    SipRequest request = (SipRequest) parse(invite.clone());
    hole.consume(request.requestUri());
    hole.consume(request.vias());
    hole.consume(request.from());
    hole.consume(request.to());
    hole.consume(request.callId());
    hole.consume(request.cseq());
    hole.consume(request.contacts());
    hole.consume(request.maxForwards());
  }

  /** A response without its top Via, as the bytes to send. */
  @Benchmark
  public byte[] forwardResponse() {
    return parsedResponse.edit().removeFirst(HeaderName.VIA).build().wire();
  }

  /** All that a proxy does to a response: parse, find the transaction, forward. */
  @Benchmark
  public void parseMatchForwardResponse(Blackhole hole) {
    SipResponse parsed = (SipResponse) parse(response);
    hole.consume(table.get(TransactionKey.ofClient(parsed)));
    hole.consume(parsed.edit().removeFirst(HeaderName.VIA).build().wire());
  }

  /** The first answer to an INVITE. */
  @Benchmark
  public byte[] buildResponse() {
    return SipResponse.to(parsedInvite, 180, "Ringing", "a6c85cf").build().wire();
  }

  /** A request as it goes on: one hop less, our Via on top. */
  @Benchmark
  public byte[] forwardRequest() {
    return parsedInvite
        .edit()
        .replace(HeaderName.MAX_FORWARDS, "68")
        .headerFirst(HeaderName.VIA, "SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bKf3a09b1c;rport")
        .build()
        .wire();
  }
}

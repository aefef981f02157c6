package org.drawbridge.b2bua;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.b2bua.CallCounters.Kind;
import org.drawbridge.b2bua.leg.EndCause;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Failure;
import org.drawbridge.routing.rule.Party;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.Uri;

/**
 * One log line for each thing that happens to a call, and the counters. The names of the events are
 * stable: {@code call.received}, {@code call.route}, {@code call.skipped}, {@code call.redirected},
 * {@code call.ringing}, {@code call.answered}, {@code call.media}, {@code call.not-played}, {@code
 * call.moved}, {@code call.refused}, {@code call.failed}, {@code call.cancelled}, {@code
 * call.ended}, {@code call.transferring}, {@code call.transferred}, {@code call.transfer-failed}.
 * Every line has the caller's Call-ID.
 */
final class CallEvents {

  private static final Logger LOG = LogManager.getLogger("org.drawbridge.call");

  /** Bounded: anybody can be refused, as often as they like. */
  private static final Logger REFUSED = LogManager.getLogger("org.drawbridge.refused.call");

  /**
   * Longest text on why a call failed, in characters: each of a dozen phones has its part in it.
   */
  private static final int REASONS = 1200;

  private final CallCounters counters;
  private final QualityCounters quality;

  CallEvents(CallCounters counters) {
    this.counters = counters;
    this.quality = new QualityCounters(counters.registry());
  }

  /** Someone calls. */
  void received(Call call, Flow flow) {
    counters.count(Kind.RECEIVED);
    SipRequest invite = call.invite().request();
    LOG.info(
        "call.received call-id={} source={} from={} to={} transport={} remote={}",
        clean(call.id()),
        clean(call.source().label()),
        clean(invite.from().uri()),
        clean(invite.requestUri()),
        flow.transport(),
        flow.remote());
  }

  /** An INVITE was refused before it became a call. */
  void refused(SipRequest invite, Flow flow, int status, String reason) {
    counters.count(status == 503 ? Kind.OVERLOADED : Kind.REFUSED);
    REFUSED.info(
        "call.refused call-id={} from={} to={} remote={} status={} reason=\"{}\"",
        clean(invite.callId()),
        clean(invite.from().uri()),
        clean(invite.requestUri()),
        flow.remote(),
        status,
        clean(reason));
  }

  /** Candidates are tried. */
  void route(Call call, String route, List<Candidate> candidates) {
    LOG.info(
        "call.route call-id={} route={} targets={}",
        clean(call.id()),
        clean(route),
        clean(candidates.stream().map(Candidate::label).collect(Collectors.joining(","))));
  }

  /** A target is left out since it is known not to answer. */
  void skipped(Call call, String why) {
    LOG.info("call.skipped call-id={} reason=\"{}\"", clean(call.id()), clean(why));
  }

  /** Something was to be played to a leg and could not be. */
  void unplayed(Call call, String leg, String why) {
    LOG.warn("call.not-played call-id={} leg={} reason=\"{}\"", clean(call.id()), leg, clean(why));
  }

  /** None of them took it, and others are tried. */
  void passedOver(Call call, Failure failure) {
    LOG.info(
        "call.passed-over call-id={} status={} reason=\"{}\"",
        clean(call.id()),
        failure.status(),
        clean(failure.report(), REASONS));
  }

  /**
   * Who was called names somebody else.
   *
   * @param decision what the rules say to that
   */
  void redirected(Call call, Candidate by, Party to, RouteDecision decision) {
    LOG.info(
        "call.redirected call-id={} by={} to={} route={}",
        clean(call.id()),
        clean(by.label()),
        clean(to.user() + "@" + to.host()),
        clean(decision instanceof RouteDecision.Deliver ? decision.route() : "refused"));
  }

  /** One of them rings or sends early media. */
  void ringing(Call call, int status, Candidate candidate) {
    LOG.info(
        "call.ringing call-id={} status={} target={}",
        clean(call.id()),
        status,
        clean(candidate.label()));
  }

  /** One of them took the call. */
  void answered(Call call) {
    counters.count(Kind.ANSWERED);
    Leg callee = call.callee();
    LOG.info(
        "call.answered call-id={} by={} after-ms={}",
        clean(call.id()),
        callee == null ? "service" : clean(callee.peer().label()),
        call.services().loop().now() - call.startedAt());
  }

  /** Media of a leg flows. */
  void media(Call call, String leg) {
    LOG.info("call.media call-id={} leg={}", clean(call.id()), leg);
  }

  /** A peer changed its connection. */
  void moved(Call call, Leg leg) {
    LOG.info(
        "call.moved call-id={} leg={} remote={}",
        clean(call.id()),
        leg.name(),
        leg.flow().remote());
  }

  /** One party asks for the other to be connected to somebody else. */
  void transferring(Call call, Leg by, Uri target) {
    LOG.info(
        "call.transferring call-id={} by={} to={}", clean(call.id()), by.name(), clean(target));
  }

  /** It was. */
  void transferred(Call call, Leg target) {
    LOG.info(
        "call.transferred call-id={} leg={} to={}",
        clean(call.id()),
        target.name(),
        clean(target.peer().label()));
  }

  /** It was not. */
  void transferFailed(Call call, int status, String reason) {
    LOG.info(
        "call.transfer-failed call-id={} status={} reason=\"{}\"",
        clean(call.id()),
        status,
        clean(reason));
  }

  /** Nobody took it. */
  void failed(Call call, int status, String reason) {
    counters.count(Kind.FAILED);
    LOG.info(
        "call.failed call-id={} status={} reason=\"{}\"",
        clean(call.id()),
        status,
        clean(reason, REASONS));
  }

  /** It ended before it was answered. */
  void cancelled(Call call, int status, String reason) {
    counters.count(Kind.CANCELLED);
    LOG.info(
        "call.cancelled call-id={} status={} reason=\"{}\"",
        clean(call.id()),
        status,
        clean(reason));
  }

  /** An answered call ended. */
  void ended(Call call, EndCause cause) {
    counters.count(Kind.ENDED);
    quality.count(call);
    LOG.info(
        "call.ended call-id={} by={} lasted-ms={} reason=\"{}\" cause=\"{}\"{}",
        clean(call.id()),
        cause.by() == null ? "us" : cause.by().name(),
        call.services().loop().now() - call.answeredAt(),
        clean(cause.words()),
        clean(String.join(", ", cause.reasons())),
        call.all().stream().map(QualityWords::of).collect(Collectors.joining()));
  }

  /** What peers wrote must not begin a line of its own, nor end a value. */
  private static String clean(Object value) {
    return clean(value, 300);
  }

  private static String clean(Object value, int longest) {
    String text = value.toString();
    StringBuilder out = new StringBuilder(text.length());
    text.chars().limit(longest).forEach(c -> out.append(c < ' ' || c == 0x7f ? '?' : (char) c));
    return out.toString().replace('"', '\'');
  }
}

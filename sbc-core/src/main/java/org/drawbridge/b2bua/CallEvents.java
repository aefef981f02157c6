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
import org.drawbridge.policy.LogText;
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
        LogText.of(call.id()),
        LogText.of(call.source().label()),
        LogText.of(invite.from().uri()),
        LogText.of(invite.requestUri()),
        flow.transport(),
        flow.remote());
  }

  /** An INVITE was refused before it became a call. */
  void refused(SipRequest invite, Flow flow, int status, String reason) {
    counters.count(status == 503 ? Kind.OVERLOADED : Kind.REFUSED);
    REFUSED.info(
        "call.refused call-id={} from={} to={} remote={} status={} reason=\"{}\"",
        LogText.of(invite.callId()),
        LogText.of(invite.from().uri()),
        LogText.of(invite.requestUri()),
        flow.remote(),
        status,
        LogText.of(reason));
  }

  /** Candidates are tried. */
  void route(Call call, String route, List<Candidate> candidates) {
    LOG.info(
        "call.route call-id={} route={} targets={}",
        LogText.of(call.id()),
        LogText.of(route),
        LogText.of(candidates.stream().map(Candidate::label).collect(Collectors.joining(","))));
  }

  /** A target is left out since it is known not to answer. */
  void skipped(Call call, String why) {
    LOG.info("call.skipped call-id={} reason=\"{}\"", LogText.of(call.id()), LogText.of(why));
  }

  /** Something was to be played to a leg and could not be. */
  void unplayed(Call call, String leg, String why) {
    LOG.warn(
        "call.not-played call-id={} leg={} reason=\"{}\"",
        LogText.of(call.id()),
        leg,
        LogText.of(why));
  }

  /** None of them took it, and others are tried. */
  void passedOver(Call call, Failure failure) {
    LOG.info(
        "call.passed-over call-id={} status={} reason=\"{}\"",
        LogText.of(call.id()),
        failure.status(),
        LogText.ofReasons(failure.report()));
  }

  /**
   * Who was called names somebody else.
   *
   * @param decision what the rules say to that
   */
  void redirected(Call call, Candidate by, Party to, RouteDecision decision) {
    LOG.info(
        "call.redirected call-id={} by={} to={} route={}",
        LogText.of(call.id()),
        LogText.of(by.label()),
        LogText.of(to.user() + "@" + to.host()),
        LogText.of(decision instanceof RouteDecision.Deliver ? decision.route() : "refused"));
  }

  /** One of them rings or sends early media. */
  void ringing(Call call, int status, Candidate candidate) {
    LOG.info(
        "call.ringing call-id={} status={} target={}",
        LogText.of(call.id()),
        status,
        LogText.of(candidate.label()));
  }

  /** One of them took the call. */
  void answered(Call call) {
    counters.count(Kind.ANSWERED);
    Leg callee = call.callee();
    LOG.info(
        "call.answered call-id={} by={} after-ms={}",
        LogText.of(call.id()),
        callee == null ? "service" : LogText.of(callee.peer().label()),
        call.services().loop().now() - call.startedAt());
  }

  /** Media of a leg flows. */
  void media(Call call, String leg) {
    LOG.info("call.media call-id={} leg={}", LogText.of(call.id()), leg);
  }

  /** A peer changed its connection. */
  void moved(Call call, Leg leg) {
    LOG.info(
        "call.moved call-id={} leg={} remote={}",
        LogText.of(call.id()),
        leg.name(),
        leg.flow().remote());
  }

  /** One party asks for the other to be connected to somebody else. */
  void transferring(Call call, Leg by, Uri target) {
    LOG.info(
        "call.transferring call-id={} by={} to={}",
        LogText.of(call.id()),
        by.name(),
        LogText.of(target));
  }

  /** It was. */
  void transferred(Call call, Leg target) {
    LOG.info(
        "call.transferred call-id={} leg={} to={}",
        LogText.of(call.id()),
        target.name(),
        LogText.of(target.peer().label()));
  }

  /** It was not. */
  void transferFailed(Call call, int status, String reason) {
    LOG.info(
        "call.transfer-failed call-id={} status={} reason=\"{}\"",
        LogText.of(call.id()),
        status,
        LogText.of(reason));
  }

  /** Nobody took it. */
  void failed(Call call, int status, String reason) {
    counters.count(Kind.FAILED);
    LOG.info(
        "call.failed call-id={} status={} reason=\"{}\"",
        LogText.of(call.id()),
        status,
        LogText.ofReasons(reason));
  }

  /** It ended before it was answered. */
  void cancelled(Call call, int status, String reason) {
    counters.count(Kind.CANCELLED);
    LOG.info(
        "call.cancelled call-id={} status={} reason=\"{}\"",
        LogText.of(call.id()),
        status,
        LogText.of(reason));
  }

  /** An answered call ended. */
  void ended(Call call, EndCause cause) {
    counters.count(Kind.ENDED);
    quality.count(call);
    LOG.info(
        "call.ended call-id={} by={} lasted-ms={} reason=\"{}\" cause=\"{}\"{}",
        LogText.of(call.id()),
        cause.by() == null ? "us" : cause.by().name(),
        call.services().loop().now() - call.answeredAt(),
        LogText.of(cause.words()),
        LogText.of(String.join(", ", cause.reasons())),
        call.all().stream().map(QualityWords::of).collect(Collectors.joining()));
  }
}

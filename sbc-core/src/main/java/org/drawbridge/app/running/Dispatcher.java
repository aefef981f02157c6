package org.drawbridge.app.running;

import java.util.List;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.loop.Shards;
import org.drawbridge.registrar.Registrar;
import org.drawbridge.routing.pattern.TextPattern;
import org.drawbridge.sip.codec.ParseResult;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowSink;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.ua.UserAgentCore;

/**
 * Brings what transports read to the signalling loop that owns its Call-ID, and drops scanners
 * before they cost anything. Called on I/O threads.
 */
final class Dispatcher implements FlowSink {

  private static final Logger LOG = LogManager.getLogger(Dispatcher.class);

  private final Shards shards;
  private final List<UserAgentCore> cores;
  private final Registrar registrar;
  private final UpstreamServices upstream;
  private final Supplier<List<TextPattern>> dropUserAgents;
  private final Scanners scanners = new Scanners();

  /**
   * Takes its collaborators.
   *
   * @param cores one for each loop, by the loop's index
   * @param dropUserAgents requests whose User-Agent contains one of these get no answer; asked for
   *     each
   */
  Dispatcher(
      Shards shards,
      List<UserAgentCore> cores,
      Registrar registrar,
      UpstreamServices upstream,
      Supplier<List<TextPattern>> dropUserAgents) {
    this.shards = shards;
    this.cores = List.copyOf(cores);
    this.registrar = registrar;
    this.upstream = upstream;
    this.dropUserAgents = dropUserAgents;
  }

  @Override
  public void onMessage(Flow flow, SipMessage message) {
    if (isScanner(message)) {
      LOG.debug("scanner.dropped source={}", flow.remote());
      return;
    }
    var loop = shards.loopOf(message.callId());
    UserAgentCore core = cores.get(loop.index());
    loop.execute(() -> core.onMessage(flow, message));
  }

  @Override
  public void onMalformed(Flow flow, ParseResult.Malformed failure) {
    LOG.debug(
        "message.malformed source={} transport={} status={} offset={} reason=\"{}\"",
        flow.remote(),
        flow.transport(),
        failure.status(),
        failure.offset(),
        failure.reason());
  }

  @Override
  public void onClosed(Flow flow, CloseCause cause, String reason) {
    registrar.onFlowClosed(flow);
    upstream.onFlowClosed(flow);
    for (var loop : shards.loops()) {
      UserAgentCore core = cores.get(loop.index());
      loop.execute(() -> core.onFlowClosed(flow, cause, reason));
    }
  }

  private boolean isScanner(SipMessage message) {
    return scanners.isOne(message.headers().first(HeaderName.USER_AGENT), dropUserAgents.get());
  }
}

package org.drawbridge.sip.transport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.drawbridge.sip.flow.Target;
import org.drawbridge.sip.flow.Transport;

/**
 * The connections that we opened, by where they lead, so that a target has one (RFC 5923 section
 * 4). Over TLS also by the name that was asked for: a certificate that is good for one name says
 * nothing of another at the same address. Thread-safe; bounded by the cap on connections.
 */
final class Outbound {
  private final Connector connector;
  private final ConcurrentHashMap<Target, CompletableFuture<StreamFlow>> connections =
      new ConcurrentHashMap<>();

  Outbound(Connector connector) {
    this.connector = connector;
  }

  /** The open connection to a target, the one that is being made, or a new one. */
  CompletableFuture<StreamFlow> obtain(Target target) {
    Target key =
        target.transport() == Transport.TLS
            ? target
            : new Target(target.transport(), target.address(), "");
    CompletableFuture<StreamFlow> mine = new CompletableFuture<>();
    CompletableFuture<StreamFlow> current =
        connections.compute(key, (_, there) -> there == null || isStale(there) ? mine : there);
    if (current == mine) {
      mine.whenComplete((flow, failure) -> keepWhileOpen(key, mine));
      connector.connect(target).whenComplete((flow, failure) -> complete(mine, flow, failure));
    }
    return current;
  }

  private static boolean isStale(CompletableFuture<StreamFlow> connection) {
    return connection.isCompletedExceptionally()
        || (connection.isDone() && !connection.join().isOpen());
  }

  private void keepWhileOpen(Target target, CompletableFuture<StreamFlow> connection) {
    if (connection.isCompletedExceptionally()) {
      connections.remove(target, connection);
    } else {
      connection.join().onGone(() -> connections.remove(target, connection));
    }
  }

  private static <T> void complete(CompletableFuture<T> target, T value, Throwable failure) {
    if (failure == null) {
      target.complete(value);
    } else {
      target.completeExceptionally(failure);
    }
  }
}

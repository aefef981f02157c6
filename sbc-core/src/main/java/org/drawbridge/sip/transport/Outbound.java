package org.drawbridge.sip.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.drawbridge.sip.flow.Destination;

/**
 * The connections that we opened, by where they lead, so that a destination has one (RFC 5923
 * section 4). Keyed by the name that was asked for: a certificate that is good for one name says
 * nothing of another at the same address. Thread-safe.
 */
final class Outbound {
  private final HostResolver resolver;
  private final Connector connector;
  private final ConcurrentHashMap<Destination, CompletableFuture<StreamFlow>> connections =
      new ConcurrentHashMap<>();

  Outbound(HostResolver resolver, Connector connector) {
    this.resolver = resolver;
    this.connector = connector;
  }

  /** The open connection to a destination, the one that is being made, or a new one. */
  CompletableFuture<StreamFlow> obtain(Destination destination) {
    CompletableFuture<StreamFlow> mine = new CompletableFuture<>();
    CompletableFuture<StreamFlow> current =
        connections.compute(
            destination, (key, there) -> there == null || isStale(there) ? mine : there);
    if (current == mine) {
      mine.whenComplete((flow, failure) -> keepWhileOpen(destination, mine));
      resolver
          .resolve(destination.host())
          .thenCompose(addresses -> tryInTurn(destination, addresses, ""))
          .whenComplete((flow, failure) -> complete(mine, flow, failure));
    }
    return current;
  }

  private static boolean isStale(CompletableFuture<StreamFlow> connection) {
    return connection.isCompletedExceptionally()
        || (connection.isDone() && !connection.join().isOpen());
  }

  private void keepWhileOpen(Destination destination, CompletableFuture<StreamFlow> connection) {
    if (connection.isCompletedExceptionally()) {
      connections.remove(destination, connection);
    } else {
      connection.join().onGone(() -> connections.remove(destination, connection));
    }
  }

  /** Tries all addresses; what went wrong with each is told if none will do. */
  private CompletableFuture<StreamFlow> tryInTurn(
      Destination destination, List<InetAddress> addresses, String failures) {
    CompletableFuture<StreamFlow> attempt = connector.connect(destination, addresses.getFirst());
    List<InetAddress> others = addresses.subList(1, addresses.size());
    return attempt.exceptionallyCompose(
        failure -> {
          String told = failures + Faults.words(failure);
          return others.isEmpty()
              ? CompletableFuture.failedFuture(new IOException(told))
              : tryInTurn(destination, others, told + "; ");
        });
  }

  private static <T> void complete(CompletableFuture<T> target, T value, Throwable failure) {
    if (failure == null) {
      target.complete(value);
    } else {
      target.completeExceptionally(failure);
    }
  }
}

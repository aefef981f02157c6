package org.drawbridge.sip.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.drawbridge.sip.dns.DnsCounters;
import org.drawbridge.sip.flow.Destination;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.FlowSink;
import org.drawbridge.sip.flow.Flows;
import org.drawbridge.sip.flow.Target;
import org.drawbridge.sip.transport.tls.OutgoingSettings;
import org.drawbridge.web.HttpResponder;
import org.jspecify.annotations.Nullable;

/**
 * All sockets that SIP comes and goes by. Made first and started when what is behind it is ready to
 * take messages: before {@link #start} and after {@link #close} there are no flows. Thread-safe.
 */
public final class Transports implements Flows, AutoCloseable {
  private static final String CLOSED = "the transports are closed";

  private final List<ListenerSettings> listeners;
  private final OutgoingSettings outgoing;
  private volatile TransportLimits limits;
  private final HttpResponder pages;
  private final List<SocketLoop> loops;
  private final TransportCounters counters = new TransportCounters();
  private final DnsCounters dns = new DnsCounters();
  private volatile @Nullable OpenTransports open;

  /**
   * Not started yet.
   *
   * @param pages what WebSocket listeners answer to browsers that only fetch a page
   * @param loops who serves the sockets; each in the hands of a running signalling loop from {@link
   *     #start} until after {@link #close}
   */
  public Transports(
      List<ListenerSettings> listeners,
      OutgoingSettings outgoing,
      TransportLimits limits,
      HttpResponder pages,
      List<SocketLoop> loops) {
    this.listeners = List.copyOf(listeners);
    this.outgoing = outgoing;
    this.limits = limits;
    this.pages = pages;
    this.loops = List.copyOf(loops);
  }

  /**
   * Binds all listeners or none, then begins to read.
   *
   * @param sink takes what arrives, on the threads of the loops
   * @throws ListenException if a listener cannot be bound or its certificate be used
   * @throws IOException if what outgoing TLS needs cannot be read
   */
  public synchronized void start(FlowSink sink) throws IOException {
    if (open != null) {
      throw new IllegalStateException("already started");
    }
    Edge edge = new Edge(sink, new FlowTable(), new SourceAddresses(), counters, dns, () -> limits);
    open = OpenTransports.open(listeners, outgoing, pages, edge, loops);
  }

  /**
   * The listeners with the addresses they are bound to, in the order of the settings; none while
   * not started.
   */
  public List<BoundListener> boundAddresses() {
    OpenTransports current = open;
    return current == null ? List.of() : current.listeners();
  }

  /**
   * Gets everything ready for other settings: binds listeners that are new, reads all certificates
   * again. Sockets of listeners that stay are not touched. Blocks.
   *
   * @param outgoing how names are looked up, and TLS is done where we open connections
   * @param caps what a peer may cost us from then on
   * @return to be put into force or discarded before the next one is prepared
   * @throws IOException if a listener cannot be bound or a certificate be used; then nothing has
   *     changed
   */
  public synchronized Change prepare(
      List<ListenerSettings> wanted, OutgoingSettings outgoing, TransportLimits caps)
      throws IOException {
    OpenTransports current = open;
    if (current == null) {
      throw new IllegalStateException(CLOSED);
    }
    OpenTransports.Prepared prepared = current.prepare(wanted, outgoing);
    return new Change() {
      @Override
      public void commit() {
        limits = caps;
        prepared.commit().run();
      }

      @Override
      public void discard() {
        prepared.discard().run();
      }
    };
  }

  /** Settings that wait to be put into force. */
  public interface Change {

    /** Puts them into force. Connections that are open stay. Nothing can go wrong here. */
    void commit();

    /** Leaves everything as it was. */
    void discard();
  }

  /** What happened so far; lives on over {@link #close}. */
  public TransportCounters counters() {
    return counters;
  }

  /** What came of looking names up so far; lives on over {@link #close}. */
  public DnsCounters dnsCounters() {
    return dns;
  }

  @Override
  public @Nullable Flow find(FlowId id) {
    OpenTransports current = open;
    return current == null ? null : current.find(id);
  }

  @Override
  public void locate(Destination destination, Executor on, Consumer<Located> result) {
    OpenTransports current = open;
    if (current == null) {
      on.execute(() -> result.accept(new Located.Nowhere(CLOSED)));
    } else {
      current.locate(destination, on, result);
    }
  }

  @Override
  public void obtain(Target target, Executor on, Consumer<FlowResult> result) {
    OpenTransports current = open;
    if (current == null) {
      on.execute(() -> result.accept(new FlowResult.Unreachable(CLOSED)));
    } else {
      current.obtain(target, on, result);
    }
  }

  @Override
  public void reuse(Flow flow, int port) {
    OpenTransports current = open;
    if (current != null && flow instanceof StreamFlow stream) {
      current.aliases().add(stream, port);
    }
  }

  @Override
  public void avoid(Target target, Duration time) {
    OpenTransports current = open;
    if (current != null) {
      current.failed().add(target, time);
    }
  }

  @Override
  public boolean isAvoided(Target target) {
    OpenTransports current = open;
    return current != null && current.failed().contains(target);
  }

  /**
   * Closes the listeners, says goodbye on all connections and ends the loops' sockets. Waits up to
   * a few seconds; not to be called on a loop.
   */
  @Override
  public synchronized void close() {
    OpenTransports current = open;
    open = null;
    if (current != null) {
      current.close();
    }
  }
}

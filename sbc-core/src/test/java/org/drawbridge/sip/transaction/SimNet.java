package org.drawbridge.sip.transaction;

import java.net.InetSocketAddress;
import java.util.Random;
import org.drawbridge.loop.SimLoop;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.SipMessage;

/**
 * A network in virtual time. Datagrams are lost, doubled, delayed and so overtake one another, all
 * by one seed; streams are only slow. What arrives has been through the parser.
 */
public final class SimNet {

  /**
   * How bad the network is.
   *
   * @param loss share of datagrams lost, 0 to 1
   * @param doubling share of datagrams that arrive twice, 0 to 1
   * @param minDelay one way, ms
   * @param maxDelay one way, ms
   */
  public record Weather(double loss, double doubling, long minDelay, long maxDelay) {

    /** Nothing is lost and nothing overtakes. */
    public static final Weather FAIR = new Weather(0, 0, 10, 10);
  }

  /** Who sits at an end of a link. */
  public interface Peer {

    /** A message has come over this end. */
    void onMessage(Flow flow, SipMessage message);

    /** The stream this is an end of has closed. */
    void onClosed(Flow flow);
  }

  private final SimLoop loop;
  private final Random random;
  private final Weather weather;
  private int links;

  /** A network on a loop's clock. */
  public SimNet(SimLoop loop, long seed, Weather weather) {
    this.loop = loop;
    this.random = new Random(seed);
    this.weather = weather;
  }

  /** Connects two peers; returns the first one's end. */
  public Flow connect(Transport transport, Peer first, Peer second) {
    links++;
    End here = new End(transport, links + "-a", "192.0.2.1", first);
    End there = new End(transport, links + "-b", "192.0.2.2", second);
    here.other = there;
    there.other = here;
    return here;
  }

  /** The far end of the link this is one end of. */
  public Flow otherEnd(Flow end) {
    return ((End) end).other;
  }

  private long delay() {
    return weather.minDelay() + random.nextLong(weather.maxDelay() - weather.minDelay() + 1);
  }

  /** One end of a link. */
  private final class End implements Flow {

    private final FlowId id;
    private final Transport transport;
    private final String host;
    private final Peer peer;
    private End other = this;
    private boolean open = true;

    /** When the last bytes of the stream arrive at the other end. */
    private long arrival;

    End(Transport transport, String name, String host, Peer peer) {
      this.id = new FlowId(name);
      this.transport = transport;
      this.host = host;
      this.peer = peer;
    }

    @Override
    public void send(byte[] message) {
      if (transport.isReliable()) {
        arrival = Math.max(arrival, loop.now() + delay());
        loop.schedule(arrival - loop.now(), () -> other.receive(message));
        return;
      }
      int copies = random.nextDouble() < weather.doubling() ? 2 : 1;
      for (int i = 0; i < copies; i++) {
        if (random.nextDouble() >= weather.loss()) {
          loop.schedule(delay(), () -> other.receive(message));
        }
      }
    }

    private void receive(byte[] message) {
      if (open) {
        peer.onMessage(this, Messages.parse(message));
      }
    }

    @Override
    public void close(String reason) {
      if (transport.isReliable() && open) {
        open = false;
        other.open = false;
        loop.execute(() -> peer.onClosed(this));
        loop.execute(() -> other.peer.onClosed(other));
      }
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public FlowId id() {
      return id;
    }

    @Override
    public Transport transport() {
      return transport;
    }

    @Override
    public InetSocketAddress local() {
      return new InetSocketAddress(host, 5060);
    }

    @Override
    public InetSocketAddress remote() {
      return other.local();
    }

    @Override
    public String sentBy() {
      return host + ":5060";
    }
  }
}

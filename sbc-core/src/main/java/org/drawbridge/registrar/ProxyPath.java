package org.drawbridge.registrar;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.drawbridge.sip.flow.Destination;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Flows;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.drawbridge.sip.flow.IpLiteral;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/**
 * The way to contacts that registered through a proxy, by the Path it wrote (RFC 3327 section 5.3),
 * and to those that did not.
 */
public final class ProxyPath {

  private ProxyPath() {}

  /**
   * Gets a flow to a contact: the one it registered over, else a connection to its proxy where that
   * can be made. Tells at once unless a connection is made.
   *
   * @param on where the result is delivered otherwise
   */
  public static void obtain(
      Flows flows, Binding binding, Executor on, Consumer<FlowResult> result) {
    Destination proxy = binding.isByPath() ? proxy(binding) : null;
    if (proxy != null) {
      flows.obtain(proxy, on, result);
      return;
    }
    Flow flow = flows.find(binding.flow());
    result.accept(
        flow == null || !flow.isOpen()
            ? new FlowResult.Unreachable("its connection is gone")
            : new FlowResult.Obtained(flow));
  }

  /**
   * How a device is reached by the proxy it is behind, to which there is no connection now; null if
   * it is not. The only binding of an account is taken for the one that is meant.
   */
  public static @Nullable Binding behind(List<Binding> bindings, Predicate<Binding> isMeant) {
    return bindings.stream()
        .filter(Binding::isByPath)
        .filter(binding -> bindings.size() == 1 || isMeant.test(binding))
        .findFirst()
        .orElse(null);
  }

  /**
   * A binding as another process can use it, to which no connection of this one leads: by its Path,
   * where that leads to the far end of the stream it was registered over. Thread-safe.
   */
  public static Binding kept(Binding binding, Flows flows) {
    Flow flow = binding.path().isEmpty() ? null : flows.find(binding.flow());
    return flow != null && flow.transport().isReliable() && endsAt(flow).test(binding)
        ? binding.byPath()
        : binding;
  }

  /**
   * Whether the proxy of a binding can be connected to at the far end of a stream. One that names
   * another host is not believed: an account could have us connect anywhere. Nor is one on this
   * machine: where all come from here, as behind a forwarder of ports, an account could have us
   * talk to whatever else listens.
   */
  static Predicate<Binding> endsAt(Flow flow) {
    return binding -> {
      Destination proxy = proxy(binding);
      InetAddress remote = flow.remote().getAddress();
      return proxy != null
          && !flow.transport().isWebSocket()
          && !remote.isLoopbackAddress()
          && remote.equals(IpLiteral.parse(proxy.host()));
    };
  }

  /** Where its Path says that the proxy nearest to us is; null if it came to us directly. */
  private static @Nullable Destination proxy(Binding binding) {
    try {
      if (binding.path().isEmpty()
          || !(NameAddr.parse(binding.path().getFirst()).uri() instanceof SipUri uri)) {
        return null;
      }
      String named = uri.transport();
      Transport transport = named == null ? Transport.TCP : Transport.fromVia(named);
      int port = Math.max(uri.port(), 0);
      return transport == null || transport.isWebSocket()
          ? null
          : new Destination(transport, uri.bareHost(), port, uri.isSecure());
    } catch (SipSyntaxException _) {
      return null;
    }
  }
}

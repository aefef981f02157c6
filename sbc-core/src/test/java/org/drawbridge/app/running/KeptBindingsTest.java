package org.drawbridge.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.drawbridge.account.Aor;
import org.drawbridge.account.ConfiguredAccounts;
import org.drawbridge.loop.SimLoop;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.Bindings;
import org.drawbridge.registrar.NatKeepAlive;
import org.drawbridge.registrar.SampleBindings;
import org.drawbridge.registrar.TemporaryGruus;
import org.drawbridge.registrar.store.KeptPhone;
import org.drawbridge.routing.user.UserAccount;
import org.drawbridge.sip.flow.Destination;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.Flows;
import org.drawbridge.sip.flow.RecordingFlow;
import org.drawbridge.sip.flow.Target;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.upstream.RelayTable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is reached after a restart. */
final class KeptBindingsTest {

  private static final Aor ALICE = new Aor("1001", "example.com");
  private static final InstantSource CLOCK = () -> Instant.ofEpochMilli(1_000_000);

  private final RecordingFlow edge =
      new RecordingFlow(Transport.TCP, 4, new InetSocketAddress("203.0.113.50", 40_000));

  @TempDir private Path directory;

  /** A network with one open connection. */
  private final class OneFlow implements Flows {
    @Override
    public @Nullable Flow find(FlowId id) {
      return id.equals(edge.id()) ? edge : null;
    }

    @Override
    public void locate(Destination destination, Executor on, Consumer<Located> result) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void obtain(Target target, Executor on, Consumer<FlowResult> result) {
      throw new UnsupportedOperationException();
    }
  }

  private static Bindings bindings() {
    var accounts =
        new ConfiguredAccounts(
            List.of("example.com"),
            List.of(new UserAccount("1001", "example.com", "x", null, null, null)));
    return new Bindings(accounts, CLOCK, 50, new TemporaryGruus(new byte[16]));
  }

  /** What there is after a restart of what was registered over the connection. */
  private Binding afterRestart(List<String> path) throws StartFailure {
    Bindings before = bindings();
    SimLoop loop = new SimLoop();
    try (KeptBindings kept = KeptBindings.open(directory.resolve("bindings"))) {
      kept.restore(before, CLOCK, 3_600);
      kept.start();
      kept.onNetwork(
          before, new OneFlow(), new NatKeepAlive(loop, before, 25_000, _ -> {}), 25_000);
      Binding binding =
          new Binding(
              ALICE,
              "sip:1001@192.168.1.10",
              edge.id(),
              path,
              null,
              0,
              0,
              "call",
              1,
              1000,
              null,
              9_000_000);
      before.change(ALICE, _ -> List.of(binding));
    }
    assertThat(before.all(ALICE)).extracting(Binding::flow).containsExactly(edge.id());
    Bindings after = bindings();
    try (KeptBindings kept = KeptBindings.open(directory.resolve("bindings"))) {
      kept.restore(after, CLOCK, 3_600);
    }
    return after.all(ALICE).getFirst();
  }

  /** It does not know that we were gone, and signs nobody in again. */
  @Test
  void aPhoneBehindAnEdgeProxyIsReachedByItsPath() throws StartFailure {
    Binding binding = afterRestart(List.of("<sip:203.0.113.50:5060;transport=tcp;lr>"));
    assertThat(binding.isByPath()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<sip:10.0.0.1:6379;transport=tcp;lr>"})
  void anyOtherOverAStreamHasToComeBack(String path) throws StartFailure {
    Binding binding = afterRestart(path.isEmpty() ? List.of() : List.of(path));
    assertThat(binding.hasFlow()).isFalse();
  }

  private RelayTable relayed(KeptBindings kept, String domain) throws StartFailure {
    RelayTable table = new RelayTable(50, CLOCK, kept.secret());
    kept.restore(table, CLOCK, domain::equals);
    kept.start();
    return table;
  }

  /** Its PBX will dial the name that it knows it by, and does not know that we were gone. */
  @Test
  void aPhoneOfAPbxIsKeptAsLongAsItsPbxIsBehindUs() throws Exception {
    Binding phone = SampleBindings.phone("7001", 9_000_000);
    KeptPhone saved = new KeptPhone(phone, InetAddress.ofLiteral("203.0.113.5"), List.of());
    try (KeptBindings kept = KeptBindings.open(directory.resolve("bindings"))) {
      relayed(kept, "example.com").restore(List.of(saved));
    }
    for (String domain : List.of("example.com", "elsewhere.example")) {
      try (KeptBindings kept = KeptBindings.open(directory.resolve("bindings"))) {
        boolean isBehindUs = domain.equals("example.com");
        assertThat(relayed(kept, domain).lookup(phone.aor())).hasSize(isBehindUs ? 1 : 0);
      }
    }
  }
}

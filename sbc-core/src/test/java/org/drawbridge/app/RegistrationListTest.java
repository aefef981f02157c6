package org.drawbridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.drawbridge.account.Aor;
import org.drawbridge.account.ConfiguredAccounts;
import org.drawbridge.app.control.ControlReply;
import org.drawbridge.app.running.RegistrationList;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.Bindings;
import org.drawbridge.registrar.SampleBindings;
import org.drawbridge.registrar.TemporaryGruus;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.upstream.RelayTable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an operator reads of who is registered. */
final class RegistrationListTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_000);
  private static final long END = NOW.plusSeconds(530).toEpochMilli();

  private String remote = "198.51.100.9";
  private final Bindings bindings =
      new Bindings(
          new ConfiguredAccounts(List.of("example.com"), List.of()),
          () -> NOW,
          1_000,
          new TemporaryGruus(new byte[16]));
  private final RegistrationList list =
      new RegistrationList(
          bindings, new RelayTable(10, () -> NOW, new byte[16]), this::find, () -> NOW);

  private @Nullable Flow find(FlowId id) {
    return id.outlivesProcess() && !id.equals(FlowId.BY_PATH) ? new From(id, remote) : null;
  }

  private void bind(Binding... all) {
    bindings.change(all[0].aor(), _ -> List.of(all));
  }

  private ControlReply ask(String... words) {
    return RegistrationsCommand.parse(List.of(words)).give(list);
  }

  @Test
  void eachDeviceHasALineUnderItsAccount() {
    bind(SampleBindings.phone("1001", END), SampleBindings.browser("1001", END));
    assertThat(ask().text())
        .isEqualTo(
            """
            1001@example.com
              udp from 198.51.100.9:5062 (NAT), sip:1001@192.0.2.7:5062, for 530 s, desk phone
              gone until it comes back, sip:abc@x.invalid, for 530 s
            """);
  }

  @Test
  void programsFindTheSame() {
    bind(SampleBindings.phone("1001", END), SampleBindings.browser("1001", END));
    JsonNode devices = ask().data().path("registrations");
    assertThat(devices.at("/0/account").asString()).isEqualTo("1001@example.com");
    assertThat(devices.at("/0/transport").asString()).isEqualTo("udp");
    assertThat(devices.at("/0/source").asString()).isEqualTo("198.51.100.9:5062");
    assertThat(devices.at("/0/expires").asInt()).isEqualTo(530);
    assertThat(devices.at("/0/nat").asBoolean()).isTrue();
    assertThat(devices.at("/0/user-agent").asString()).isEqualTo("desk phone");
    assertThat(devices.at("/1/reachable").asBoolean()).isFalse();
    assertThat(devices.at("/1/instance").asString()).startsWith("<urn:uuid:");
  }

  @Test
  void whoIsReachedThroughItsProxyIsNotGone() {
    Binding phone = SampleBindings.browser("1001", END);
    bind(
        new Binding(
            phone.aor(),
            phone.contactUri(),
            FlowId.BY_PATH,
            phone.path(),
            null,
            0,
            0,
            "id",
            1,
            1000,
            null,
            END));
    ControlReply reply = ask();
    assertThat(reply.text()).contains("  over a connection to its proxy, sip:abc@x.invalid");
    assertThat(reply.data().at("/registrations/0/reachable").asBoolean()).isTrue();
  }

  @Test
  void whoComesFromWhereItSaysIsBehindNoNat() {
    remote = "192.0.2.7";
    bind(SampleBindings.phone("1001", END));
    assertThat(ask().data().at("/registrations/0/nat").asBoolean(true)).isFalse();
  }

  /** RFC 8599: whoever knows these may wake the phone. */
  @Test
  void keysOfAPushServiceAreNotShown() {
    Binding phone = SampleBindings.phone("1001", END);
    String contact = "sip:1001:pw@192.0.2.7;pn-provider=acme;pn-prid=00fc13adff78512";
    bind(
        new Binding(
            phone.aor(), contact, phone.flow(), List.of(), null, 0, 0, "id", 1, 1000, null, END));
    assertThat(ask().text() + ask().data()).doesNotContain("00fc13").doesNotContain("pw");
  }

  @Test
  void noDeviceMakesTheTerminalDoAnything() {
    Binding phone = SampleBindings.phone("1001", END);
    bind(
        new Binding(
            phone.aor(),
            phone.contactUri(),
            phone.flow(),
            List.of(),
            null,
            0,
            0,
            "id",
            1,
            1000,
            "a\u001b]0;b\u0007\r\u009bc",
            END));
    assertThat(ask().text()).endsWith(", a?]0;b???c\n");
  }

  @Test
  void anAccountIsAskedForByItsNameWithOrWithoutDomain() {
    bind(SampleBindings.phone("1001", END));
    bind(SampleBindings.phone("1002", END));
    assertThat(ask("1002").text()).contains("1002@").doesNotContain("1001");
    assertThat(ask("1002@EXAMPLE.com").text()).contains("1002@").doesNotContain("1001");
    assertThat(ask("1002@elsewhere.example").text())
        .isEqualTo("1002@elsewhere.example is not registered.\n");
  }

  @Test
  void whatHasExpiredIsNotListed() {
    bind(SampleBindings.phone("1001", NOW.toEpochMilli() + 1));
    assertThat(ask().text()).contains("for 0 s");
    bindings.change(new Aor("1001", "example.com"), _ -> List.of());
    assertThat(ask().text()).isEqualTo("Nobody is registered.\n");
  }

  @Test
  void aLongListComesInPages() {
    IntStream.range(1000, 1025).forEach(i -> bind(SampleBindings.phone("" + i, END)));
    ControlReply first = ask("--limit", "10");
    assertThat(first.text()).endsWith("There are more: --after 1009@example.com\n");
    String after = first.data().path("more-after").asString();
    ControlReply second = ask("--limit", "10", "--after", after);
    assertThat(second.data().at("/registrations/0/account").asString()).startsWith("1010@");
    ControlReply last = ask("--limit", "10", "--after", "1019@example.com");
    assertThat(last.data().path("registrations")).hasSize(5);
    assertThat(last.data().has("more-after")).isFalse();
  }

  /** A flow that only says who is there. */
  private record From(FlowId id, String host) implements Flow {

    @Override
    public Transport transport() {
      return Transport.UDP;
    }

    @Override
    public InetSocketAddress local() {
      return remote();
    }

    @Override
    public InetSocketAddress remote() {
      return new InetSocketAddress(InetAddress.ofLiteral(host), 5062);
    }

    @Override
    public String sentBy() {
      return host;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void send(byte[] message) {}

    @Override
    public void close(String reason) {}
  }
}

package org.drawbridge.sip.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.drawbridge.sip.flow.Destination;
import org.drawbridge.sip.flow.Target;
import org.drawbridge.sip.flow.Transport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetLocatorTest {

  private final Zone zone = new Zone();
  private final DnsCounters counters = new DnsCounters();
  private final TargetLocator locator =
      new TargetLocator(
          zone, EnumSet.of(Transport.UDP, Transport.TCP, Transport.TLS), new Random(1), counters);

  /** Answers at once, and counts. */
  private static final class Zone implements Dns {
    private final Map<String, List<InetAddress>> local = new HashMap<>();
    private final Map<String, List<Naptr>> naptr = new HashMap<>();
    private final Map<String, List<Srv>> srv = new HashMap<>();
    private final Map<String, List<InetAddress>> addresses = new HashMap<>();
    private final List<String> questions = new ArrayList<>();
    private boolean isDead;

    private <T> CompletableFuture<List<T>> answer(Map<String, List<T>> records, String name) {
      questions.add(name);
      return isDead
          ? CompletableFuture.failedFuture(new IOException("no server answers"))
          : CompletableFuture.completedFuture(records.getOrDefault(name, List.of()));
    }

    @Override
    public CompletableFuture<List<InetAddress>> local(String host) {
      return CompletableFuture.completedFuture(local.getOrDefault(host, List.of()));
    }

    @Override
    public CompletableFuture<List<Naptr>> naptr(String domain) {
      return answer(naptr, domain);
    }

    @Override
    public CompletableFuture<List<Srv>> srv(String name) {
      return answer(srv, name);
    }

    @Override
    public CompletableFuture<List<InetAddress>> addresses(String host) {
      return answer(addresses, host);
    }

    void address(String host, String... literals) {
      addresses.put(host, list(literals));
    }
  }

  private static List<InetAddress> list(String... literals) {
    return Stream.of(literals).map(InetAddress::ofLiteral).toList();
  }

  private List<String> locate(
      @Nullable Transport transport, String host, int port, boolean secure) {
    return locator.locate(new Destination(transport, host, port, secure)).join().stream()
        .map(TargetLocatorTest::text)
        .toList();
  }

  private List<String> locate(String host) {
    return locate(null, host, 0, false);
  }

  private static String text(Target target) {
    return target.transport()
        + " "
        + target.address().getAddress().getHostAddress()
        + " "
        + target.address().getPort();
  }

  @ParameterizedTest
  @CsvSource({
    ", 192.0.2.1, 0, false, UDP 192.0.2.1 5060",
    ", 192.0.2.1, 0, true, TLS 192.0.2.1 5061",
    "TCP, 192.0.2.1, 0, false, TCP 192.0.2.1 5060",
    "TCP, 192.0.2.1, 0, true, TLS 192.0.2.1 5061",
    "TLS, 192.0.2.1, 5071, false, TLS 192.0.2.1 5071",
    "UDP, [2001:db8::1], 5070, false, UDP 2001:db8:0:0:0:0:0:1 5070",
  })
  void numericHostsNeedNoServer(
      @Nullable Transport transport, String host, int port, boolean secure, String target) {
    assertThat(locate(transport, host, port, secure)).containsExactly(target);
    assertThat(zone.questions).isEmpty();
  }

  @Test
  void naptrChoosesTheTransportSrvTheHostAndPort() {
    zone.naptr.put(
        "carrier.example",
        List.of(
            new Naptr(20, 1, "s", "SIP+D2U", "", "_sip._udp.carrier.example"),
            new Naptr(10, 1, "s", "SIP+D2T", "", "_sip._tcp.carrier.example")));
    zone.srv.put("_sip._tcp.carrier.example", List.of(new Srv(1, 1, 5070, "a.carrier.example")));
    zone.srv.put("_sip._udp.carrier.example", List.of(new Srv(1, 1, 5080, "b.carrier.example")));
    zone.address("a.carrier.example", "192.0.2.1", "2001:db8::1");
    zone.address("b.carrier.example", "192.0.2.2");
    assertThat(locate("carrier.example"))
        .containsExactly(
            "TCP 192.0.2.1 5070", "TCP 2001:db8:0:0:0:0:0:1 5070", "UDP 192.0.2.2 5080");
  }

  @Test
  void certificatesHaveToBeForTheDomainNotTheHost() {
    zone.srv.put("_sips._tcp.carrier.example", List.of(new Srv(1, 1, 5061, "a.host.example")));
    zone.address("a.host.example", "192.0.2.1");
    assertThat(
            locator
                .locate(new Destination(null, "Carrier.Example.", 0, true))
                .join()
                .getFirst()
                .name())
        .isEqualTo("carrier.example");
  }

  @Test
  void withoutNaptrTheUsualServicesAreAskedFor() {
    zone.srv.put("_sip._tcp.carrier.example", List.of(new Srv(1, 1, 5070, "a.carrier.example")));
    zone.address("a.carrier.example", "192.0.2.1");
    assertThat(locate("carrier.example")).containsExactly("TCP 192.0.2.1 5070");
    assertThat(zone.questions)
        .containsExactly(
            "carrier.example",
            "_sip._udp.carrier.example",
            "_sip._tcp.carrier.example",
            "_sips._tcp.carrier.example",
            "a.carrier.example");
  }

  @Test
  void withoutSrvTheHostItselfIsAskedFor() {
    zone.address("pbx.example", "192.0.2.1");
    assertThat(locate("pbx.example")).containsExactly("UDP 192.0.2.1 5060");
    assertThat(locate(Transport.TCP, "pbx.example", 0, false))
        .containsExactly("TCP 192.0.2.1 5060");
    assertThat(locate(null, "pbx.example", 0, true)).containsExactly("TLS 192.0.2.1 5061");
  }

  @Test
  void withAPortOnlyAddressesAreAskedFor() {
    zone.address("pbx.example", "192.0.2.1");
    assertThat(locate(null, "pbx.example", 5070, false)).containsExactly("UDP 192.0.2.1 5070");
    assertThat(zone.questions).containsExactly("pbx.example");
  }

  @Test
  void withATransportOnlyItsServiceIsAskedFor() {
    zone.srv.put("_sips._tcp.carrier.example", List.of(new Srv(1, 1, 5071, "a.carrier.example")));
    zone.address("a.carrier.example", "192.0.2.1");
    assertThat(locate(Transport.TLS, "carrier.example", 0, false))
        .containsExactly("TLS 192.0.2.1 5071");
    assertThat(zone.questions).containsExactly("_sips._tcp.carrier.example", "a.carrier.example");
  }

  @Test
  void theHostsFileSpeaksLast() {
    zone.local.put("carrier.example", list("127.0.0.9"));
    zone.srv.put("_sip._udp.carrier.example", List.of(new Srv(1, 1, 5070, "a.carrier.example")));
    assertThat(locate("carrier.example")).containsExactly("UDP 127.0.0.9 5060");
    assertThat(locate("localhost")).contains("UDP 127.0.0.1 5060");
    assertThat(zone.questions).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"invalid", "x7f3.invalid", "x7f3.Invalid."})
  void invalidIsNeverAskedFor(String host) {
    assertThatThrownBy(() -> locate(host)).hasMessageContaining("no address");
    assertThat(zone.questions).isEmpty();
  }

  @Test
  void anSrvRecordCannotMakeUsAskForInvalid() {
    zone.srv.put("_sip._udp.carrier.example", List.of(new Srv(1, 1, 5070, "x.invalid")));
    assertThatThrownBy(() -> locate("carrier.example")).hasMessageContaining("no address");
    assertThat(zone.questions).doesNotContain("x.invalid");
  }

  @Test
  void aDomainCanSayThatItTakesNoSip() {
    zone.srv.put("_sip._udp.carrier.example", List.of(new Srv(0, 0, 0, "")));
    zone.address("carrier.example", "192.0.2.1");
    assertThatThrownBy(() -> locate("carrier.example")).hasMessageContaining("takes no SIP");
  }

  @Test
  void deadServersAreTheReason() {
    zone.isDead = true;
    assertThatThrownBy(() -> locate("carrier.example")).hasMessageContaining("no server answers");
  }

  @Test
  void nobodyMakesUsTryWithoutEnd() {
    zone.srv.put(
        "_sip._udp.carrier.example",
        IntStream.range(0, 100).mapToObj(i -> new Srv(i, 1, 5070, "h" + i + ".example")).toList());
    String[] many = IntStream.range(1, 200).mapToObj(i -> "192.0.2." + i).toArray(String[]::new);
    for (int i = 0; i < 100; i++) {
      zone.address("h" + i + ".example", many);
    }
    assertThat(locate("carrier.example")).hasSize(TargetLocator.MAX_TARGETS);
    assertThat(zone.questions).hasSizeLessThanOrEqualTo(12);
    assertThat(counters.get(DnsCounters.Kind.TOO_MANY_TARGETS)).isEqualTo(1);
  }
}

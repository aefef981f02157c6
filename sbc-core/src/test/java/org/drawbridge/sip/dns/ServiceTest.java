package org.drawbridge.sip.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.drawbridge.sip.flow.Transport;
import org.junit.jupiter.api.Test;

class ServiceTest {
  private static final Set<Transport> ALL = EnumSet.of(Transport.UDP, Transport.TCP, Transport.TLS);

  private static final Naptr TLS = naptr(10, 1, "SIPS+D2T", "_sips._tcp.example.com");
  private static final Naptr TCP = naptr(20, 1, "SIP+D2T", "_sip._tcp.example.com");
  private static final Naptr UDP = naptr(20, 2, "SIP+D2U", "udp.elsewhere.example");

  private static Naptr naptr(int order, int preference, String service, String replacement) {
    return new Naptr(order, preference, "s", service, "", replacement);
  }

  @Test
  void domainsOrderIsKept() {
    assertThat(Service.named(List.of(UDP, TCP, TLS), false, ALL))
        .containsExactly(
            new Service(Transport.TLS, "_sips._tcp.example.com"),
            new Service(Transport.TCP, "_sip._tcp.example.com"),
            new Service(Transport.UDP, "udp.elsewhere.example"));
  }

  @Test
  void everyNameOfOneTransportIsFollowed() {
    Naptr site = naptr(30, 1, "SIP+D2U", "_sip._udp.site2.example.com");
    assertThat(Service.named(List.of(site, UDP, UDP), false, ALL))
        .extracting(Service::srvName)
        .containsExactly("udp.elsewhere.example", "_sip._udp.site2.example.com");
  }

  @Test
  void aDomainCannotMakeUsAskForAnyNumberOfNames() {
    List<Naptr> many =
        IntStream.range(0, 50).mapToObj(i -> naptr(i, 1, "SIP+D2U", "u" + i + ".example")).toList();
    assertThat(Service.named(many, false, ALL)).hasSize(Service.MOST);
  }

  @Test
  void transportsWeHaveNotAreLeftOut() {
    assertThat(Service.named(List.of(UDP, TCP, TLS), false, EnumSet.of(Transport.UDP)))
        .extracting(Service::transport)
        .containsExactly(Transport.UDP);
  }

  @Test
  void sipsTakesTlsOnly() {
    assertThat(Service.named(List.of(UDP, TCP, TLS), true, ALL))
        .extracting(Service::transport)
        .containsExactly(Transport.TLS);
    assertThat(Service.usual("example.com", true, ALL))
        .containsExactly(new Service(Transport.TLS, "_sips._tcp.example.com"));
  }

  @Test
  void otherProtocolsAndOddRecordsAreLeftOut() {
    List<Naptr> odd =
        List.of(
            naptr(1, 1, "E2U+sip", "example.com"),
            naptr(1, 1, "SIP+D2S", "_sip._sctp.example.com"),
            new Naptr(1, 1, "u", "SIP+D2U", "!^.*$!sip:info@example.com!", ""),
            new Naptr(1, 1, "a", "SIP+D2U", "", "host.example.com"),
            new Naptr(1, 1, "S", "sip+d2u", "", "good.example.com"));
    assertThat(Service.named(odd, false, ALL))
        .containsExactly(new Service(Transport.UDP, "good.example.com"));
  }

  @Test
  void usualNamesAreAskedForUdpFirst() {
    assertThat(Service.usual("example.com", false, ALL))
        .extracting(Service::srvName)
        .containsExactly(
            "_sip._udp.example.com", "_sip._tcp.example.com", "_sips._tcp.example.com");
  }
}

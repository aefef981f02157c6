package org.drawbridge.sip.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.drawbridge.sip.dns.DnsCounters.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.hosts.HostsFileParser;
import org.xbill.DNS.lookup.LookupSession;

class DnsLookupsTest {
  private static final InetAddress V4 = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress V6 = InetAddress.ofLiteral("2001:db8::1");

  @TempDir Path folder;
  private final FakeZone zone = new FakeZone();
  private final DnsCounters counters = new DnsCounters();
  private long now;
  private DnsLookups dns;

  @BeforeEach
  void open() throws IOException {
    Path hosts = folder.resolve("hosts");
    Files.writeString(hosts, "192.0.2.5 pinned.example\n");
    HostsFileParser parser = new HostsFileParser(hosts);
    LookupSession session =
        LookupSession.builder()
            .resolver(zone)
            .hostsFileParser(parser)
            .cache(new Cache(DClass.IN))
            .build();
    dns = new DnsLookups(session, parser, Duration.ofMillis(300), counters, () -> now);
  }

  private static Name name(String text) {
    return Name.fromConstantString(text);
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(10, TimeUnit.SECONDS);
  }

  @Test
  void asksForBothFamiliesOnceWithinTheTtl() throws Exception {
    zone.add(new ARecord(name("pbx.example."), DClass.IN, 60, V4));
    zone.add(new AAAARecord(name("pbx.example."), DClass.IN, 60, V6));
    assertThat(get(dns.addresses("pbx.example"))).containsExactly(V4, V6);
    assertThat(get(dns.addresses("PBX.example"))).containsExactly(V4, V6);
    assertThat(zone.queries).hasValue(2);
    assertThat(counters.get(Kind.QUESTIONS)).isEqualTo(2);
  }

  @Test
  void anAnswerWithoutTtlIsKeptForAMoment() throws Exception {
    zone.add(new ARecord(name("moving.example."), DClass.IN, 0, V4));
    for (int i = 0; i < 5; i++) {
      assertThat(get(dns.addresses("moving.example"))).containsExactly(V4);
    }
    assertThat(zone.queries).hasValue(2);
  }

  @Test
  void thatThereIsNothingIsAnAnswerToo() throws Exception {
    zone.add(new ARecord(name("pbx.example."), DClass.IN, 60, V4));
    assertThat(get(dns.naptr("pbx.example"))).isEmpty();
    assertThat(get(dns.srv("_sip._udp.pbx.example"))).isEmpty();
    assertThat(get(dns.addresses("nobody.example"))).isEmpty();
    assertThat(get(dns.addresses("a..b"))).isEmpty();
    assertThat(counters.get(Kind.UNANSWERED)).isZero();
  }

  @Test
  void serviceRecordsAreRead() throws Exception {
    Name domain = name("carrier.example.");
    zone.add(
        new NAPTRRecord(
            domain, DClass.IN, 60, 10, 20, "s", "SIP+D2T", "", name("_sip._tcp.carrier.example.")));
    zone.add(
        new SRVRecord(
            name("_sip._tcp.carrier.example."), DClass.IN, 60, 1, 2, 5070, name("A.example.")));
    assertThat(get(dns.naptr("carrier.example")))
        .containsExactly(new Naptr(10, 20, "s", "SIP+D2T", "", "_sip._tcp.carrier.example"));
    assertThat(get(dns.srv("_sip._tcp.carrier.example")))
        .containsExactly(new Srv(1, 2, 5070, "a.example"));
  }

  @Test
  void aServerThatKeepsSilentIsAskedOnceForAll() {
    zone.keepSilentAbout("slow.example.");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> get(dns.naptr("slow.example")))
          .hasMessageContaining("NAPTR of slow.example");
    }
    assertThat(zone.queries).hasValue(1);
    assertThat(counters.get(Kind.UNANSWERED)).isEqualTo(1);
  }

  @Test
  void whereTheServersAreDeadWhatTheySaidWithinADayHolds() throws Exception {
    zone.add(new ARecord(name("carrier.example."), DClass.IN, 0, V4));
    assertThat(get(dns.addresses("carrier.example"))).containsExactly(V4);
    assertThat(get(dns.naptr("carrier.example"))).isEmpty();
    zone.keepSilentAbout("carrier.example.");
    now += TimeUnit.MINUTES.toNanos(5);
    assertThat(get(dns.addresses("carrier.example"))).containsExactly(V4);
    assertThat(get(dns.naptr("carrier.example"))).isEmpty();
    int asked = zone.queries.get();
    now += TimeUnit.SECONDS.toNanos(20);
    assertThat(get(dns.addresses("carrier.example"))).containsExactly(V4);
    assertThat(zone.queries).as("not waited for at each call").hasValue(asked);
    now += TimeUnit.DAYS.toNanos(1);
    assertThatThrownBy(() -> get(dns.addresses("carrier.example"))).hasMessageContaining("A of");
  }

  @Test
  void aNewAnswerTakesThePlaceOfAnOldOne() throws Exception {
    zone.add(new ARecord(name("carrier.example."), DClass.IN, 0, V4));
    zone.keepSilentAbout("carrier.example.");
    assertThatThrownBy(() -> get(dns.addresses("carrier.example"))).hasMessageContaining("A of");
    zone.speakAbout("carrier.example.");
    now += TimeUnit.SECONDS.toNanos(6);
    assertThat(get(dns.addresses("carrier.example"))).containsExactly(V4);
  }

  @Test
  void oneFamilyIsEnough() throws Exception {
    zone.add(new ARecord(name("pbx.example."), DClass.IN, 60, V4));
    zone.keepSilentAbout("slow.example.");
    assertThat(get(dns.addresses("pbx.example"))).containsExactly(V4);
    assertThatThrownBy(() -> get(dns.addresses("slow.example"))).hasMessageContaining("slow");
  }

  @Test
  void theHostsFileIsRead() throws Exception {
    assertThat(get(dns.local("pinned.example")))
        .containsExactly(InetAddress.ofLiteral("192.0.2.5"));
    assertThat(get(dns.local("other.example"))).isEmpty();
    assertThat(get(dns.local("a..b"))).isEmpty();
  }
}

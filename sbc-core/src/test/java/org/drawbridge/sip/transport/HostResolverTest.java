package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;

class HostResolverTest {
  private final Zone zone = new Zone();
  private final HostResolver resolver =
      new HostResolver(
          LookupSession.builder().resolver(zone).cache(new Cache(DClass.IN)).build(),
          Duration.ofMillis(500));

  /** Knows {@code pbx.example.} and never answers for {@code slow.example.}. */
  private static final class Zone implements Resolver {
    private final AtomicInteger queries = new AtomicInteger();

    @Override
    public CompletionStage<Message> sendAsync(Message query, Executor executor) {
      queries.incrementAndGet();
      Record question = query.getQuestion();
      if (question.getName().equals(Name.fromConstantString("slow.example."))) {
        return new CompletableFuture<>();
      }
      return CompletableFuture.completedFuture(answer(query, question));
    }

    private static Message answer(Message query, Record question) {
      Message answer = new Message(query.getHeader().getID());
      answer.getHeader().setFlag(Flags.QR);
      answer.addRecord(question, Section.QUESTION);
      if (question.getName().equals(Name.fromConstantString("pbx.example."))) {
        answer.addRecord(address(question), Section.ANSWER);
      } else {
        answer.getHeader().setRcode(Rcode.NXDOMAIN);
      }
      return answer;
    }

    private static Record address(Record question) {
      return question.getType() == Type.A
          ? new ARecord(question.getName(), DClass.IN, 60, InetAddress.ofLiteral("192.0.2.1"))
          : new AAAARecord(question.getName(), DClass.IN, 60, InetAddress.ofLiteral("2001:db8::1"));
    }

    @Override
    public CompletionStage<Message> sendAsync(Message query) {
      return sendAsync(query, Runnable::run);
    }

    @Override
    public void setPort(int port) {}

    @Override
    public void setTCP(boolean flag) {}

    @Override
    public void setIgnoreTruncation(boolean flag) {}

    @Override
    public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {}

    @Override
    public void setTSIGKey(TSIG key) {}

    @Override
    public void setTimeout(Duration timeout) {}
  }

  private List<InetAddress> resolve(String host) throws Exception {
    return resolver.resolve(host).get(10, TimeUnit.SECONDS);
  }

  private void assertUnknown(String host) {
    assertThatThrownBy(() -> resolve(host))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(UnknownHostException.class);
  }

  @Test
  void asksForBothFamiliesOnceWithinTheTtl() throws Exception {
    List<InetAddress> expected =
        List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1"));
    assertThat(resolve("pbx.example")).isEqualTo(expected);
    assertThat(resolve("PBX.example.")).isEqualTo(expected);
    assertThat(zone.queries).hasValue(2);
  }

  @Test
  void literalsAndLocalhostNeedNoDns() throws Exception {
    assertThat(resolve("192.0.2.9")).containsExactly(InetAddress.ofLiteral("192.0.2.9"));
    assertThat(resolve("[2001:db8::9]")).containsExactly(InetAddress.ofLiteral("2001:db8::9"));
    assertThat(resolve("localhost")).allMatch(InetAddress::isLoopbackAddress);
    assertThat(zone.queries).hasValue(0);
  }

  @Test
  void invalidIsNeverAskedFor() {
    assertUnknown("invalid");
    assertUnknown("x7f3.invalid");
    assertUnknown("x7f3.Invalid.");
    assertThat(zone.queries).hasValue(0);
  }

  @Test
  void missingNamesAndSilentServersAreUnknown() {
    assertUnknown("nobody.example");
    assertUnknown("slow.example");
    assertUnknown("a..b");
  }

  @Test
  void numbersAreNoAddresses() {
    assertThat(Addresses.literal("1001")).isNull();
    assertUnknown("1001");
  }
}

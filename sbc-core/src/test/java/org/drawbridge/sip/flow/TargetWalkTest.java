package org.drawbridge.sip.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TargetWalkTest {

  private static final int LARGE = 1_400;

  private final Net net = new Net();
  private final List<Flows.FlowResult> results = new ArrayList<>();

  /** Three UDP targets behind every name; takes what a test says. */
  private static final class Net implements Flows {
    private final Set<Target> avoided = new HashSet<>();
    private final Set<Target> refusing = new HashSet<>();
    private final List<Target> asked = new ArrayList<>();

    @Override
    public @Nullable Flow find(FlowId id) {
      return null;
    }

    @Override
    public void locate(Destination destination, Executor on, Consumer<Located> result) {
      on.execute(
          () ->
              result.accept(
                  destination.host().equals("nowhere.example")
                      ? new Located.Nowhere("no such host")
                      : new Located.Found(List.of(udp(1), udp(2), udp(3)))));
    }

    @Override
    public void obtain(Target target, Executor on, Consumer<FlowResult> result) {
      asked.add(target);
      int number = target.address().getAddress().getAddress()[3];
      on.execute(
          () ->
              result.accept(
                  refusing.contains(target)
                      ? new FlowResult.Unreachable(number + " refused")
                      : new FlowResult.Obtained(new RecordingFlow(target.transport(), number))));
    }

    @Override
    public void avoid(Target target, Duration time) {
      avoided.add(target);
    }

    @Override
    public boolean isAvoided(Target target) {
      return avoided.contains(target);
    }
  }

  private static Target udp(int number) {
    return new Target(
        Transport.UDP, new InetSocketAddress("192.0.2." + number, 5060), "carrier.example");
  }

  private static Target tcp(int number) {
    return new Target(
        Transport.TCP, new InetSocketAddress("192.0.2." + number, 5060), "carrier.example");
  }

  private TargetWalk walk(@Nullable Transport transport, String host) {
    return new TargetWalk(net, new Destination(transport, host, 0, false), Runnable::run);
  }

  private Flow obtained(int index) {
    return ((Flows.FlowResult.Obtained) results.get(index)).flow();
  }

  private Transport carrier(TargetWalk walk, int bytes) {
    walk.next(results::add);
    List<Flow> carriers = new ArrayList<>();
    walk.carrier(obtained(results.size() - 1), bytes, carriers::add);
    assertThat(carriers).hasSize(1);
    return carriers.getFirst().transport();
  }

  @Test
  void targetsComeInTheirOrderAndEnd() {
    TargetWalk walk = walk(null, "carrier.example");
    for (int i = 0; i < 4; i++) {
      walk.next(results::add);
    }
    assertThat(net.asked).containsExactly(udp(1), udp(2), udp(3));
    assertThat(results.getLast()).isInstanceOf(Flows.FlowResult.Unreachable.class);
    assertThat(walk.hasNext()).isFalse();
  }

  @Test
  void whatFailedLatelyComesLast() {
    TargetWalk first = walk(null, "carrier.example");
    first.next(results::add);
    first.failed(TargetWalk.AVOIDED);
    TargetWalk second = walk(null, "carrier.example");
    second.next(results::add);
    assertThat(net.asked).containsExactly(udp(1), udp(2));
    assertThat(second.hasNext()).isTrue();
  }

  @Test
  void whatCannotBeConnectedToIsPassedOverAndRemembered() {
    net.refusing.add(udp(1));
    walk(null, "carrier.example").next(results::add);
    assertThat(obtained(0).remote().getHostString()).isEqualTo("192.0.2.2");
    assertThat(net.avoided).containsExactly(udp(1));
  }

  @Test
  void allReasonsAreToldWhereNothingServes() {
    net.refusing.addAll(List.of(udp(1), udp(2), udp(3)));
    walk(null, "carrier.example").next(results::add);
    walk(null, "nowhere.example").next(results::add);
    assertThat(results)
        .containsExactly(
            new Flows.FlowResult.Unreachable("1 refused; 2 refused; 3 refused"),
            new Flows.FlowResult.Unreachable("no such host"));
  }

  @Test
  void numericHostsAreNotLookedUp() {
    walk(null, "192.0.2.9").next(results::add);
    assertThat(obtained(0).remote()).isEqualTo(new InetSocketAddress("192.0.2.9", 5060));
  }

  @Test
  void largeRequestsGoOverTcp() {
    assertThat(carrier(walk(null, "carrier.example"), 1_000)).isEqualTo(Transport.UDP);
    assertThat(carrier(walk(null, "carrier.example"), LARGE)).isEqualTo(Transport.TCP);
    assertThat(net.asked).endsWith(tcp(1));
  }

  @Test
  void wherePeersTakeNoTcpUdpIsUsedAndTcpNotTriedAgainSoon() {
    net.refusing.add(tcp(1));
    assertThat(carrier(walk(null, "carrier.example"), LARGE)).isEqualTo(Transport.UDP);
    assertThat(carrier(walk(null, "carrier.example"), LARGE)).isEqualTo(Transport.UDP);
    assertThat(net.asked).containsExactly(udp(1), tcp(1), udp(1));
  }

  @Test
  void tcpThatKeepsSilentIsFollowedByUdpToTheSameTarget() {
    TargetWalk walk = walk(null, "carrier.example");
    assertThat(carrier(walk, LARGE)).isEqualTo(Transport.TCP);
    assertThat(walk.isMoved()).isTrue();
    walk.broke();
    assertThat(carrier(walk, LARGE)).isEqualTo(Transport.UDP);
    assertThat(net.asked).containsExactly(udp(1), tcp(1), udp(1));
    walk.broke();
    walk.next(results::add);
    assertThat(net.asked).endsWith(udp(2));
    assertThat(net.avoided).containsExactlyInAnyOrder(tcp(1), udp(1));
  }

  @Test
  void whoeverAsksForUdpGetsUdp() {
    assertThat(carrier(walk(Transport.UDP, "carrier.example"), LARGE)).isEqualTo(Transport.UDP);
    assertThat(net.asked).containsExactly(udp(1));
  }
}

package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The time in which a source is learned: phones behind a NAT on networks that lose, delay and
 * reorder, with a flood from elsewhere that begins at any time; on a virtual clock, from seeds.
 */
final class LatchSimulationTest {

  private static final int SEEDS = 2_000;
  private static final long MILLI = 1_000_000L;
  private static final int PACKETS = 150;
  private static final int FLOOD_PER_STEP = 3;
  private static final InetSocketAddress SIGNALLED = address(1, 4000);
  private static final InetSocketAddress OUTSIDE = address(1, 61_000);
  private static final InetSocketAddress FORGER = address(9, 9_000);

  private record Flight(long at, int order, InetSocketAddress from, int seq)
      implements Comparable<Flight> {
    @Override
    public int compareTo(Flight other) {
      return at != other.at ? Long.compare(at, other.at) : Integer.compare(order, other.order);
    }
  }

  private static InetSocketAddress address(int host, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + host), port);
  }

  /** One phone that calls. */
  private static final class Run {

    private final Random random;
    private final PriorityQueue<Flight> network = new PriorityQueue<>();
    private final SourceLatch latch;
    private final InetSocketAddress phone;
    private final int floodFrom;
    private long now = 1_000 * MILLI;
    private int order;
    private int heard;
    private int forged;
    private int forgedOnceLearned;

    Run(int seed, InetSocketAddress phone, int floodFrom) {
      random = new Random(seed);
      this.phone = phone;
      this.floodFrom = floodFrom;
      latch = new SourceLatch(OUTSIDE.getAddress());
      latch.arm(SIGNALLED, now);
    }

    Run play() {
      int start = random.nextInt(0x10000);
      int strange = random.nextInt(0x10000);
      for (int i = 0; i < PACKETS; i++) {
        if (random.nextInt(100) >= 10) {
          send(phone, start + i, random.nextInt(10) == 0 ? 60 : random.nextInt(15));
        }
        for (int k = 0; i >= floodFrom && k < FLOOD_PER_STEP; k++) {
          send(FORGER, strange++, random.nextInt(15));
        }
        now += 20 * MILLI;
        arrive();
      }
      return this;
    }

    private void send(InetSocketAddress from, int seq, int delayMillis) {
      network.add(new Flight(now + delayMillis * MILLI, order++, from, seq & 0xFFFF));
    }

    private void arrive() {
      while (!network.isEmpty() && network.peek().at() <= now) {
        Flight flight = network.poll();
        boolean learned = phone.equals(latch.target()) && heard > 0;
        boolean real = flight.from().equals(phone);
        if (latch.accept(flight.from(), real ? 1 : 2, flight.seq(), false, flight.at())) {
          heard += real ? 1 : 0;
          forged += real ? 0 : 1;
          forgedOnceLearned += !real && learned ? 1 : 0;
        }
      }
    }
  }

  @Test
  void aPhoneBehindANatIsLearnedAndAFloodThatComesLaterIsNotHeard() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Run run = new Run(seed, OUTSIDE, 20 + seed % 100).play();
      assertThat(run.latch.target()).as("seed " + seed).isEqualTo(OUTSIDE);
      assertThat(run.forged).as("seed " + seed).isZero();
      assertThat(run.heard).as("seed " + seed).isGreaterThan(PACKETS * 7 / 10);
    }
  }

  @Test
  void aFloodFromTheFirstMomentOnKeepsNothingFromAPhoneOfTheHostThatSignals() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Run run = new Run(seed, OUTSIDE, 0).play();
      assertThat(run.latch.target()).as("seed " + seed).isEqualTo(OUTSIDE);
      assertThat(run.forgedOnceLearned).as("seed " + seed).isZero();
      assertThat(run.heard).as("seed " + seed).isGreaterThan(PACKETS * 7 / 10);
    }
  }

  @Test
  void theSignalledAddressIsHeardFromItsFirstPacketOn() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Run run = new Run(seed, SIGNALLED, 0).play();
      assertThat(run.latch.target()).as("seed " + seed).isEqualTo(SIGNALLED);
      assertThat(run.forgedOnceLearned).as("seed " + seed).isZero();
      assertThat(run.heard).as("seed " + seed).isGreaterThan(PACKETS * 7 / 10);
    }
  }
}

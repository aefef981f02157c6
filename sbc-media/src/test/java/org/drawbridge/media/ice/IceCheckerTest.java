package org.drawbridge.media.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.drawbridge.media.ice.IceChecker.Result;
import org.drawbridge.media.stun.MessageIntegrity;
import org.drawbridge.media.stun.Stun;
import org.drawbridge.media.stun.StunView;
import org.drawbridge.media.stun.StunWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Agents on a network that the test is, in its own time. */
final class IceCheckerTest {

  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;
  private static final long DELAY = 30 * MILLI;
  private static final InetSocketAddress NOWHERE = address(9, 9999);
  private static final InetSocketAddress ELSEWHERE = address(8, 8000);

  private final List<Flight> network = new ArrayList<>();
  private Random losses = new Random(1);
  private int loss;
  private long now = 50 * SECOND;

  private record Flight(long at, InetSocketAddress from, InetSocketAddress to, byte[] bytes) {}

  private static InetSocketAddress address(int host, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + host), port);
  }

  /** One agent; without a checker it is lite. */
  private final class Agent {
    private InetSocketAddress own;
    private @Nullable InetSocketAddress other;
    private boolean rests;
    private String ufrag;
    private String password;
    private final IceLiteAgent ice;
    private final IceChecker checker;
    private final boolean lite;
    private final StunWriter writer = new StunWriter();
    private int requests;

    Agent(int host, boolean lite) {
      own = address(host, 1000 * host);
      ufrag = "frag" + host;
      password = "the-password-of-number-" + host;
      this.lite = lite;
      ice = new IceLiteAgent(ufrag, password);
      checker = new IceChecker(new Random(host));
      if (!lite) {
        ice.beside(checker);
      }
    }

    void describe(Agent other, boolean answers, InetSocketAddress... candidates) {
      ice.remote(other.ufrag);
      if (!lite) {
        IceTargets targets = new IceTargets(other.lite, answers, List.of(candidates));
        checker.begin(other.ufrag + ':' + ufrag, other.password, targets, now);
      }
    }

    void restart(String fragment) {
      ufrag = fragment;
      password = "the-new-password-of-" + fragment;
      ice.restart(ufrag, password);
    }

    void run() {
      InetSocketAddress to = lite || rests ? null : checker.next(now, writer);
      if (to != null) {
        requests++;
        send(own, to, writer);
      }
    }

    boolean isAt(InetSocketAddress address) {
      return address.equals(own) || address.equals(other);
    }

    void take(byte[] bytes, InetSocketAddress from) {
      take(bytes, from, own);
    }

    void take(byte[] bytes, InetSocketAddress from, InetSocketAddress at) {
      StunView view = new StunView();
      assertThat(view.wrap(bytes, 0, bytes.length)).isTrue();
      if (view.type() == Stun.BINDING_REQUEST) {
        if (ice.onMessage(view, from, now, writer) != IceLiteAgent.Outcome.IGNORED) {
          send(at, from, writer);
        }
        return;
      }
      Result result = checker.onResponse(view, from, now);
      if (result != Result.NONE) {
        ice.confirmed(from, result == Result.NOMINATED, now);
      }
    }
  }

  private void send(InetSocketAddress from, InetSocketAddress to, StunWriter message) {
    if (losses.nextInt(100) >= loss) {
      byte[] bytes = Arrays.copyOf(message.buffer(), message.length());
      network.add(new Flight(now + DELAY, from, to, bytes));
    }
  }

  private void run(long nanos, Agent... agents) {
    for (long end = now + nanos; now < end; now += 10 * MILLI) {
      for (Flight flight : List.copyOf(network)) {
        if (flight.at() <= now) {
          network.remove(flight);
          for (Agent agent : agents) {
            if (agent.isAt(flight.to())) {
              agent.take(flight.bytes(), flight.from(), flight.to());
            }
          }
        }
      }
      for (Agent agent : agents) {
        agent.run();
      }
    }
  }

  private final Agent caller = new Agent(1, false);
  private final Agent callee = new Agent(2, false);
  private final Agent server = new Agent(3, true);

  private void describeBoth() {
    caller.describe(callee, true, NOWHERE, callee.own);
    callee.describe(caller, false, caller.own);
  }

  private static void haveMet(Agent one, Agent other) {
    assertThat(one.ice.isUp()).isTrue();
    assertThat(other.ice.isUp()).isTrue();
    assertThat(one.ice.target()).isEqualTo(other.own);
    assertThat(other.ice.target()).isEqualTo(one.own);
  }

  @Test
  void whoOfferedNominatesAndBothSendThere() {
    describeBoth();
    run(SECOND, caller, callee);
    haveAgreed();
    assertThat(caller.checker.isControlling()).isTrue();
  }

  @Test
  void theyMeetWhateverIsLost() {
    for (int seed = 0; seed < 100; seed++) {
      losses = new Random(seed);
      loss = 30;
      network.clear();
      Agent one = new Agent(4, false);
      Agent other = new Agent(5, seed % 3 == 0);
      one.describe(other, seed % 2 == 0, other.own);
      other.describe(one, seed % 2 != 0, one.own);
      run(90 * SECOND, one, other);
      loss = 0;
      run(10 * SECOND, one, other);
      assertThat(one.checker.isSettled()).as("seed %d", seed).isTrue();
      haveMet(one, other);
    }
  }

  /** A lite peer has made the offer and is controlled nonetheless. */
  @Test
  void aLitePeerIsCheckedAndNominatedWhoeverOffered() {
    caller.describe(server, false, server.own);
    server.describe(caller, true);
    run(SECOND, caller, server);
    haveMet(caller, server);
    assertThat(caller.checker.isControlling()).isTrue();
    assertThat(caller.checker.isSettled()).isTrue();
  }

  @Test
  void twoThatBothControlAgreeOnOne() {
    caller.describe(callee, true, callee.own);
    callee.describe(caller, true, caller.own);
    run(2 * SECOND, caller, callee);
    haveAgreed();
  }

  private void haveAgreed() {
    haveMet(caller, callee);
    assertThat(caller.checker.isControlling()).isNotEqualTo(callee.checker.isControlling());
    assertThat(caller.checker.isSettled() && callee.checker.isSettled()).isTrue();
  }

  @Test
  void twoThatAreBothControlledAgreeOnOne() {
    caller.describe(callee, false, callee.own);
    callee.describe(caller, false, caller.own);
    run(2 * SECOND, caller, callee);
    haveAgreed();
  }

  @Test
  void whereAPeersChecksComeFromIsCheckedThoughItsDescriptionDoesNotNameIt() {
    caller.describe(callee, true, NOWHERE);
    callee.describe(caller, false, caller.own);
    run(SECOND, caller, callee);
    haveMet(caller, callee);
  }

  /** As Asterisk behind a NAT: its check outruns its answer, and once answered is not repeated. */
  @Test
  void whereChecksCameFromBeforeTheDescriptionIsCheckedOnceThatIsThere() {
    callee.describe(caller, false, caller.own);
    run(SECOND, caller, callee);
    caller.describe(callee, true, NOWHERE);
    run(SECOND, caller, callee);
    haveMet(caller, callee);
    assertThat(caller.checker.isSettled()).isTrue();
  }

  /** Its checks have come, but it has not answered ours. */
  @Test
  void nothingIsSentToAnAddressBeforeItHasAnswered() {
    callee.describe(caller, false);
    caller.describe(callee, true, callee.own);
    caller.run();
    now += DELAY;
    callee.take(network.getFirst().bytes(), caller.own);
    assertThat(callee.ice.isValid(caller.own)).isTrue();
    assertThat(callee.ice.isUp()).isFalse();
    assertThat(callee.ice.target()).isNull();
  }

  @Test
  void whoNeverAnswersGetsFewRequestsAndNeverTooFast() {
    InetSocketAddress[] named = new InetSocketAddress[20];
    Arrays.setAll(named, i -> address(100 + i, 4000));
    caller.describe(callee, true, named);
    run(SECOND / 5, caller);
    assertThat(caller.requests).isLessThanOrEqualTo(4);
    run(38 * SECOND, caller);
    assertThat(caller.requests).isEqualTo(IceTargets.MAX_CANDIDATES * IceChecker.MAX_SENDS);
    assertThat(caller.ice.isUp()).isFalse();
    assertThat(caller.ice.unreached())
        .isEqualTo("no answer to ICE checks of the 8 address(es) of the peer");
  }

  @Test
  void onlyThePeersOwnAnswerFromWhereItWasAskedCounts() {
    caller.describe(callee, true, callee.own);
    caller.run();
    StunView request = new StunView();
    byte[] bytes = network.getFirst().bytes();
    assertThat(request.wrap(bytes, 0, bytes.length)).isTrue();
    assertThat(answer(request, "a-password-of-somebody-else", callee.own)).isEqualTo(Result.NONE);
    assertThat(answer(request, callee.password, NOWHERE)).isEqualTo(Result.NONE);
    assertThat(answer(request, callee.password, callee.own)).isEqualTo(Result.VALID);
    assertThat(answer(request, callee.password, callee.own)).as("again").isEqualTo(Result.NONE);
  }

  private Result answer(StunView request, String password, InetSocketAddress from) {
    StunWriter writer = new StunWriter().respond(request, Stun.BINDING_SUCCESS);
    writer.xorMappedAddress(caller.own).integrity(new MessageIntegrity(password)).fingerprint();
    StunView view = new StunView();
    assertThat(view.wrap(writer.buffer(), 0, writer.length())).isTrue();
    return caller.checker.onResponse(view, from, now);
  }

  @Test
  void afterARestartTheNewFragmentsAreCheckedAndMediaStaysMeanwhile() {
    describeBoth();
    run(SECOND, caller, callee);
    callee.restart("renewed");
    caller.restart("newone");
    caller.describe(callee, false, callee.own);
    callee.describe(caller, true, caller.own);
    assertThat(caller.ice.target()).isEqualTo(callee.own);
    assertThat(caller.checker.isSettled()).isFalse();
    run(SECOND, caller, callee);
    haveMet(caller, callee);
    assertThat(caller.checker.isSettled() && callee.checker.isSettled()).isTrue();
    assertThat(caller.checker.isControlling()).as("roles stay").isTrue();
    assertThat(caller.ice.localUfrags()).containsExactly("newone");
    assertThat(callee.ice.localUfrags()).containsExactly("renewed");
  }

  @Test
  void aLitePeerIsAskedForItsConsentEachFewSecondsAndLosesItInSilence() {
    caller.describe(server, true, server.own);
    server.describe(caller, false);
    run(SECOND, caller, server);
    int found = caller.requests;
    run(60 * SECOND, caller, server);
    assertThat(caller.requests - found).isBetween(9, 16);
    assertThat(caller.ice.consentExpired(now)).isFalse();
    run(37 * SECOND, caller);
    assertThat(caller.ice.consentExpired(now)).isTrue();
  }

  /** A NAT has given it another address, which it does not know of, and it only listens. */
  @Test
  void whoWeControlIsFollowedToWhereItChecksFromOnceItsOldAddressIsSilent() {
    describeBoth();
    run(SECOND, caller, callee);
    callee.own = ELSEWHERE;
    run(30 * SECOND, caller, callee);
    haveMet(caller, callee);
    assertThat(caller.checker.isSettled()).isTrue();
  }

  @Test
  void whoControlsUsIsFollowedToWhereItChecksFromThoughItNominatesNothing() {
    describeBoth();
    run(SECOND, caller, callee);
    caller.rests = true;
    caller.own = ELSEWHERE;
    for (int i = 0; i < 8; i++) {
      callee.take(checkOfCaller(false), ELSEWHERE);
      run(5 * SECOND, caller, callee);
    }
    haveMet(caller, callee);
  }

  /** Nobody else would check. */
  @Test
  void aLiteServerIsReachedAtItsOtherAddressOnceTheFirstIsSilent() {
    server.other = ELSEWHERE;
    caller.describe(server, true, server.own, ELSEWHERE);
    server.describe(caller, false);
    run(SECOND, caller, server);
    haveMet(caller, server);
    server.own = ELSEWHERE;
    run(30 * SECOND, caller, server);
    haveMet(caller, server);
  }

  @Test
  void whoHasBeenAtManyAddressesIsStillCheckedWhereItIs() {
    InetSocketAddress[] named = new InetSocketAddress[IceTargets.MAX_CANDIDATES];
    Arrays.setAll(named, i -> address(100 + i, 4000));
    named[0] = caller.own;
    callee.describe(caller, false, named);
    caller.describe(callee, true, callee.own);
    for (int i = 0; i < 10; i++) {
      run(30 * SECOND, caller, callee);
      haveMet(caller, callee);
      caller.own = address(50 + i, 5000);
    }
  }

  /** As libwebrtc, which goes on checking the path that it has left. */
  @Test
  void aPeerIsNotFollowedBackToWhereItOnlyChecksFrom() {
    describeBoth();
    run(SECOND, caller, callee);
    caller.rests = true;
    caller.other = ELSEWHERE;
    callee.take(checkOfCaller(true), ELSEWHERE);
    run(SECOND, caller, callee);
    assertThat(callee.ice.target()).isEqualTo(ELSEWHERE);
    for (int i = 0; i < 20; i++) {
      callee.take(checkOfCaller(false), caller.own);
      run(SECOND, caller, callee);
      assertThat(callee.ice.target()).isEqualTo(ELSEWHERE);
    }
  }

  /** As one that answers a check at an address that it gives up then. */
  @Test
  void whereANominationIsNotAnsweredAnotherIsTakenInSeconds() {
    server.other = ELSEWHERE;
    caller.describe(server, true, server.own, ELSEWHERE);
    server.describe(caller, false);
    caller.run();
    run(DELAY + 10 * MILLI, server);
    server.own = ELSEWHERE;
    run(5 * SECOND, caller, server);
    haveMet(caller, server);
  }

  private byte[] checkOfCaller(boolean nominates) {
    byte[] username = (callee.ufrag + ':' + caller.ufrag).getBytes(StandardCharsets.UTF_8);
    StunWriter writer = new StunWriter().begin(Stun.BINDING_REQUEST, new byte[12]);
    writer.attribute(Stun.USERNAME, username).attribute(Stun.ICE_CONTROLLING, new byte[8]);
    if (nominates) {
      writer.attribute(Stun.USE_CANDIDATE, new byte[0]);
    }
    writer.integrity(new MessageIntegrity(callee.password)).fingerprint();
    return Arrays.copyOf(writer.buffer(), writer.length());
  }
}

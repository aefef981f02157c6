package org.drawbridge.media.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.drawbridge.media.ice.IceLiteAgent.Outcome;
import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.stun.MessageIntegrity;
import org.drawbridge.media.stun.Stun;
import org.drawbridge.media.stun.StunView;
import org.drawbridge.media.stun.StunWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IceLiteAgentTest {

  private static final String PASSWORD = "our-password-of-22-chars";
  private static final String NEW_PASSWORD = "new-password-of-22-chars";
  private static final InetSocketAddress WIFI = address(5000);
  private static final InetSocketAddress CABLE = address(6000);
  private static final long SECOND = 1_000_000_000L;

  private final IceLiteAgent agent = new IceLiteAgent("ours", PASSWORD);
  private final StunView view = new StunView();
  private final StunWriter reply = new StunWriter();
  private long now = 77 * SECOND;

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @BeforeEach
  void describePeer() {
    agent.remote("peer");
  }

  private StunWriter request(String username) {
    byte[] name = username.getBytes(StandardCharsets.UTF_8);
    return new StunWriter()
        .begin(Stun.BINDING_REQUEST, new byte[12])
        .attribute(Stun.USERNAME, name)
        .attribute(Stun.ICE_CONTROLLING, new byte[8]);
  }

  private Outcome check(
      String username, String password, boolean nominate, InetSocketAddress from) {
    StunWriter writer = request(username);
    if (nominate) {
      writer.attribute(Stun.USE_CANDIDATE, new byte[0]);
    }
    return send(writer.integrity(new MessageIntegrity(password)).fingerprint(), from);
  }

  private Outcome send(StunWriter message, InetSocketAddress from) {
    assertThat(view.wrap(message.buffer(), 0, message.length())).isTrue();
    return agent.onMessage(view, from, now, reply);
  }

  /** Error code of the reply, 0 for success. */
  private int answered(String password) {
    StunView answer = new StunView();
    assertThat(answer.wrap(reply.buffer(), 0, reply.length())).isTrue();
    assertThat(answer.hasValidFingerprint()).isTrue();
    if (answer.type() == Stun.BINDING_SUCCESS) {
      assertThat(answer.has(Stun.XOR_MAPPED_ADDRESS)).isTrue();
      assertThat(answer.isIntact(new MessageIntegrity(password))).isTrue();
      return 0;
    }
    assertThat(answer.type()).isEqualTo(Stun.BINDING_ERROR);
    assertThat(Bytes.u16(reply.buffer(), 20)).isEqualTo(Stun.ERROR_CODE);
    return reply.buffer()[26] * 100 + reply.buffer()[27];
  }

  @Test
  void anAuthenticCheckMakesItsSourceValidAndANominationSelectsIt() {
    assertThat(agent.isUp()).isFalse();
    assertThat(check("ours:peer", PASSWORD, false, WIFI)).isEqualTo(Outcome.CHECKED);
    assertThat(answered(PASSWORD)).isZero();
    assertThat(agent.isValid(WIFI)).isTrue();
    assertThat(agent.target()).as("before nomination the first valid one").isEqualTo(WIFI);
    assertThat(check("ours:peer", PASSWORD, true, CABLE)).isEqualTo(Outcome.NOMINATED);
    assertThat(agent.target()).isEqualTo(CABLE);
    assertThat(check("ours:peer", PASSWORD, false, WIFI)).isEqualTo(Outcome.CHECKED);
    assertThat(agent.target()).as("a check without nomination moves nothing").isEqualTo(CABLE);
  }

  private Outcome nominate(int number, String username, String password, InetSocketAddress from) {
    byte[] value = {(byte) 0, (byte) 0, (byte) (number >> 8), (byte) number};
    StunWriter writer = request(username).attribute(Stun.NOMINATION, value);
    return send(writer.integrity(new MessageIntegrity(password)).fingerprint(), from);
  }

  @Test
  void aRenominationMovesMediaAndALateOneOfBeforeDoesNot() {
    assertThat(nominate(1, "ours:peer", PASSWORD, WIFI)).isEqualTo(Outcome.NOMINATED);
    assertThat(nominate(2, "ours:peer", PASSWORD, CABLE)).isEqualTo(Outcome.NOMINATED);
    assertThat(agent.target()).isEqualTo(CABLE);
    assertThat(nominate(1, "ours:peer", PASSWORD, WIFI)).isEqualTo(Outcome.CHECKED);
    assertThat(agent.target()).isEqualTo(CABLE);
    assertThat(nominate(2, "ours:peer", PASSWORD, WIFI)).isEqualTo(Outcome.NOMINATED);
  }

  @Test
  void aRestartCountsNominationsAnew() {
    nominate(7, "ours:peer", PASSWORD, WIFI);
    agent.remote("peer2");
    agent.restart("ours2", NEW_PASSWORD);
    assertThat(nominate(1, "ours2:peer2", NEW_PASSWORD, CABLE)).isEqualTo(Outcome.NOMINATED);
    assertThat(agent.target()).isEqualTo(CABLE);
  }

  /** As when a NAT gives it another port: Firefox, once it has nominated, only checks and talks. */
  @Test
  void aPeerIsFollowedToWhereItTalksFromOnceItsOldAddressIsSilent() {
    check("ours:peer", PASSWORD, true, WIFI);
    check("ours:peer", PASSWORD, false, CABLE);
    for (int i = 0; i < 5; i++) {
      now += 2 * SECOND;
      agent.heard(WIFI, now);
      agent.heard(CABLE, now);
      assertThat(agent.target()).isEqualTo(WIFI);
    }
    now += 2 * SECOND;
    agent.heard(CABLE, now);
    assertThat(agent.target()).isEqualTo(WIFI);
    now += SECOND;
    agent.heard(CABLE, now);
    assertThat(agent.target()).isEqualTo(CABLE);
    agent.heard(WIFI, now + SECOND);
    assertThat(agent.target()).as("a late packet").isEqualTo(CABLE);
  }

  @Test
  void aPeerThatOnlyListensIsFollowedToWhereItChecksFrom() {
    check("ours:peer", PASSWORD, true, WIFI);
    for (int i = 0; i < 2; i++) {
      now += 6 * SECOND;
      check("ours:peer", PASSWORD, false, CABLE);
      assertThat(agent.target()).as("a check or two may be lost").isEqualTo(WIFI);
    }
    now += 6 * SECOND;
    check("ours:peer", PASSWORD, false, CABLE);
    assertThat(agent.target()).isEqualTo(CABLE);
  }

  @Test
  void aLostAddressIsNoTargetAnyMore() {
    check("ours:peer", PASSWORD, false, CABLE);
    check("ours:peer", PASSWORD, true, WIFI);
    agent.lost(WIFI);
    assertThat(agent.isValid(WIFI)).isFalse();
    assertThat(agent.target()).isEqualTo(CABLE);
    agent.lost(CABLE);
    assertThat(agent.target()).isNull();
  }

  @Test
  void aRequestWithoutCredentialsIsBad() {
    assertThat(send(request("ours:peer").fingerprint(), WIFI)).isEqualTo(Outcome.REFUSED);
    assertThat(answered(PASSWORD)).isEqualTo(400);
    assertThat(agent.isValid(WIFI)).isFalse();
  }

  @Test
  void wrongNamesAndPasswordsAreUnauthorized() {
    for (String[] wrong :
        new String[][] {
          {"theirs:peer", PASSWORD},
          {"ours", PASSWORD},
          {"ours:peer", NEW_PASSWORD}
        }) {
      assertThat(check(wrong[0], wrong[1], true, WIFI)).isEqualTo(Outcome.REFUSED);
      assertThat(answered(PASSWORD)).isEqualTo(401);
    }
    assertThat(agent.isUp()).isFalse();
  }

  @Test
  void anUnknownAttributeThatMustBeUnderstoodIsNamed() {
    StunWriter writer = request("ours:peer").attribute(0x0031, new byte[4]);
    writer.integrity(new MessageIntegrity(PASSWORD)).fingerprint();
    assertThat(send(writer, WIFI)).isEqualTo(Outcome.REFUSED);
    assertThat(answered(PASSWORD)).isEqualTo(420);
    view.wrap(reply.buffer(), 0, reply.length());
    assertThat(view.has(Stun.UNKNOWN_ATTRIBUTES)).isTrue();
    assertThat(view.isIntact(new MessageIntegrity(PASSWORD))).isTrue();
  }

  @Test
  void aPeerThatWantsToBeControlledHasARoleConflict() {
    StunWriter writer = request("ours:peer").attribute(Stun.ICE_CONTROLLED, new byte[8]);
    writer.integrity(new MessageIntegrity(PASSWORD)).fingerprint();
    assertThat(send(writer, WIFI)).isEqualTo(Outcome.REFUSED);
    assertThat(answered(PASSWORD)).isEqualTo(487);
    assertThat(agent.isUp()).isFalse();
  }

  @Test
  void aWrongFingerprintIsNotAnswered() {
    StunWriter writer = request("ours:peer").integrity(new MessageIntegrity(PASSWORD));
    writer.fingerprint().buffer()[writer.length() - 1] ^= 1;
    assertThat(send(writer, WIFI)).isEqualTo(Outcome.IGNORED);
  }

  @Test
  void checksThatOutrunTheDescriptionAreAnswered() {
    IceLiteAgent early = new IceLiteAgent("ours", PASSWORD);
    StunWriter writer = request("ours:anyone").integrity(new MessageIntegrity(PASSWORD));
    view.wrap(writer.fingerprint().buffer(), 0, writer.length());
    assertThat(early.onMessage(view, WIFI, now, reply)).isEqualTo(Outcome.CHECKED);
  }

  @Test
  void mediaFollowsAPeerToAnotherNetworkBeforeItsDescriptionDoes() {
    check("ours:peer", PASSWORD, true, WIFI);
    assertThat(check("ours:peer2", PASSWORD, true, CABLE)).isEqualTo(Outcome.NOMINATED);
    assertThat(agent.target()).isEqualTo(CABLE);
    agent.remote("peer2");
    agent.restart("ours2", NEW_PASSWORD);
    assertThat(check("ours:peer2", PASSWORD, false, CABLE)).isEqualTo(Outcome.CHECKED);
    assertThat(check("ours2:peer2", NEW_PASSWORD, true, CABLE)).isEqualTo(Outcome.NOMINATED);
    assertThat(agent.target()).isEqualTo(CABLE);
    assertThat(agent.localUfrags()).containsExactly("ours2");
    assertThat(check("ours:peer", PASSWORD, true, WIFI)).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void aRestartKeepsTheOldPathUntilTheNewOneIsNominated() {
    check("ours:peer", PASSWORD, true, WIFI);
    agent.remote("peer2");
    agent.restart("ours2", NEW_PASSWORD);
    assertThat(agent.target()).isEqualTo(WIFI);
    assertThat(agent.localUfrags()).containsExactly("ours", "ours2");
    assertThat(check("ours:peer", PASSWORD, true, WIFI))
        .as("in flight")
        .isEqualTo(Outcome.NOMINATED);
    assertThat(check("ours2:peer2", NEW_PASSWORD, true, CABLE)).isEqualTo(Outcome.NOMINATED);
    assertThat(agent.target()).isEqualTo(CABLE);
    assertThat(check("ours:peer", PASSWORD, true, WIFI)).isEqualTo(Outcome.REFUSED);
    assertThat(answered(PASSWORD)).isEqualTo(401);
  }

  @Test
  void aPeerThatWasNeverToldOurNewCredentialsGoesOnWithTheOld() {
    check("ours:peer", PASSWORD, true, WIFI);
    for (int i = 2; i < 5; i++) {
      agent.remote("peer" + i);
      agent.restart("ours" + i, NEW_PASSWORD);
      InetSocketAddress path = address(7000 + i);
      assertThat(check("ours:peer" + i, PASSWORD, true, path)).isEqualTo(Outcome.NOMINATED);
      assertThat(agent.target()).isEqualTo(path);
      String before = i == 2 ? "peer" : "peer" + (i - 1);
      assertThat(check("ours:" + before, PASSWORD, true, WIFI)).isEqualTo(Outcome.REFUSED);
    }
  }

  @Test
  void consentLastsThirtySecondsFromTheLastCheck() {
    assertThat(agent.consentExpired(now + 100 * SECOND)).as("never had any").isFalse();
    check("ours:peer", PASSWORD, true, WIFI);
    now += 25 * SECOND;
    check("ours:peer", PASSWORD, false, WIFI);
    assertThat(agent.consentExpired(now + 29 * SECOND)).isFalse();
    assertThat(agent.consentExpired(now + 30 * SECOND)).isTrue();
  }

  @Test
  void aPeerCannotFillTheTableOfValidAddressesNorPushOutTheSelectedOne() {
    check("ours:peer", PASSWORD, true, WIFI);
    for (int port = 10_000; port < 10_100; port++) {
      check("ours:peer", PASSWORD, false, address(port));
    }
    assertThat(agent.target()).isEqualTo(WIFI);
    assertThat(agent.isValid(WIFI)).isTrue();
    assertThat(agent.isValid(address(10_000))).isFalse();
    assertThat(agent.isValid(address(10_099))).isTrue();
  }
}

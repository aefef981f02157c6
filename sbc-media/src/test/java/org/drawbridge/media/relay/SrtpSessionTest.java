package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.media.rtp.RtpView;
import org.drawbridge.media.srtp.SrtpFixture;
import org.drawbridge.media.srtp.SrtpKeys;
import org.drawbridge.media.srtp.SrtpProfile;
import org.drawbridge.media.srtp.SrtpResult;
import org.drawbridge.media.srtp.SrtpSender;
import org.junit.jupiter.api.Test;

/** A stream outlives the keys it was begun with. */
class SrtpSessionTest {

  private static final SrtpProfile PROFILE = SrtpProfile.AES_CM_128_HMAC_SHA1_80;
  private static final int SSRC = 0xCAFE0001;

  /** As far as one packet may be ahead of another without a wrap being missed. */
  private static final int STRIDE = 30_000;

  private static final int STRIDES = 8;

  private final SrtpKeys first = SrtpFixture.keys(PROFILE, 1);
  private final SrtpKeys second = SrtpFixture.keys(PROFILE, 2);
  private final SrtpSession session = SrtpSession.rekey(null, SrtpFixture.otherSide(first));
  private final byte[] packet = new byte[200];

  private int seal(SrtpSender sender, int index) {
    RtpView.write(packet, 8, index & 0xFFFF, 160 * index, SSRC);
    assertThat(sender.protectRtp(packet, 0, 40)).isEqualTo(SrtpResult.OK);
    return sender.length();
  }

  private SrtpResult open(SrtpSession by, int length) {
    return by.receiver().unprotectRtp(packet, 0, length);
  }

  private void talkAcrossWraps() {
    SrtpSender phone = new SrtpSender(first);
    for (int i = 0; i < STRIDES; i++) {
      assertThat(open(session, seal(phone, i * STRIDE))).isEqualTo(SrtpResult.OK);
    }
  }

  @Test
  void theRolloverCounterGoesOnUnderTheNextKey() {
    talkAcrossWraps();
    SrtpSession next = SrtpSession.rekey(session, SrtpFixture.otherSide(second));
    SrtpSender phone = new SrtpSender(second);
    for (int i = 0; i < STRIDES; i++) {
      seal(phone, i * STRIDE);
    }
    assertThat(open(next, seal(phone, STRIDES * STRIDE))).isEqualTo(SrtpResult.OK);
  }

  @Test
  void whatWasOnItsWayWhenTheKeyChangedIsHeardUntilThePeerUsesTheNext() {
    SrtpSender before = new SrtpSender(first);
    assertThat(open(session, seal(before, 1))).isEqualTo(SrtpResult.OK);
    SrtpSession next = SrtpSession.rekey(session, SrtpFixture.otherSide(second));
    SrtpSender after = new SrtpSender(second);
    assertThat(open(next, seal(before, 2))).isEqualTo(SrtpResult.OK);
    assertThat(next.receiver().length()).isEqualTo(40);
    assertThat(RtpView.seq(packet, 0)).isEqualTo(2);
    int again = seal(new SrtpSender(first), 2);
    assertThat(open(next, again)).as("a replay").isEqualTo(SrtpResult.REPLAYED);
    assertThat(open(next, seal(after, 3))).isEqualTo(SrtpResult.OK);
    assertThat(open(next, seal(before, 4))).isEqualTo(SrtpResult.NOT_AUTHENTIC);
  }

  @Test
  void keysOfLongAgoAreWorthNothing() {
    SrtpSender before = new SrtpSender(first);
    assertThat(open(session, seal(before, 1))).isEqualTo(SrtpResult.OK);
    SrtpSession next = SrtpSession.rekey(session, SrtpFixture.otherSide(second));
    SrtpSession last = SrtpSession.rekey(next, SrtpFixture.otherSide(SrtpFixture.keys(PROFILE, 3)));
    SrtpSession fourth =
        SrtpSession.rekey(last, SrtpFixture.otherSide(SrtpFixture.keys(PROFILE, 4)));
    assertThat(open(fourth, seal(before, 2))).isEqualTo(SrtpResult.NOT_AUTHENTIC);
  }

  /** Two descriptions in a row, the second before the first had any effect. */
  @Test
  void whatWasOnItsWayWhenTheKeyChangedTwiceIsHeard() {
    SrtpSender before = new SrtpSender(first);
    assertThat(open(session, seal(before, 1))).isEqualTo(SrtpResult.OK);
    SrtpKeys third = SrtpFixture.keys(PROFILE, 3);
    SrtpSession next = SrtpSession.rekey(session, SrtpFixture.otherSide(second));
    SrtpSession last = SrtpSession.rekey(next, SrtpFixture.otherSide(third));
    SrtpSender between = new SrtpSender(second);
    assertThat(open(last, seal(before, 2))).isEqualTo(SrtpResult.OK);
    assertThat(last.receiver().isSuperseded()).isTrue();
    assertThat(open(last, seal(between, 3))).isEqualTo(SrtpResult.OK);
    assertThat(open(last, seal(before, 4))).isEqualTo(SrtpResult.NOT_AUTHENTIC);
    assertThat(open(last, seal(new SrtpSender(third), 5))).isEqualTo(SrtpResult.OK);
    assertThat(open(last, seal(between, 6))).isEqualTo(SrtpResult.NOT_AUTHENTIC);
  }

  /** As a phone that names a new key when it holds the call, and another when it resumes. */
  @Test
  void theRolloverCounterGoesOnUnderAKeyAfterOneThatWasNeverUsed() {
    talkAcrossWraps();
    SrtpKeys third = SrtpFixture.keys(PROFILE, 3);
    SrtpSession held = SrtpSession.rekey(session, SrtpFixture.otherSide(second));
    SrtpSession resumed = SrtpSession.rekey(held, SrtpFixture.otherSide(third));
    SrtpSender phone = new SrtpSender(third);
    for (int i = 0; i < STRIDES; i++) {
      seal(phone, i * STRIDE);
    }
    assertThat(open(resumed, seal(phone, STRIDES * STRIDE))).isEqualTo(SrtpResult.OK);
  }

  @Test
  void aPeerThatCountsAnewUnderTheNextKeyIsHeardToo() {
    talkAcrossWraps();
    SrtpSession next = SrtpSession.rekey(session, SrtpFixture.otherSide(second));
    SrtpSender phone = new SrtpSender(second);
    assertThat(open(next, seal(phone, STRIDES * STRIDE))).isEqualTo(SrtpResult.OK);
    assertThat(open(next, seal(phone, STRIDES * STRIDE + 1))).isEqualTo(SrtpResult.OK);
  }
}

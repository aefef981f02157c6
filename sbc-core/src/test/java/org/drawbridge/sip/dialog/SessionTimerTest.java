package org.drawbridge.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.drawbridge.sip.dialog.SessionTimer.Step;
import org.drawbridge.sip.flow.RecordingFlow;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.Messages;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTimerTest {

  private static final long NOW = 1_000_000;

  private final SessionTimer timer = new SessionTimer(SessionTimerSettings.DEFAULTS);

  /** RFC 4028 table 2, and what we choose where it leaves the choice to us. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          # Session-Expires     | Supported | Session-Expires of the 2xx | Require | refresh
          90;refresher=uac      | timer     | 90;refresher=uac           | timer   | peer
          90;refresher=uas      | timer     | 90;refresher=uas           | timer   | we
          90                    | timer     | 90;refresher=uac           | timer   | peer
          3600                  | timer     | 1800;refresher=uac         | timer   | peer
          none                  | timer     | 1800;refresher=uas         | timer   | we
          600                   | none      | 600;refresher=uas          | none    | we
          none                  | none      | none                       | none    | nobody
          40                    | none      | none                       | none    | nobody
          garbage               | timer     | 1800;refresher=uas         | timer   | we
          """)
  void answersAsUas(
      @Nullable String asked,
      @Nullable String supported,
      @Nullable String answered,
      @Nullable String required,
      String refresh) {
    SipResponse ok = accept(request(asked, supported, null));
    assertThat(ok.headers().first(HeaderName.SESSION_EXPIRES)).isEqualTo(answered);
    assertThat(ok.headers().first(HeaderName.REQUIRE)).isEqualTo(required);
    assertThat(timer.weRefresh()).isEqualTo(refresh.equals("we"));
    assertThat(timer.isRunning()).isEqualTo(!refresh.equals("nobody"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          # Session-Expires of the 2xx | interval | refresh
          1800;refresher=uac           | 1800     | we
          1800;refresher=uas           | 1800     | peer
          600                          | 600      | we
          1;refresher=uac              | 20       | we
          none                         | 1800     | nobody
          """)
  void readsTheAnswerAsUac(@Nullable String answered, int interval, String refresh) {
    timer.onSuccess(success(answered), NOW);
    assertThat(timer.interval()).isEqualTo(interval);
    assertThat(timer.weRefresh()).isEqualTo(refresh.equals("we"));
    assertThat(timer.isRunning()).isEqualTo(!refresh.equals("nobody"));
  }

  @Test
  void aPeerWithoutTimersIsAskedOnceInAnInterval() {
    timer.onSuccess(success(null), NOW);
    assertThat(timer.nextDeadline()).isEqualTo(NOW + 1_800_000);
    assertThat(timer.step(NOW + 1_799_999)).isEqualTo(Step.WAIT);
    assertThat(timer.step(NOW + 1_800_000)).isEqualTo(Step.CHECK);
    assertThat(timer.nextDeadline()).isEqualTo(NOW + 3_600_000);

    timer.onSuccess(success("1800;refresher=uas"), NOW + 1_900_000);
    assertThat(timer.step(NOW + 3_600_000)).isEqualTo(Step.WAIT);
  }

  @Test
  void aPeerThatRefreshesInTimeKeepsTheSession() {
    SipRequest update = request("90;refresher=uac", "timer", null);
    for (int i = 0; i < 10; i++) {
      long now = NOW + i * 45_000L;
      assertThat(timer.step(now)).isEqualTo(Step.WAIT);
      timer.accept(update, ok(update), now);
    }
    assertThat(timer.step(NOW + 9 * 45_000 + 59_999)).isEqualTo(Step.WAIT);
  }

  @Test
  void aSessionNobodyRefreshesEndsOnce() {
    accept(request("90;refresher=uac", "timer", null));
    assertThat(timer.nextDeadline()).isEqualTo(NOW + 60_000);
    assertThat(timer.step(NOW + 60_000)).isEqualTo(Step.EXPIRED);
    assertThat(timer.step(NOW + 90_000)).isEqualTo(Step.WAIT);
    assertThat(timer.isRunning()).isFalse();
  }

  @Test
  void theMarginBeforeTheEndIsAtMost32Seconds() {
    timer.onSuccess(success("1800;refresher=uas"), NOW);
    assertThat(timer.nextDeadline()).isEqualTo(NOW + 1_768_000);
  }

  @Test
  void weRefreshAtHalfTimeAndAgainWhileItFails() {
    timer.onSuccess(success("90;refresher=uac"), NOW);
    assertThat(timer.step(NOW + 44_999)).isEqualTo(Step.WAIT);
    assertThat(timer.step(NOW + 45_000)).isEqualTo(Step.REFRESH);
    assertThat(timer.step(NOW + 45_000)).isEqualTo(Step.WAIT);
    assertThat(timer.nextDeadline()).isEqualTo(NOW + 52_500);
    assertThat(timer.step(NOW + 52_500)).isEqualTo(Step.REFRESH);
    assertThat(timer.step(NOW + 60_000)).isEqualTo(Step.EXPIRED);
  }

  @Test
  void aRefreshThatSucceedsStartsTheIntervalAnew() {
    timer.onSuccess(success("90;refresher=uac"), NOW);
    timer.step(NOW + 45_000);
    timer.onSuccess(success("90;refresher=uac"), NOW + 45_100);
    assertThat(timer.nextDeadline()).isEqualTo(NOW + 90_100);
  }

  @Test
  void theFirstRequestLeavesTheRefresherOpenAndLaterOnesKeepTheRoles() {
    assertThat(asked()).isEqualTo("1800");
    timer.onSuccess(success("600;refresher=uac"), NOW);
    assertThat(asked()).isEqualTo("600;refresher=uac");
    accept(request("600;refresher=uac", "timer", null));
    assertThat(asked()).isEqualTo("600;refresher=uas");
  }

  /** Each INVITE or UPDATE that succeeds may give the duty to the other side (section 7.4, 9). */
  @Test
  void theDutyToRefreshGoesToAndFro() {
    accept(request("90;refresher=uac", "timer", null));
    assertThat(timer.weRefresh()).isFalse();

    SipResponse ours = accept(request("90;refresher=uas", "timer", null));
    assertThat(ours.headers().first(HeaderName.SESSION_EXPIRES)).isEqualTo("90;refresher=uas");
    assertThat(timer.step(NOW + 45_000)).isEqualTo(Step.REFRESH);
    assertThat(asked()).isEqualTo("90;refresher=uac");

    timer.onSuccess(success("90;refresher=uas"), NOW + 45_000);
    assertThat(timer.weRefresh()).isFalse();
    assertThat(timer.step(NOW + 90_000)).isEqualTo(Step.WAIT);
    assertThat(timer.step(NOW + 105_000)).as("nobody refreshed").isEqualTo(Step.EXPIRED);
  }

  @Test
  void aPeerThatTakesTheDutyWhileOurRefreshFailsHasIt() {
    timer.onSuccess(success("90;refresher=uac"), NOW);
    assertThat(timer.step(NOW + 45_000)).isEqualTo(Step.REFRESH);
    accept(request("90;refresher=uac", "timer", null));
    assertThat(timer.nextDeadline()).as("its end").isEqualTo(NOW + 60_000);
    assertThat(timer.weRefresh()).isFalse();
  }

  @Test
  void aReInviteThatForgetsTheTimerKeepsItWithItsRoles() {
    accept(request("90;refresher=uac", "timer", null));
    SipResponse ok = accept(request(null, "timer", null));
    assertThat(ok.headers().first(HeaderName.SESSION_EXPIRES)).isEqualTo("90;refresher=uac");
    assertThat(timer.weRefresh()).isFalse();
  }

  @Test
  void tooSmallAnIntervalGets422OnlyFromPeersThatKnowWhy() {
    SessionTimer strict = new SessionTimer(new SessionTimerSettings(1_800, 300));
    SipRequest knows = request("90", "timer", null);
    assertThat(strict.isTooSmall(knows)).isTrue();
    assertThat(strict.isTooSmall(request("90", null, null))).isFalse();
    assertThat(strict.isTooSmall(request("300", "timer", null))).isFalse();
    assertThat(strict.isTooSmall(request(null, "timer", null))).isFalse();
    Dialog dialog = Dialog.uas(knows, new RecordingFlow(Transport.UDP, 1), "ours");
    SipResponse refusal = strict.tooSmall(dialog, knows).build();
    assertThat(refusal.status()).isEqualTo(422);
    assertThat(refusal.headers().first(HeaderName.MIN_SE)).isEqualTo("300");
  }

  @Test
  void a422RaisesWhatWeAskForOnce() {
    SipResponse refusal = Messages.response(request(null, null, null), 422);
    SipResponse wants3600 = refusal.edit().header(HeaderName.MIN_SE, "3600").build();
    assertThat(timer.onTooSmall(refusal)).isFalse();
    assertThat(timer.onTooSmall(wants3600)).isTrue();
    assertThat(timer.onTooSmall(wants3600)).isFalse();
    MessageBuilder<SipRequest> again = request(null, null, null).edit();
    timer.ask(again);
    assertThat(again.build().headers().first(HeaderName.SESSION_EXPIRES)).isEqualTo("3600");
    assertThat(again.build().headers().first(HeaderName.MIN_SE)).isEqualTo("3600");
  }

  @Test
  void aPeersMinSeIsHonoured() {
    SipResponse ok = accept(request("7200;refresher=uac", "timer", "3600"));
    assertThat(ok.headers().first(HeaderName.SESSION_EXPIRES)).isEqualTo("3600;refresher=uac");
  }

  @Test
  void settingsBelowTheRfcsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SessionTimerSettings(1_800, 89));
    assertThatIllegalArgumentException().isThrownBy(() -> new SessionTimerSettings(100, 200));
  }

  private @Nullable String asked() {
    MessageBuilder<SipRequest> request = request(null, null, null).edit();
    timer.ask(request);
    return request.build().headers().first(HeaderName.SESSION_EXPIRES);
  }

  private SipResponse accept(SipRequest request) {
    MessageBuilder<SipResponse> ok = ok(request);
    timer.accept(request, ok, NOW);
    return ok.build();
  }

  private static MessageBuilder<SipResponse> ok(SipRequest request) {
    return Messages.response(request, 200).edit();
  }

  private static SipResponse success(@Nullable String sessionExpires) {
    MessageBuilder<SipResponse> ok = ok(request(null, null, null));
    return with(ok, HeaderName.SESSION_EXPIRES, sessionExpires).build();
  }

  private static SipRequest request(
      @Nullable String sessionExpires, @Nullable String supported, @Nullable String minSe) {
    MessageBuilder<SipRequest> request = Messages.incoming(Method.UPDATE, "call", "z9hG4bKa");
    with(request, HeaderName.SESSION_EXPIRES, sessionExpires);
    with(request, HeaderName.SUPPORTED, supported);
    return with(request, HeaderName.MIN_SE, minSe).build();
  }

  private static <B extends MessageBuilder<?>> B with(
      B builder, HeaderName name, @Nullable String value) {
    if (value != null) {
      builder.header(name, value);
    }
    return builder;
  }
}

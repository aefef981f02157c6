package org.drawbridge.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.support.BaresipPhone.Answering.AUTO;

import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.Browser;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.Picture;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Browsers with cameras: the picture of each is decoded by the other, and the sound stays. */
@OnTestBed
final class VideoTest {

  private static final Tone LOW = new Tone(440);
  private static final Tone HIGH = new Tone(1000);

  @Test
  void twoBrowsersSeeAndHearEachOther(TestBed bed) {
    Browser caller = bed.browser("1001", LOW);
    Browser callee = bed.browser("1002", HIGH);
    caller.camera(320, 240);
    callee.camera(640, 480);
    caller.talkTo("1002", callee);

    callee.awaitPicture(320, 240);
    caller.awaitPicture(640, 480);
    callee.awaitTone(LOW);
    caller.awaitTone(HIGH);
    assertThat(caller.picture().codec()).startsWith("video/");
    for (JsonNode leg : legs(bed)) {
      assertThat(leg.at("/video/codec").asString()).isIn("VP8", "VP9", "H264", "AV1");
      assertThat(leg.at("/video/received/packets").asInt()).isGreaterThan(20);
      assertThat(leg.at("/video/received/lost").asInt()).isZero();
    }
    int before = legs(bed).path(0).at("/video/received/packets").asInt();
    callee.awaitPicture(320, 240);
    assertThat(legs(bed).path(0).at("/video/received/packets").asInt()).isGreaterThan(before);
  }

  private static JsonNode legs(TestBed bed) {
    JsonNode legs = bed.sbc().ask("calls").data().at("/calls/0/legs");
    assertThat(legs.size()).isEqualTo(2);
    return legs;
  }

  @Test
  void holdingStopsThePictureAndResumingBringsItBack(TestBed bed) {
    Browser caller = bed.browser("1001", LOW);
    Browser callee = bed.browser("1002", HIGH);
    caller.camera(320, 240);
    callee.camera(320, 240);
    caller.talkTo("1002", callee);
    callee.awaitPicture(320, 240);

    caller.hold();
    callee.awaitEvent("hold");
    caller.awaitStill();

    caller.resume();
    callee.awaitEvent("unhold");
    caller.awaitPicture(320, 240);
    callee.awaitPicture(320, 240);
    callee.awaitTone(LOW);
  }

  @Test
  void aCameraSwitchedOnInACallIsSeen(TestBed bed) {
    Browser caller = bed.browser("1001", LOW);
    Browser callee = bed.browser("1002", HIGH);
    caller.talkTo("1002", callee);
    callee.awaitTone(LOW);

    caller.switchCameraOn(320, 240);

    callee.awaitPicture(320, 240);
    callee.awaitTone(LOW);
  }

  @Test
  void aPhoneWithoutAScreenHasTheSoundOfABrowserWithACamera(TestBed bed) {
    BaresipPhone phone = bed.phone("1002", HIGH, PhoneTransport.UDP, AUTO);
    Browser browser = bed.browser("1001", LOW);
    browser.camera(320, 240);

    browser.call("1002");
    browser.awaitEvent("confirmed");

    phone.awaitTone(LOW);
    browser.awaitTone(HIGH);
    assertThat(browser.remoteMediaLines())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("m=video 0 "));
  }

  @Test
  void oneToWhomACallIsTransferredSeesAWholePicture(TestBed bed) {
    Browser watched = bed.browser("1001", LOW);
    Browser first = bed.browser("1002", HIGH);
    Browser second = bed.browser("1003", HIGH);
    watched.camera(320, 240);
    first.camera(320, 240);
    second.camera(640, 480);
    watched.talkTo("1002", first);
    first.awaitPicture(320, 240);
    Picture before = watched.picture();

    first.refer("1003");
    second.awaitEvent("session");
    second.answer();

    second.awaitPicture(320, 240);
    watched.awaitPicture(640, 480);
    assertThat(watched.picture().keyFramesSent()).isGreaterThan(before.keyFramesSent());
  }
}

package org.drawbridge.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Predicate;
import org.drawbridge.support.Await;
import org.drawbridge.support.Browser;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.Picture;
import org.drawbridge.support.SbcProcess;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Pictures over a network that loses packets: what is lost is sent again, or painted anew. */
@OnTestBed
final class VideoLossTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void aPictureSurvivesLossesAndThoseWhoRunItSeeThem(TestBed bed) {
    Network network = bed.join(Network.make());
    Parties parties = new Parties(bed, network);
    Site home = network.site("home");
    Browser caller = parties.browser("1001", new Tone(440), home.host());
    Browser callee = parties.browser("1002", new Tone(1000), network.site("shop").host());
    caller.camera(320, 240);
    callee.camera(320, 240);
    caller.call("1002");
    callee.awaitEvent("session");
    callee.answer();
    callee.awaitPicture(320, 240);
    caller.awaitPicture(320, 240);

    home.loseUdp(10);
    awaitVideo(parties.sbc(), "packets asked for and sent again", VideoLossTest::isRepaired);
    callee.awaitPicture(320, 240);
    caller.awaitPicture(320, 240);

    Picture before = callee.picture();
    // Longer than senders can repeat, and too short for ICE to give the path up.
    home.loseUdp(100);
    Await.pause(Duration.ofSeconds(4));
    home.loseUdp(0);
    Await.until(
        "a whole picture asked for",
        LIMIT,
        callee::picture,
        now -> now.requestsReceived() > before.requestsReceived());
    callee.awaitPicture(320, 240);
    caller.awaitPicture(320, 240);
    assertThat(parties.sbc().ask("calls").text())
        .contains("    video ", "whole pictures asked for");
  }

  /** Whether both ways of the caller's lossy path were repaired. */
  private static boolean isRepaired(JsonNode video) {
    return video.at("/received/lost").asInt() > 0
        && video.at("/sent/lost").asInt() > 0
        && video.path("asked-again").asInt() > 0
        && video.path("repeated").asInt() > 0;
  }

  private static void awaitVideo(SbcProcess sbc, String what, Predicate<JsonNode> wanted) {
    Await.until(what, LIMIT, () -> sbc.ask("calls").data().at("/calls/0/legs/0/video"), wanted);
  }
}

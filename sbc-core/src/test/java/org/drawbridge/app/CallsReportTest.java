package org.drawbridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.drawbridge.app.control.ControlReply;
import org.drawbridge.b2bua.CallFacts;
import org.drawbridge.b2bua.CallFacts.LegFacts;
import org.drawbridge.media.api.LegQuality;
import org.drawbridge.media.api.LegQuality.Kind;
import org.drawbridge.media.api.LegQuality.Way;
import org.drawbridge.media.api.LegStats.Recovery;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an operator reads of calls. */
class CallsReportTest {

  private static final LegQuality SOUND =
      new LegQuality(
          Kind.AUDIO,
          "opus",
          new Way(500, 5, 0.01, 2.5, 4.2),
          new Way(490, 0, 0, 1, 4.4),
          31.4,
          Recovery.NONE);

  private static final LegQuality PICTURE =
      new LegQuality(
          Kind.VIDEO,
          "VP8",
          new Way(9_000, 90, 0.02, 12.5, 0),
          new Way(8_000, 80, 0, 10, 0),
          31.4,
          new Recovery(77, 3, 88));

  private static ControlReply report(List<LegQuality> qualities) {
    LegFacts leg = new LegFacts("caller", "account 1001", "webrtc", qualities);
    return CallsReport.of(
        List.of(new CallFacts("id", "1001", 12, false, List.of(leg))), 1, CallsReport.ALL, false);
  }

  @Test
  void soundAndPictureEachHaveTheirLines() {
    assertThat(report(List.of(SOUND, PICTURE)).text())
        .isEqualTo(
            """
            id from 1001, for 12 s
              caller     account 1001, webrtc opus, round trip 31 ms
                received 500 packets, 5 lost (1.0 % lately), jitter 2.5 ms, MOS 4.2
                sent     490 packets, 0 lost (0.0 % lately), jitter 1.0 ms, MOS 4.4
                video VP8, round trip 31 ms
                received 9000 packets, 90 lost (2.0 % lately), jitter 12.5 ms, 88 repeated
                sent     8000 packets, 80 lost (0.0 % lately), jitter 10.0 ms, \
            77 asked for again, 3 whole pictures asked for
            """);
  }

  @Test
  void programsFindTheVideoBesideTheAudio() {
    JsonNode leg = report(List.of(SOUND, PICTURE)).data().at("/calls/0/legs/0");
    assertThat(leg.path("codec").asString()).isEqualTo("opus");
    assertThat(leg.at("/received/mos").asDouble()).isEqualTo(4.2);
    assertThat(leg.at("/video/codec").asString()).isEqualTo("VP8");
    assertThat(leg.at("/video/received/packets").asInt()).isEqualTo(9_000);
    assertThat(leg.at("/video/received").has("mos")).isFalse();
    assertThat(leg.at("/video/asked-again").asInt()).isEqualTo(77);
    assertThat(leg.at("/video/pictures-asked").asInt()).isEqualTo(3);
    assertThat(leg.at("/video/repeated").asInt()).isEqualTo(88);
  }

  @Test
  void aSearchWithoutResultIsNotTakenForNoCalls() {
    ControlReply reply = CallsReport.notFound("echo", 2);
    assertThat(reply.text())
        .isEqualTo("None of 2 calls has echo in its Call-ID or the name of a side.\n");
    assertThat(reply.data().path("total").asInt(-1)).isZero();
  }

  @Test
  void whereNothingCameNoScoreSaysThatItSoundsWell() {
    LegQuality silent =
        new LegQuality(Kind.AUDIO, "PCMA", new Way(0, 0, 0, 0, 4.4), null, -1, Recovery.NONE);
    assertThat(report(List.of(silent)).text()).endsWith("webrtc PCMA\n    received nothing\n");
    JsonNode received = report(List.of(silent)).data().at("/calls/0/legs/0/received");
    assertThat(received.path("packets").asInt(-1)).isZero();
    assertThat(received.has("mos")).isFalse();
  }

  private static List<CallFacts> calls(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new CallFacts(
                    "id" + i,
                    "reception." + i + "@branch.example.com",
                    i - 1,
                    false,
                    List.of(
                        new LegFacts("caller", "1001@example.com", "webrtc", List.of(SOUND)),
                        new LegFacts("callee", "trunk acme", "rtp", List.of()))))
        .toList();
  }

  @Test
  void manyCallsHaveALineEachThatFitsATerminal() {
    ControlReply reply = CallsReport.of(calls(1_000), 4_321, CallsReport.ALL, false);
    List<String> lines = reply.text().lines().toList();
    assertThat(lines).hasSize(1_002).allMatch(line -> line.length() <= 80);
    assertThat(lines.get(1))
        .isEqualTo("0:16:38  reception.999@bran~ trunk acme          4.2  id999");
    assertThat(lines.get(1_000)).startsWith("rings ").endsWith(" id0");
    assertThat(lines.getLast()).isEqualTo("1000 of 4321 calls; --find TEXT looks in all");
    assertThat(reply.data().path("calls").size()).isEqualTo(1_000);
    assertThat(reply.data().path("total").asInt()).isEqualTo(4_321);
  }

  @Test
  void whoLooksForCallsIsToldHowManyMoreThereAre() {
    assertThat(CallsReport.of(calls(500), 700, CallsReport.SEARCHED, false).text())
        .endsWith("500 of 700 calls; a longer TEXT finds fewer\n");
  }

  @Test
  void theDetailsOfManyAreThereForWhoWantsThem() {
    assertThat(CallsReport.of(calls(21), 21, CallsReport.ALL, false).text())
        .endsWith("21 calls; --find TEXT or --details tells how they sound\n");
    assertThat(CallsReport.of(calls(21), 21, CallsReport.ALL, true).text())
        .startsWith("id20 from reception.20@branch.example.com, for 19 s\n")
        .contains("jitter 2.5 ms")
        .endsWith("\n21 calls\n");
    assertThat(CallsReport.of(List.of(), 0, CallsReport.ALL, false).text())
        .isEqualTo("There are no calls.\n");
  }

  @Test
  void whereNothingPassesUsNothingIsSaid() {
    assertThat(report(List.of()).text()).endsWith("webrtc\n");
    assertThat(report(List.of(SOUND)).data().at("/calls/0/legs/0").has("video")).isFalse();
  }
}

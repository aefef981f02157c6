package org.drawbridge.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.support.Browser;
import org.drawbridge.support.InboundAudio;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;

/** Two browsers talk to each other, or one with itself. */
@OnTestBed
final class BrowsersTest {

  private static final Tone LOW = new Tone(440);
  private static final Tone HIGH = new Tone(1000);

  @Test
  void twoBrowsersTalkInOpus(TestBed bed) {
    Browser caller = bed.browser("1001", LOW);
    Browser callee = bed.browser("1002", HIGH);
    caller.talkTo("1002", callee);

    callee.awaitTone(LOW);
    caller.awaitTone(HIGH);
    InboundAudio audio = caller.inbound();
    assertThat(audio.codec()).isEqualTo("audio/opus");
    assertThat(audio.srtpCipher()).isNotEmpty();
    assertThat(audio.packets()).isPositive();
  }

  @Test
  void reportsOfOneBrowserReachTheOther(TestBed bed) {
    Browser caller = bed.browser("1001", LOW);
    Browser callee = bed.browser("1002", HIGH);
    caller.talkTo("1002", callee);
    caller.awaitTone(HIGH);

    assertThat(callee.awaitRemoteReport().remoteReports()).isPositive();
  }

  @Test
  void reloadingOnePageEndsTheCallOfTheOther(TestBed bed) {
    Browser caller = bed.browser("1001", LOW);
    Browser callee = bed.browser("1002", HIGH);
    caller.talkTo("1002", callee);

    caller.reload();

    assertThat(callee.awaitEvent("ended").fact("originator")).isEqualTo("remote");
  }

  @Test
  void echoGivesABrowserItsOwnVoice(TestBed bed) {
    Browser browser = bed.browser("1001", LOW);

    browser.call("echo");
    browser.awaitEvent("confirmed");

    browser.awaitTone(LOW);
  }

  @Test
  void echoWorksOverPlainWebSocketToo(TestBed bed) {
    String server = bed.sbc().ports().wsUrl();
    Browser browser = bed.visitor("1001", HIGH);
    browser.registered(server, SbcFiles.account("1001"));

    browser.call("echo");

    browser.awaitTone(HIGH);
  }
}

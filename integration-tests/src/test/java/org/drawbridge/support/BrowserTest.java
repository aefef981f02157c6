package org.drawbridge.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The instrument is checked before it measures anything: a browser that hears its microphone. */
final class BrowserTest {

  @Test
  void measuresTheToneOfItsMicrophoneThroughAPeerConnection(@TempDir Path directory) {
    Tone tone = new Tone(1000);
    try (Browser browser = Browser.open(directory, tone)) {
      Object state =
          browser
              .driver()
              .executeAsyncScript(
                  """
                  const done = arguments[arguments.length - 1];
                  (async () => {
                    const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
                    a.onicecandidate = ({ candidate }) => b.addIceCandidate(candidate);
                    b.onicecandidate = ({ candidate }) => a.addIceCandidate(candidate);
                    client.watch(b);
                    const stream = await navigator.mediaDevices.getUserMedia(client.media.mediaConstraints);
                    stream.getTracks().forEach((track) => a.addTrack(track, stream));
                    await a.setLocalDescription();
                    await b.setRemoteDescription(a.localDescription);
                    await b.setLocalDescription();
                    await a.setRemoteDescription(b.localDescription);
                    return 'ready';
                  })().then(done, (error) => done(String(error)));
                  """);
      assertThat(state).isEqualTo("ready");

      Heard heard = browser.hears(Duration.ofSeconds(2));

      assertThat(heard).matches(is -> is.is(tone));
      assertThat(browser.inbound().codec()).isEqualTo("audio/opus");
      assertThat(browser.inbound().srtpCipher()).isNotEmpty();
    }
  }

  @Test
  void saysWhatItsPageCouldNotReach(@TempDir Path directory) {
    try (Browser browser = Browser.open(directory, new Tone(440))) {
      SipAccount nobody = new SipAccount("nobody", "example.com", "none");
      browser.register("ws://localhost:" + FreePorts.one() + "/", nobody);

      assertThat(browser.awaitEvent("disconnected").fact("code")).isEqualTo("1006");
    }
  }
}

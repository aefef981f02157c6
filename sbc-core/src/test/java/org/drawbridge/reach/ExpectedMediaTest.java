package org.drawbridge.reach;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.drawbridge.media.api.MediaPeer;
import org.drawbridge.routing.config.reader.ConfigReader;
import org.drawbridge.routing.config.reader.ConfigResult;
import org.drawbridge.routing.trunk.Trunk;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose word is believed on where its media is. */
final class ExpectedMediaTest {

  private static Trunk trunk(String keys) {
    String file =
        """
        domains: [example.com]
        listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
        trunks: { it: { %s } }
        """
            .formatted(keys);
    ConfigResult read = ConfigReader.parse(file, "sbc.yaml", _ -> null);
    return Objects.requireNonNull(
        ((ConfigResult.Loaded) read).config().routing().trunks().get("it"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "targets: \"sip:192.0.2.1\" | SERVER",
        "targets: \"sip:192.0.2.1\", symmetric-rtp: false | ASYMMETRIC_SERVER",
        "account: branch1 | ANYBODY",
        "account: branch1, symmetric-rtp: false | ASYMMETRIC_SERVER",
      })
  void aTrunkIsBelievedUnlessItRegistersAsAPhoneDoes(String keys, MediaPeer known) {
    assertThat(ExpectedMedia.of(trunk(keys))).isEqualTo(known);
  }
}

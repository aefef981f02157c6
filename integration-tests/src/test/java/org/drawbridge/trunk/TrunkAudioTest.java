package org.drawbridge.trunk;

import static org.drawbridge.support.BaresipPhone.Answering.MANUAL;

import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A desk phone talks to somebody behind a trunk, which is a phone that does not register. */
@OnTestBed
final class TrunkAudioTest {

  private static final Tone PHONE = new Tone(440);
  private static final Tone CARRIER = new Tone(1000);

  @ParameterizedTest
  @EnumSource(names = {"UDP", "TCP"})
  void bothSidesHearEachOther(PhoneTransport via, TestBed bed) {
    int trunkPort = FreePorts.one();
    bed.sbc(
        """
        trunks:
          carrier: { targets: [ "sip:127.0.0.1:%d;transport=%s" ] }
        """
            .formatted(trunkPort, via.token()),
        """
        - name: outside
          when: { from: registered, to: "9([0-9]+)" }
          set: { to: "$1" }
          to: [ { trunk: carrier } ]
        """);
    BaresipPhone carrier = bed.carrier("2000", CARRIER, trunkPort);
    BaresipPhone phone = bed.phone("1002", PHONE, PhoneTransport.UDP, MANUAL);

    phone.dial("92000");
    carrier.awaitEvent("CALL_INCOMING");
    carrier.accept();

    phone.awaitTone(CARRIER);
    carrier.awaitTone(PHONE);
    carrier.hangUp();
    phone.awaitEvent("CALL_CLOSED");
  }
}

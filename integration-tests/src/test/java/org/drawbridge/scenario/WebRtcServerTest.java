package org.drawbridge.scenario;

import static org.drawbridge.support.BaresipPhone.Answering.AUTO;

import java.nio.file.Path;
import org.drawbridge.support.AiortcPhone;
import org.drawbridge.support.AiortcPhone.IceAgent;
import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Media servers that have an account: they wait for ICE checks, where browsers send them. */
@OnTestBed
final class WebRtcServerTest {

  private static final Tone PHONE = new Tone(440);
  private static final Tone SERVER = new Tone(1000);

  private static AiortcPhone overWebSocket(TestBed bed) {
    Path directory = bed.subdirectory("aiortc");
    String sbc = bed.sbc().ports().wssUrl();
    return bed.join(AiortcPhone.lite(directory, SbcFiles.account("1001"), sbc, SERVER));
  }

  private static AiortcPhone overUdp(TestBed bed, IceAgent ice) {
    String own = "127.0.0.2:" + FreePorts.one();
    Path directory = bed.subdirectory("aiortc");
    int sbc = bed.sbc().ports().sip();
    return bed.join(
        AiortcPhone.unregistered(directory, SbcFiles.account("1001"), own, ice, sbc, SERVER));
  }

  private static BaresipPhone phone(TestBed bed) {
    return bed.phone("1002", PHONE, PhoneTransport.UDP, AUTO);
  }

  private static void callsAndHears(AiortcPhone server, BaresipPhone phone) {
    server.dial("1002");
    phone.awaitTone(SERVER);
    server.awaitTone(PHONE);
    server.hangUp();
    phone.awaitEvent("CALL_CLOSED");
  }

  @Test
  void aLiteServerCallsAPhone(TestBed bed) {
    AiortcPhone server = overWebSocket(bed);
    callsAndHears(server, phone(bed));
  }

  @Test
  void aPhoneCallsALiteServer(TestBed bed) {
    AiortcPhone server = overWebSocket(bed);
    BaresipPhone phone = phone(bed);
    phone.dial("1001");
    phone.awaitTone(SERVER);
    server.awaitTone(PHONE);
    server.hangUp();
    phone.awaitEvent("CALL_CLOSED");
  }

  @ParameterizedTest
  @EnumSource
  void aServerOfAnyKindOfIceCallsAPhoneOverUdp(IceAgent ice, TestBed bed) {
    AiortcPhone server = overUdp(bed, ice);
    callsAndHears(server, phone(bed));
  }
}

package org.drawbridge.sipunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.drawbridge.support.Await;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.RtpParty;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.SbcPorts;
import org.drawbridge.support.SipAccount;
import org.drawbridge.support.TestBed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Phones on IPv4 and IPv6 that call each other, with audio. */
@OnTestBed
final class TwoFamiliesTest {

  private static final SipAccount CALLER = SbcFiles.account("1002");
  private static final SipAccount CALLEE = SbcFiles.account("1004");
  private static final int PACKETS = 50;

  /** The first packets may come before the far side has sent anything. */
  private static final int ENOUGH = 40;

  @ParameterizedTest
  @CsvSource({"::1, 127.0.0.13", "127.0.0.13, ::1", "::1, ::1"})
  void phonesOfEitherFamilyTalk(String from, String to, TestBed bed) {
    SbcPorts ports = bed.dualStackSbc().ports();
    RawPhone caller = bed.join(RawPhone.open(from, ports.sip()));
    RawPhone callee = bed.join(RawPhone.open(to, ports.sip()));
    RtpParty callerAudio = bed.join(RtpParty.open(from));
    RtpParty calleeAudio = bed.join(RtpParty.open(to));
    callee.register(CALLEE);

    RawCall call =
        new RawCall(
            caller, CALLER, "sip:" + CALLEE.user() + "@" + SbcFiles.DOMAIN, callerAudio.port());
    call.place();
    WireMessage invite = callee.awaitRequest("INVITE");
    callee.respond(invite, "200 OK", RawCall.sdp(callee.address(), calleeAudio.port()));
    WireMessage answer = caller.awaitResponse(200, "INVITE");
    caller.send(call.ack(answer));
    callee.awaitRequest("ACK");

    InetSocketAddress towardCaller = RtpParty.audioOf(answer.body());
    InetSocketAddress towardCallee = RtpParty.audioOf(invite.body());
    assertThat(towardCaller.getAddress()).isInstanceOf(family(from));
    assertThat(towardCallee.getAddress()).isInstanceOf(family(to));
    assertThat(invite.contact()).contains(from(to));
    assertThat(answer.contact()).contains(from(from));
    assertThat(answer.header("Via")).contains("received=" + caller.address());

    Thread other = Thread.ofVirtual().start(() -> callerAudio.send(towardCaller, PACKETS));
    calleeAudio.send(towardCallee, PACKETS);
    join(other);
    Await.until(
        "audio both ways",
        Duration.ofSeconds(40),
        () -> callerAudio.received() >= ENOUGH && calleeAudio.received() >= ENOUGH);

    caller.send(call.next("BYE", answer));
    callee.respond(callee.awaitRequest("BYE"), "200 OK", "");
    caller.awaitResponse(200, "BYE");
  }

  private static Class<?> family(String address) {
    return address.indexOf(':') < 0 ? Inet4Address.class : Inet6Address.class;
  }

  /** The SBC's own address toward a phone, as a URI has it. */
  private static String from(String phone) {
    return phone.indexOf(':') < 0 ? "@127.0.0.1:" : "@[";
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

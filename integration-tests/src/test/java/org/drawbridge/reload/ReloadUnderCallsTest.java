package org.drawbridge.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.drawbridge.app.control.ControlReply;
import org.drawbridge.sipunit.RawCall;
import org.drawbridge.sipunit.RawPhone;
import org.drawbridge.sipunit.WireMessage;
import org.drawbridge.support.Await;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.SbcPorts;
import org.drawbridge.support.SbcProcess;
import org.drawbridge.support.SipAccount;
import org.drawbridge.support.Sipp;
import org.drawbridge.support.TestBed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reloads lose no call: neither those that are up nor those that are placed meanwhile. */
@OnTestBed
final class ReloadUnderCallsTest {

  private static final int RELOADS = 200;
  private static final int CALLS = 50;
  private static final int MEDIA_PORTS = 2 * (RELOADS + CALLS) + 2;
  private static final Duration A_WHILE = Duration.ofSeconds(40);
  private static final SipAccount NOBODY = new SipAccount("nobody", SbcFiles.DOMAIN, "none");

  private static final String FROM_TRUNKS =
      """
      - name: to-echo
        when: { from: [ holder, caller ], to: "echo" }
        to: [ { service: echo } ]
      """;

  @TempDir private Path directory = Path.of(".");

  @Test
  void twoHundredReloadsLoseNoCall(TestBed bed) throws IOException {
    int holder = FreePorts.one();
    SbcProcess sbc = sbc(bed, holder);
    int port = sbc.ports().sip();
    Sipp held =
        bed.sipp(
            new Sipp.Plan(
                "call-in-and-stay",
                PhoneTransport.UDP,
                Sipp.TRUNK_ADDRESS,
                holder,
                port,
                CALLS,
                CALLS),
            NOBODY,
            "echo");
    Await.until("50 calls", A_WHILE, () -> calls(sbc) == CALLS);

    RawPhone caller = bed.join(RawPhone.open("127.0.0.3", port));
    String first = Files.readString(sbc.config());
    String second = changed(first);
    for (int i = 0; i < RELOADS; i++) {
      replace(sbc.config(), i % 2 == 0 ? second : first);
      CompletableFuture<ControlReply> reload =
          CompletableFuture.supplyAsync(() -> sbc.ask("reload"));
      callOnce(caller);
      assertThat(reload.join().text()).endsWith("is in force\n");
    }

    Await.until("the last to end", A_WHILE, () -> calls(sbc) == CALLS);
    sbc.close();
    held.awaitSuccess();
  }

  /** With as many media ports as all calls of the test need together. */
  private SbcProcess sbc(TestBed bed, int holder) throws IOException {
    SbcPorts ports = SbcPorts.free();
    Path file = SbcFiles.write(directory, ports, trunks(holder), FROM_TRUNKS);
    int first = FreePorts.block(MEDIA_PORTS);
    String range = "rtp-ports: %d-%d\n".formatted(first, first + MEDIA_PORTS - 1);
    Files.writeString(file, Files.readString(file).replaceAll("rtp-ports: .*\n", range));
    return bed.join(SbcProcess.start(directory, file, ports));
  }

  /** Everything that a reload can change is changed, and what the calls need stays. */
  private static String changed(String config) {
    String listener =
        "listeners:\n  - { transport: tcp, bind: \"127.0.0.4:%d\" }\n".formatted(FreePorts.one());
    return config
            .replace("listeners:\n", listener)
            .replace("to-echo", "to-echo-again")
            .replace(
                "trunks:\n",
                "trunks:\n  other: { targets: \"sip:127.0.0.9:9\", probe: 1s, from: 127.0.0.9 }\n")
        + "limits: { calls: 500 }\nsecurity: { auth-failures: { max: 3 } }\nlogging: { level: warn }\n";
  }

  /**
   * A machine that is busy with other things may be told to come again; that is no reload's work.
   */
  private static void callOnce(RawPhone caller) {
    RawCall call = new RawCall(caller, NOBODY, "sip:echo@" + SbcFiles.DOMAIN);
    WireMessage answer = invited(caller, call);
    for (int i = 0; i < 10 && answer.startLine().startsWith("SIP/2.0 503 Overloaded"); i++) {
      Await.pause(Duration.ofSeconds(1));
      call = new RawCall(caller, NOBODY, "sip:echo@" + SbcFiles.DOMAIN);
      answer = invited(caller, call);
    }
    assertThat(answer.startLine()).startsWith("SIP/2.0 200");
    caller.send(call.ack(answer));
    caller.send(call.next("BYE", answer));
    WireMessage end = awaitFinal(caller, call, "BYE");
    assertThat(end.startLine()).startsWith("SIP/2.0 200");
  }

  private static WireMessage invited(RawPhone caller, RawCall call) {
    caller.send(call.invite());
    return awaitFinal(caller, call, "INVITE");
  }

  /** Looks more often than others do: there are hundreds of these to wait for. */
  private static WireMessage awaitFinal(RawPhone caller, RawCall call, String method) {
    long deadline = System.nanoTime() + A_WHILE.toNanos();
    while (true) {
      List<WireMessage> found =
          caller.all(m -> m.isFinal(method) && call.callId().equals(m.header("Call-ID")));
      if (!found.isEmpty()) {
        return found.getFirst();
      }
      assertThat(System.nanoTime()).as("before the answer to " + method).isLessThan(deadline);
      Await.pause(Duration.ofMillis(2));
    }
  }

  /** As a careful editor does: whoever reads sees the one file or the other. */
  private static void replace(Path file, String text) throws IOException {
    Path temporary = Files.writeString(file.resolveSibling("next.yaml"), text);
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static int calls(SbcProcess sbc) {
    return sbc.ask("status").data().path("calls").asInt();
  }

  private static String trunks(int holder) {
    return """
    trunks:
      holder: { targets: "sip:%s:%d", from: %s }
      caller: { targets: "sip:127.0.0.3:9", from: 127.0.0.3 }
    """
        .formatted(Sipp.TRUNK_ADDRESS, holder, Sipp.TRUNK_ADDRESS);
  }
}

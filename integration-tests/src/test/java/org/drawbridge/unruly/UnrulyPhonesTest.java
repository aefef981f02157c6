package org.drawbridge.unruly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drawbridge.sipunit.RawCall;
import org.drawbridge.sipunit.RawPhone;
import org.drawbridge.sipunit.WireMessage;
import org.drawbridge.support.Await;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.SbcPorts;
import org.drawbridge.support.SbcProcess;
import org.drawbridge.support.SipAccount;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A storm of calls between trunks that keep to no rule, and what is left of it. */
@OnTestBed
@Execution(ExecutionMode.CONCURRENT)
final class UnrulyPhonesTest {

  /** What is called: each number has a route of another kind. */
  static final List<String> NUMBERS =
      List.of(
          "recorded",
          "forked",
          "proxied",
          "direct",
          "wideband",
          "opus",
          "straight",
          "serial",
          "passed",
          "echo",
          "any",
          "1001",
          "1002",
          "1003",
          "1004");

  private static final List<String> ACCOUNTS = List.of("1001", "1002", "1003", "1004");
  private static final int CALLS = 600;
  private static final Duration BETWEEN_CALLS = Duration.ofMillis(70);
  private static final int RTP_PORTS = 1_600;

  private static final Pattern RELAYED = Pattern.compile("(?m)^drawbridge_proxied_calls (.*)$");

  /** RTP, RTCP and the socket connected to where we steadily send, on either side. */
  private static final int PORTS_OF_A_CALL = 6;

  /** A port rests for 10 s after its call. */
  private static final Duration UNTIL_PORTS_HAVE_RESTED = Duration.ofSeconds(40);

  /** A side without media and session timer is asked after 90 s whether it is there, and again. */
  private static final Duration UNTIL_ALL_IS_OVER = Duration.ofSeconds(240);

  @Test
  void nothingIsLeftOfCallsThatWentEveryWay(TestBed bed) throws IOException {
    long seed = Long.getLong("unruly.seed", System.nanoTime());
    System.out.println("-Dunruly.seed=" + seed + " draws the same lots again");
    Lots lots = new Lots(seed);
    int port = FreePorts.one();
    int media = FreePorts.block(RTP_PORTS);
    SbcProcess sbc = sbc(bed, port, media);
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", sbc.ports().sip());
    List<UnrulyPhone> trunks = new ArrayList<>();
    for (int host = 2; host <= 5; host++) {
      trunks.add(trunk(bed, new InetSocketAddress("127.0.34." + host, port), address, lots));
    }
    List<UnrulyPhone> phones = new ArrayList<>(trunks);
    for (int i = 0; i < 2 * ACCOUNTS.size(); i++) {
      phones.add(device(bed, ACCOUNTS.get(i % ACCOUNTS.size()), address, lots));
    }

    for (int i = 0; i < CALLS; i++) {
      lots.oneOf(phones).call(lots.oneOf(NUMBERS));
      Await.pause(BETWEEN_CALLS);
    }
    phones.forEach(UnrulyPhone::forgetEverything);

    Await.until(
        "an end of all calls",
        UNTIL_ALL_IS_OVER,
        () -> sbc.ask("calls").text(),
        text -> text.startsWith("There are no calls."));
    assertThat(phones).flatExtracting(UnrulyPhone::answers).contains(180, 200, 407, 481, 487);
    assertThat(trunks).allSatisfy(trunk -> assertThat(trunk.unanswered()).isEmpty());
    Await.until(
        "an end of all media",
        UNTIL_PORTS_HAVE_RESTED,
        () -> FreePorts.taken("127.0.0.1", media, RTP_PORTS) <= PORTS_OF_A_CALL * held(sbc));
    assertThat(sbc.log().lines().filter(line -> line.contains(" ERROR "))).isEmpty();
    assertServesAnotherCall(bed, sbc);
  }

  /** Calls in {@code mode: proxy} that are held: a proxy can ask nobody whether they are over. */
  private static long held(SbcProcess sbc) {
    Matcher calls = RELAYED.matcher(sbc.ask("metrics").text());
    return calls.find() ? Math.round(Double.parseDouble(calls.group(1))) : 0;
  }

  private static UnrulyPhone trunk(
      TestBed bed, InetSocketAddress local, InetSocketAddress sbc, Lots lots) {
    Line line = new UdpLine(local, sbc);
    UnrulyPhone trunk = bed.join(new UnrulyPhone(line, null, lots.seed()));
    line.start(trunk::take);
    return trunk;
  }

  private static UnrulyPhone device(TestBed bed, String account, InetSocketAddress sbc, Lots lots) {
    InetAddress local = InetAddress.ofLiteral("127.0.34.7");
    UnrulySubscriber device =
        bed.join(new UnrulySubscriber(SbcFiles.account(account), local, sbc, lots.seed()));
    device.start();
    return device.phone();
  }

  private static void assertServesAnotherCall(TestBed bed, SbcProcess sbc) {
    SipAccount account = SbcFiles.account("1002");
    RawPhone phone = bed.join(RawPhone.open("127.0.34.6", sbc.ports().sip()));
    phone.register(account);
    RawCall call = new RawCall(phone, account, "sip:echo@" + SbcFiles.DOMAIN);
    call.place();
    WireMessage answer = phone.awaitResponse(200, "INVITE");
    phone.send(call.ack(answer));
    assertThat(answer.body()).containsPattern("m=audio [1-9]");
    phone.send(call.next("BYE", answer));
    phone.awaitResponse(200, "BYE");
  }

  private static SbcProcess sbc(TestBed bed, int port, int first) throws IOException {
    SbcPorts ports = SbcPorts.free();
    Path home = bed.subdirectory("sbc");
    Path music = new Tone(440).write(home, 8_000, 1);
    String trunks = TRUNKS.replace("PORT", "" + port);
    String routes = ROUTES.replace("HOME", home.toString()).replace("MUSIC", music.toString());
    Path config = SbcFiles.write(home, ports, trunks, routes);
    String range = "rtp-ports: " + first + "-" + (first + RTP_PORTS - 1);
    String roomy = range + "\n  silence-timeout: 20s";
    Files.writeString(config, Files.readString(config).replaceFirst("rtp-ports: .*", roomy));
    return bed.join(SbcProcess.start(home, config, ports));
  }

  private static final String TRUNKS =
      """
      call: { session-expires: 90s, min-se: 90s }
      trunks:
        one:
          { targets: [ "sip:127.0.34.2:PORT" ], from: [ 127.0.34.2 ], breaker: none, trust: true }
        two:
          { targets: [ "sip:127.0.34.3:PORT" ], from: [ 127.0.34.3 ], breaker: none, dtmf: info }
        three:
          targets: [ "sip:127.0.34.4:PORT" ]
          from: [ 127.0.34.4 ]
          media: sdes
          transfer: pass
          breaker: none
          dtmf: inband
        four:
          targets: [ "sip:127.0.34.5:PORT", "sip:127.0.34.4:PORT" ]
          from: [ 127.0.34.5 ]
          media: webrtc
          transfer: handle
          breaker: none
      trunk-groups:
        any: { trunks: [ one, two, three, four ], pick: round-robin }
      """;

  private static final String ROUTES =
      """
      - name: recorded
        when: { to: recorded }
        record: HOME/recordings
        hold-music: MUSIC
        to: [ { trunk: two } ]
      - name: forked
        when: { to: forked }
        to: [ { trunk: two }, { trunk: three }, { trunk: four } ]
      - { name: proxied, when: { to: proxied }, mode: proxy, to: [ { trunk: one } ] }
      - { name: direct, when: { to: direct }, media: direct, to: [ { trunk: one } ] }
      - { name: wideband, when: { to: wideband }, codecs: [ g722, opus ], to: [ { trunk: three } ] }
      - name: opus
        when: { to: opus }
        codecs: [ opus ]
        ring-timeout: 3s
        to: [ { trunk: four }, { trunk: one } ]
      - name: straight
        when: { to: straight }
        mode: proxy
        media: direct
        to: [ { trunk: one } ]
      - name: serial
        when: { to: serial }
        ring-timeout: 2s
        to: [ { trunk: one }, { trunk: two } ]
      - name: passed
        when: { to: passed }
        transfer: pass
        redirect: pass
        to: [ { trunk: one } ]
      - { name: any, when: { to: any }, to: [ { group: any } ] }
      """;
}

package org.drawbridge.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.drawbridge.sipunit.RawCall;
import org.drawbridge.sipunit.RawPhone;
import org.drawbridge.sipunit.WireMessage;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.SipAccount;
import org.drawbridge.support.TestBed;
import org.junit.jupiter.api.Test;

/** What rules ask and change, seen by a carrier: headers, times of day, a service that decides. */
@OnTestBed
final class RouteRulesTest {

  private static final SipAccount ACCOUNT = SbcFiles.account("1002");
  private static final String CARRIER = "127.0.0.2";

  private static RawPhone carrier(TestBed bed, String routes) {
    int port = FreePorts.one();
    String trunk =
        "trunks: { carrier: { targets: \"sip:%s:%d\", number-format: { national: DE } } }\n"
            .formatted(CARRIER, port);
    int sbcPort = bed.sbc(trunk, routes).ports().sip();
    return bed.join(RawPhone.open(CARRIER, port, sbcPort));
  }

  private static RawPhone dial(TestBed bed, String number) {
    RawPhone caller = bed.join(RawPhone.open("127.0.0.11", bed.sbc().ports().sip()));
    new RawCall(caller, ACCOUNT, "sip:" + number + "@" + SbcFiles.DOMAIN).place();
    return caller;
  }

  @Test
  void theCarrierGetsHeadersNumbersAndCodecsAsTheRouteSays(TestBed bed) {
    RawPhone carrier =
        carrier(
            bed,
            """
            - name: outside
              when: { from: registered, to: "9(.*)", transport: udp, network: 127.0.0.0/8 }
              set:
                to: { strip: 1, e164: DE }
                privacy: id
                headers: { X-Tenant: "t-$1", add: { X-Trace: "$(source)" }, remove: Subject }
              to: [ { trunk: carrier } ]
              codecs: [ pcma ]
            """);
    RawPhone caller = dial(bed, "9004930123456");

    WireMessage invite = carrier.awaitRequest("INVITE");
    carrier.respond(invite, "486 Busy Here", "");
    caller.awaitResponse(486, "INVITE");
    assertThat(invite.requestUri()).startsWith("sip:030123456@" + carrier.hostPort());
    assertThat(invite.headers("X-Tenant")).containsExactly("t-004930123456");
    assertThat(invite.headers("X-Trace")).containsExactly("1002@" + SbcFiles.DOMAIN);
    assertThat(invite.header("From")).contains("anonymous@anonymous.invalid");
    assertThat(invite.body()).contains("PCMA/8000").doesNotContain("PCMU");
  }

  @Test
  void aRouteIsInForceAtItsHours(TestBed bed) {
    ZonedDateTime now = ZonedDateTime.now(ZoneId.of("Europe/Berlin"));
    DateTimeFormatter clock = DateTimeFormatter.ofPattern("HH:mm");
    String open = clock.format(now.minusHours(1)) + "-" + clock.format(now.plusHours(1));
    String closed = clock.format(now.plusHours(2)) + "-" + clock.format(now.plusHours(3));
    RawPhone carrier =
        carrier(
            bed,
            """
            - name: closed
              when: { time: { zone: Europe/Berlin, hours: "%s" } }
              reject: { code: 480, reason: Closed }
            - name: open
              when: { from: registered, time: { zone: Europe/Berlin, hours: "%s" } }
              to: [ { trunk: carrier } ]
            """
                .formatted(closed, open));
    RawPhone caller = dial(bed, "500");

    carrier.respond(carrier.awaitRequest("INVITE"), "486 Busy Here", "");
    caller.awaitResponse(486, "INVITE");
  }

  @Test
  void aServiceDecidesWhereTheCallGoes(TestBed bed) throws Exception {
    CompletableFuture<String> question = new CompletableFuture<>();
    HttpServer service = service(question);
    try {
      RawPhone carrier =
          carrier(
              bed,
              """
              - name: decide
                when: { from: registered }
                to: [ { http: "http://127.0.0.1:%d/decide" } ]
              - name: fallback
                reject: { code: 404 }
              """
                  .formatted(service.getAddress().getPort()));
      RawPhone caller = dial(bed, "500");

      WireMessage invite = carrier.awaitRequest("INVITE");
      carrier.respond(invite, "486 Busy Here", "");
      caller.awaitResponse(486, "INVITE");
      assertThat(invite.requestUri()).startsWith("sip:0302222@" + carrier.hostPort());
      assertThat(invite.headers("X-Decided")).containsExactly("yes");
      assertThat(question.get(40, TimeUnit.SECONDS))
          .contains("\"to\":\"500\"", "\"account\":\"1002@" + SbcFiles.DOMAIN + "\"");
    } finally {
      service.stop(0);
    }
    RawPhone again = dial(bed, "501");
    again.awaitResponse(404, "INVITE");
    assertThat(bed.sbc().log()).contains("route.service-failed");
  }

  private static HttpServer service(CompletableFuture<String> question) throws IOException {
    HttpServer service = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    service.createContext(
        "/decide",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          question.complete(new String(body, StandardCharsets.UTF_8));
          byte[] answer =
              """
              { "to": [ { "trunk": "carrier" } ],
                "set": { "to": "0302222", "headers": { "X-Decided": "yes" } } }
              """
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    service.start();
    return service;
  }
}

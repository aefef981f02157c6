package org.drawbridge.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.Uri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trunks of docs/trunks.md, toward parties that take what their documents say and no more. */
final class TrunkGuideTest {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");
  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);

  private static final String FRAME =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      """;

  private static final String OUT =
      """
      routes:
        - name: out
          when: { from: registered }
          set: { caller: "+12025550100" }
          to: { trunk: %s }
      """;

  /** The trunk of this name as it is shown, and a route to it unless routes are shown too. */
  private static UpstreamLab lab(String trunk) throws IOException {
    String shown =
        BLOCK
            .matcher(Files.readString(Path.of("../docs/trunks.md")))
            .results()
            .map(MatchResult::group)
            .map(block -> BLOCK.matcher(block).replaceAll("$1"))
            .filter(block -> block.startsWith("trunks:\n  " + trunk + ":"))
            .findFirst()
            .orElseThrow()
            .replaceAll("\\$\\{[A-Z]+_PASSWORD}", "secret");
    String routes = shown.contains("\nroutes:") ? "" : OUT.formatted(trunk);
    return new UpstreamLab(FRAME + shown + routes);
  }

  @ParameterizedTest
  @CsvSource({
    "twilio, pstn.ashburn.twilio.com, TLS, sip:+442079460000@mytrunk.pstn.twilio.com",
    "genesys, mytrunk.byoc.mypurecloud.com, TLS,"
        + " sip:+442079460000@mytrunk.byoc.mypurecloud.com:5061;transport=tls",
    "cucm, 10.0.0.11, TCP, sip:+442079460000@10.0.0.11:5060;transport=tcp",
    "pbx, 10.0.0.20, TCP, sip:+442079460000@pbx.example.com",
    "livekit, myproject.sip.livekit.cloud, TCP,"
        + " sip:+442079460000@myproject.sip.livekit.cloud;transport=tcp",
  })
  void aCallNamesWhomThePartyGoesBy(String trunk, String host, Transport transport, String uri)
      throws IOException {
    UpstreamLab upstream = lab(trunk);
    boolean isName = !host.matches("[0-9.]+");
    SimPhone party = upstream.lab.trunk(isName ? "203.0.113.1" : host, transport);
    if (isName) {
      upstream.lab.resolve(host, "203.0.113.1");
    }
    SimPhone alice = upstream.lab.phone("1001", Transport.UDP, "192.0.2.11");
    SipRequest got = called(alice, party, "+442079460000");

    assertThat(got.requestUri()).hasToString(uri);
    assertThat(got.to().uri().toString()).startsWith(uri.replaceAll("(:\\d+)?;.*", ""));
  }

  @Test
  void telekomGetsTheNumberTheAccountAndTheDomain() throws IOException {
    UpstreamLab upstream = lab("telekom");
    SimPhone proxy = upstream.lab.trunk("203.0.113.1", Transport.TLS);
    upstream.lab.resolve("551234567890.primary.companyflex.de", "203.0.113.1");
    SimPhone alice = upstream.lab.phone("1042", Transport.UDP, "192.0.2.11");
    upstream.start();
    SipRequest first = UpstreamLab.register(proxy);
    String challenge = "WWW-Authenticate: Digest realm=\"tel.t-online.de\", nonce=\"n\"";
    proxy.reply(first, 401, null, challenge);
    SipRequest register = UpstreamLab.register(proxy);
    UpstreamLab.accept(proxy, register, 600);

    assertThat(register.requestUri()).hasToString("sip:tel.t-online.de");
    assertThat(register.to().uri()).hasToString("sip:+49199296000000123456@tel.t-online.de");
    assertThat(register.headers().first(HeaderName.AUTHORIZATION))
        .contains("username=\"+49199296000000123456@tel.t-online.de\"");

    SipRequest got = called(alice, proxy, "040200200");
    assertThat(got.requestUri()).hasToString("sip:+4940200200@tel.t-online.de");
    assertThat(got.from().uri()).hasToString("sip:+492281234500@tel.t-online.de");
    assertThat(got.headers().first(HeaderName.P_ASSERTED_IDENTITY))
        .contains("<sip:+492281234500@tel.t-online.de>");
    assertThat(got.bodyText()).contains("RTP/SAVP", "a=crypto");

    Uri contact = register.contacts().getFirst().uri();
    proxy.send(
        proxy
            .invitation("unused", Sdps.phone("203.0.113.1", 5000))
            .requestUri(contact)
            .replace(HeaderName.TO, "<sip:+492281234542@tel.t-online.de;user=phone>")
            .remove(HeaderName.PROXY_AUTHORIZATION));
    alice.reply(alice.expect(Method.INVITE), 486, null);
    proxy.expect(486);
  }

  @Test
  void aSipConnectCarrierGetsItsDomainAndPhoneUris() throws IOException {
    UpstreamLab upstream = lab("carrier");
    SimPhone proxy = upstream.lab.trunk("203.0.113.1");
    upstream.lab.resolve("fs1.carrier.example", "203.0.113.1");
    SimPhone alice = upstream.lab.phone("1001", Transport.UDP, "192.0.2.11");
    upstream.start();
    SipRequest register = UpstreamLab.register(proxy);
    UpstreamLab.accept(proxy, register, 600);
    SipRequest got = called(alice, proxy, "+41445550200");

    assertThat(register.to().uri()).hasToString("sip:+41445550100@voip.carrier.example");
    assertThat(got.requestUri()).hasToString("sip:+41445550200@voip.carrier.example;user=phone");
    assertThat(got.from().uri()).hasToString("sip:+12025550100@voip.carrier.example;user=phone");
  }

  @Test
  void aPbxThatRegistersIsATrunk() throws IOException {
    String trunk = "trunks: { branch: { account: branch1 } }";
    assertThat(Files.readString(Path.of("../docs/trunks.md"))).contains("`" + trunk + "`");
    UpstreamLab upstream = new UpstreamLab(FRAME + trunk + "\n" + OUT.formatted("branch"));
    SimPhone pbx = upstream.lab.phone("branch1", Transport.UDP, "192.0.2.22");
    SimPhone alice = upstream.lab.phone("1001", Transport.UDP, "192.0.2.11");
    SipRequest got = called(alice, pbx, "+442079460012");

    assertThat(got.requestUri()).hasToString("sip:+442079460012@192.0.2.22:5062;transport=udp");
    assertThat(got.to().uri()).hasToString("sip:+442079460012@example.com");
  }

  private static SipRequest called(SimPhone from, SimPhone party, String number) {
    SipRequest invite = from.invite(number, OFFER);
    SipRequest got = party.expect(Method.INVITE);
    party.reply(got, 486, null);
    from.ackFailure(invite, from.expect(486));
    return got;
  }
}

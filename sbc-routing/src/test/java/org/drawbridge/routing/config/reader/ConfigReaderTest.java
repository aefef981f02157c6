package org.drawbridge.routing.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.drawbridge.routing.config.AccountsConfig;
import org.drawbridge.routing.config.EdgeConfig;
import org.drawbridge.routing.config.FailurePolicy;
import org.drawbridge.routing.config.ListenerConfig;
import org.drawbridge.routing.config.LoggingConfig.Level;
import org.drawbridge.routing.config.MediaConfig;
import org.drawbridge.routing.config.MediaConfig.CodecLists;
import org.drawbridge.routing.config.RouteConfig;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.trunk.TrunkCredentials;
import org.drawbridge.routing.trunk.TrunkMedia;
import org.drawbridge.routing.user.UserAccount;
import org.drawbridge.routing.value.Cidr;
import org.drawbridge.routing.value.HostPort;
import org.drawbridge.routing.value.PortRange;
import org.drawbridge.routing.value.Secret;
import org.drawbridge.routing.value.TlsIdentity;
import org.drawbridge.routing.value.Transport;
import org.drawbridge.routing.yaml.ConfigProblem;
import org.junit.jupiter.api.Test;

final class ConfigReaderTest {

  private static final String MD5 = "0123456789ABCDEF0123456789abcdef";

  @Test
  void everythingButDomainsAndListenersHasADefault() {
    SbcConfig config = ConfigText.config(ConfigText.MINIMAL);

    assertThat(config.defaultDomain()).isEqualTo("example.com");
    assertThat(config.edge().listeners()).hasSize(1);
    assertThat(config.edge().web().root()).isEqualTo(Path.of("web/dist"));
    assertThat(config.media().advertise()).isNull();
    assertThat(config.media().rtpPorts()).isEqualTo(new PortRange(20_000, 29_999));
    assertThat(config.accounts().users()).isEmpty();
    assertThat(config.accounts().usersFile()).isNull();
    assertThat(config.call().ringTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.logging().level()).isEqualTo(Level.INFO);
    assertThat(config.routing().routes()).map(RouteConfig::name).containsExactly("echo", "inside");
  }

  @Test
  void readsListeners() {
    List<ListenerConfig> listeners =
        ConfigText.config(
                """
                domains: [Example.COM, other.example]
                listeners:
                  - { transport: udp, bind: "127.0.0.1:0" }
                  - { transport: udp, bind: "127.0.0.1:0" }
                  - { transport: tls, bind: "[::1]:5061", certificate: tls/server.pem }
                  - transport: wss
                    bind: 0.0.0.0:8443
                    certificate: tls/server.pem
                    paths: /ws
                    origins: [https://phone.example.com]
                """)
            .edge()
            .listeners();

    assertThat(listeners)
        .map(ListenerConfig::transport)
        .containsExactly(Transport.UDP, Transport.UDP, Transport.TLS, Transport.WSS);
    assertThat(listeners.get(2).bind()).hasToString("[0:0:0:0:0:0:0:1]:5061");
    assertThat(listeners.get(3).identity())
        .isEqualTo(new TlsIdentity(Path.of("tls/server.pem"), null));
    assertThat(listeners.get(3).paths()).containsExactly("/ws");
    assertThat(listeners.get(3).origins()).containsExactly("https://phone.example.com");
  }

  @Test
  void readsMedia() {
    MediaConfig media =
        ConfigText.config(
                ConfigText.MINIMAL
                    + """
                    media:
                      bind: 127.0.0.1
                      advertise: 203.0.113.1
                      rtp-ports: 30000-30099
                      webrtc-port: 4000
                      silence-timeout: 0
                      local-networks: 10.0.0.0/8
                      codecs: { webrtc: [opus], rtp: pcma, transcode: 50 }
                      loops: 2
                    """)
            .media();

    assertThat(media)
        .isEqualTo(
            new MediaConfig(
                InetAddress.ofLiteral("127.0.0.1"),
                InetAddress.ofLiteral("203.0.113.1"),
                List.of(new Cidr(InetAddress.ofLiteral("10.0.0.0"), 8)),
                new PortRange(30_000, 30_099),
                4000,
                Duration.ZERO,
                new CodecLists(List.of("opus"), List.of("pcma"), 50),
                2));
  }

  @Test
  void readsTrunksAndKeepsTheirPasswordsOutOfSight() {
    SbcConfig config =
        ConfigText.config(
            ConfigText.MINIMAL
                + """
                trunks:
                  acme:
                    targets: [ "sip:a.example;transport=tls", "sip:192.0.2.1:5070" ]
                    from: [ 198.51.100.0/24, "2001:db8::/32" ]
                    username: me
                    password: ${PASSWORD}
                    media: sdes
                    from-domain: drawbridge.example
                    caller-id: "+442079460000"
                """);
    Trunk trunk = Objects.requireNonNull(config.routing().trunks().get("acme"));

    assertThat(trunk.targets())
        .map(Object::toString)
        .containsExactly("sip:a.example;transport=tls", "sip:192.0.2.1:5070");
    assertThat(trunk.from()).hasSize(2);
    assertThat(trunk.credentials()).isEqualTo(new TrunkCredentials("me", new Secret("from-env")));
    assertThat(trunk.media()).isEqualTo(TrunkMedia.SDES);
    assertThat(trunk.fromDomain()).isEqualTo("drawbridge.example");
    assertThat(trunk.callerId()).isEqualTo("+442079460000");
    assertThat(config.toString()).doesNotContain("from-env");
  }

  @Test
  void registrationsAreKeptUnlessToldOtherwise() {
    assertThat(ConfigText.config(ConfigText.MINIMAL).accounts().registrar().store())
        .isEqualTo(Path.of("data/bindings.mv"));
    assertThat(
            ConfigText.config(ConfigText.MINIMAL + "registrar: { store: none }")
                .accounts()
                .registrar()
                .store())
        .isNull();
    assertThat(
            ConfigText.config(
                    ConfigText.MINIMAL
                        + "trunks: { acme: { targets: 'sip:192.0.2.1' } }\n"
                        + "registrar: { watchers: [acme] }")
                .accounts()
                .registrar()
                .watchers())
        .containsExactly("acme");
  }

  @Test
  void readsAccountsAndRegistrarBounds() {
    AccountsConfig accounts =
        ConfigText.config(
                ConfigText.MINIMAL
                    + "users: { file: config/users.yaml, 1001: { md5: "
                    + MD5
                    + ", display-name: Front desk } }\n"
                    + "registrar: { min-expires: 1m, default-expires: 5m, max-expires: 10m,"
                    + " contacts-per-account: 3 }")
            .accounts();

    assertThat(accounts.users())
        .containsExactly(
            new UserAccount(
                "1001",
                "example.com",
                "0123456789abcdef0123456789abcdef",
                null,
                "Front desk",
                null));
    assertThat(accounts.usersFile()).isEqualTo(Path.of("config/users.yaml"));
    assertThat(accounts.registrar().maxExpires()).isEqualTo(Duration.ofMinutes(10));
    assertThat(accounts.registrar().contactsPerAccount()).isEqualTo(3);
  }

  @Test
  void readsDefencesAndLimits() {
    EdgeConfig edge =
        ConfigText.config(
                ConfigText.MINIMAL
                    + """
                    limits: { calls: 5, message-size: 32KB, connections-per-address: 9 }
                    security:
                      drop-user-agents: [ sipvicious ]
                      auth-failures: { max: 3, within: 30s, ban: 1d }
                    web: { enabled: false, root: pages }
                    """)
            .edge();

    assertThat(edge.limits().all().calls()).isEqualTo(5);
    assertThat(edge.limits().messageSize()).isEqualTo(32_768);
    assertThat(edge.limits().connectionsPerAddress()).isEqualTo(9);
    assertThat(edge.security().dropUserAgents().getFirst().foundIn("SIPVicious 1")).isTrue();
    assertThat(edge.security().authFailures().ban()).isEqualTo(Duration.ofDays(1));
    assertThat(edge.web().enabled()).isFalse();
  }

  @Test
  void warnsOfPagesThatAreNotThere() {
    assertThat(ConfigText.loaded(ConfigText.MINIMAL + "web: { root: /nowhere/dist }\n").warnings())
        .singleElement()
        .asString()
        .endsWith("there is no directory /nowhere/dist, so no pages are served");
    assertThat(ConfigText.loaded(ConfigText.MINIMAL + "web: { root: web/dist }\n").warnings())
        .as("which bin/sbc builds")
        .isEmpty();
  }

  @Test
  void mediaIsBoundToIpv6WhereAListenerIs() {
    String six =
        ConfigText.MINIMAL.replace(
            "listeners: [", "listeners: [ { transport: udp, bind: \"[::1]:5060\" },");

    assertThat(ConfigText.config(six).media().bind()).isEqualTo(InetAddress.ofLiteral("::"));
    assertThat(ConfigText.config(six + "media: { loops: 1 }\n").media().bind())
        .isEqualTo(InetAddress.ofLiteral("::"));
    assertThat(ConfigText.config(six + "media: { bind: 192.0.2.1 }\n").media().bind())
        .isEqualTo(InetAddress.ofLiteral("192.0.2.1"));
    assertThat(ConfigText.config(ConfigText.MINIMAL).media().bind())
        .isEqualTo(InetAddress.ofLiteral("0.0.0.0"));
  }

  @Test
  void readsNameServersAndTryTimeouts() {
    SbcConfig config =
        ConfigText.config(
            ConfigText.MINIMAL
                + """
                dns: { servers: [ 192.0.2.53, "192.0.2.54:5353", "2001:db8::53", "[::1]:5354" ], timeout: 2s }
                trunks: { acme: { targets: "sip:acme.example", try-timeout: 3s } }
                """);

    assertThat(config.edge().dns().servers())
        .extracting(HostPort::toString)
        .containsExactly(
            "192.0.2.53:53",
            "192.0.2.54:5353",
            "[2001:db8:0:0:0:0:0:53]:53",
            "[0:0:0:0:0:0:0:1]:5354");
    assertThat(config.edge().dns().timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.routing().trunks().values())
        .extracting(Trunk::tryTimeout)
        .containsExactly(Duration.ofSeconds(3));
  }

  @Test
  void numbersKeepTheirLeadingZeros() {
    SbcConfig config =
        ConfigText.config(
            ConfigText.MINIMAL
                + "routes: [ { name: a, when: { to: 0044 }, reject: { code: 403 } } ]");

    assertThat(config.routing().routes().getFirst().when().callee()).hasToString("0044");
  }

  @Test
  void failurePoliciesNameCodesAndClasses() {
    assertThat(policy("next")).isEqualTo(policy("[408, 430, 5xx, no-answer]"));
    assertThat(policy("stop").codes()).isEmpty();
    assertThat(policy("[6xx, 603]")).isEqualTo(policy("6xx"));
    assertThat(policy("[486, 6xx]").nextAfter(486)).isTrue();
    assertThat(policy("[486, 6xx]").nextAfter(603)).isTrue();
    assertThat(policy("[486, 6xx]").nextAfter(503)).isFalse();
    assertThat(policy("[486, 6xx]").noAnswer()).isFalse();
    assertThat(policy("no-answer").noAnswer()).isTrue();
  }

  private static FailurePolicy policy(String written) {
    String route = "routes: [ { name: a, to: { registrar: true }, on-failure: " + written + " } ]";
    SbcConfig config = ConfigText.config(ConfigText.MINIMAL + route);
    RouteConfig.Action action = config.routing().routes().getFirst().action();
    assertThat(action).isInstanceOf(RouteConfig.Action.Deliver.class);
    return ((RouteConfig.Action.Deliver) action).onFailure();
  }

  @Test
  void warnsOfAnOpenRelayAndOfATrunkThatCannotCallIn() {
    String text =
        ConfigText.MINIMAL
            + """
            trunks: { acme: { targets: "sip:a.example" } }
            routes:
              - { name: relay, when: { from: anonymous }, to: { trunk: acme } }
              - { name: in, when: { from: acme }, to: { registrar: true } }
            """;

    assertThat(ConfigText.loaded(text).warnings())
        .map(ConfigProblem::toString)
        .containsExactly(
            "sbc.yaml:5:5: this route lets anyone on the network call out through a trunk: an open relay",
            "sbc.yaml:6:5: trunk acme has no \"from\", so no call comes from it");
  }
}

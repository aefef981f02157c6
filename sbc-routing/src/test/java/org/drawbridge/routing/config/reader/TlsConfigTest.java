package org.drawbridge.routing.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.drawbridge.routing.config.ListenerConfig;
import org.drawbridge.routing.config.ListenerConfig.ClientTrust;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.trunk.TrunkTls;
import org.drawbridge.routing.value.TlsIdentity;
import org.junit.jupiter.api.Test;

/** Certificates of trunks: who we are to them, and they to us. */
final class TlsConfigTest {

  private static String config(String listener, String trunks) {
    return """
    domains: [example.com]
    listeners:
      - { transport: tls, bind: "127.0.0.1:5061", certificate: tls/s.pem%s }
    trunks:
    %s
    """
        .formatted(listener, trunks.indent(2));
  }

  private static List<String> problems(String listener, String trunks) {
    return ConfigText.problems(config(listener, trunks)).stream().map(Object::toString).toList();
  }

  @Test
  void aListenerMayAskForCertificatesAndATrunkBeKnownByOne() {
    SbcConfig config =
        ConfigText.loaded(
                config(
                    ", name: SBC.example.com, client-ca: tls/ca.pem, client-certificate: required",
                    "acme: { targets: \"sip:a.example\", accept: { certificate: [A.b, c.d] } }"))
            .config();
    ListenerConfig listener = config.edge().listeners().getFirst();
    assertThat(listener.name()).isEqualTo("sbc.example.com");
    assertThat(listener.clients()).isEqualTo(new ClientTrust(Path.of("tls/ca.pem"), true));
    Trunk acme = config.routing().trunks().values().iterator().next();
    assertThat(acme.rights().certificates()).containsExactly("a.b", "c.d");
  }

  @Test
  void callsMayComeFromATrunkThatIsKnownByItsCertificateAlone() {
    String text =
        config(
            ", client-ca: tls/ca.pem",
            "acme: { targets: \"sip:a.example\", accept: { certificate: a.b } }");
    String route = "\nroutes: [ { name: in, when: { from: acme }, to: { registrar: true } } ]\n";
    assertThat(ConfigText.loaded(text + route).warnings()).isEmpty();
    String silent = text.replace(", accept: { certificate: a.b }", "");
    assertThat(ConfigText.loaded(silent + route).warnings()).hasSize(1);
  }

  @Test
  void aTrunkHasACertificateOfOursAndAuthoritiesOfItsOwn() {
    String trunk =
        "a: { targets: \"sip:a.example\", certificate: tls/us.pem, trust-ca: tls/a.pem }";
    SbcConfig config = ConfigText.loaded(config("", trunk)).config();
    assertThat(config.routing().trunks().values().iterator().next().tls())
        .isEqualTo(
            new TrunkTls(new TlsIdentity(Path.of("tls/us.pem"), null), Path.of("tls/a.pem")));
  }

  @Test
  void aKeyMayLieInAFileOfItsOwn() {
    String trunk = "a: { targets: \"sip:a.example\", certificate: c.pem, key: k.pem }";
    SbcConfig config = ConfigText.loaded(config(", key: tls/k.pem", trunk)).config();
    assertThat(config.edge().listeners().getFirst().identity())
        .isEqualTo(new TlsIdentity(Path.of("tls/s.pem"), Path.of("tls/k.pem")));
    assertThat(config.routing().trunks().values().iterator().next().tls().identity())
        .isEqualTo(new TlsIdentity(Path.of("c.pem"), Path.of("k.pem")));
    assertThat(problems("", "a: { targets: \"sip:a.example\", key: k.pem }"))
        .singleElement()
        .asString()
        .contains("needs a \"certificate\" beside it");
  }

  @Test
  void whatMakesNoSenseIsSaid() {
    assertThat(problems(", client-certificate: required", "a: { targets: \"sip:a.example\" }"))
        .singleElement()
        .asString()
        .contains(":3:91: needs a \"client-ca\" beside it");
    assertThat(problems(", client-ca: x, client-certificate: require", ""))
        .anySatisfy(text -> assertThat(text).contains("did you mean \"required\"?"));
    String udp = "a: { targets: \"sip:a.example;transport=udp\", certificate: tls/us.pem }";
    assertThat(problems("", udp))
        .singleElement()
        .asString()
        .contains("no target of this trunk is reached over TLS");
    String accept = "a: { targets: \"sip:a.example\", accept: { certificate: sbc.a.example } }";
    assertThat(problems("", accept))
        .singleElement()
        .asString()
        .contains("no listener asks for certificates");
    assertThat(problems(", client-ca: x", accept + "\n" + accept.replace("a: {", "b: {")))
        .singleElement()
        .asString()
        .contains("certificate sbc.a.example already belongs to trunk a");
  }

  @Test
  void aListenerWithoutTlsSeesNoCertificates() {
    String udp = "listeners: [ { transport: udp, bind: \"127.0.0.1:5060\", client-ca: x } ]\n";
    assertThat(ConfigText.problems("domains: [a.example]\n" + udp))
        .singleElement()
        .asString()
        .contains("only tls and wss listeners see certificates");
  }
}

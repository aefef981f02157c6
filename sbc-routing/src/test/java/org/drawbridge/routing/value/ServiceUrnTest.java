package org.drawbridge.routing.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServiceUrnTest {

  @ParameterizedTest
  @CsvSource({
    "urn:service:sos, urn:service:sos",
    "URN:Service:SOS.Fire, urn:service:sos.fire",
    "urn:service:sos.country-specific.xy.567, urn:service:sos.country-specific.xy.567",
    "urn:service:counseling.children, urn:service:counseling.children",
  })
  void namesOfServicesAreLowerCaseHere(String uri, String name) {
    assertThat(ServiceUrn.of(uri)).isEqualTo(name);
    assertThat(ServiceUrn.is(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "urn:service:",
        "urn:service:sos.",
        "urn:service:.sos",
        "urn:service:sos..fire",
        "urn:service:-sos",
        "urn:service:sos fire",
        "urn:service:sos;x=y",
        "urn:service:abcdefghijklmnopqrstuvwxyz012",
        "urn:service:a.a.a.a.a.a.a.a.a.a.a",
        "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        "112",
      })
  void whatIsNoNameOfAServiceIsNone(String uri) {
    assertThat(ServiceUrn.of(uri)).isNull();
    assertThat(ServiceUrn.is(uri)).isFalse();
  }

  @Test
  void aServiceIsAlsoKnownByThoseItIsPartOf() {
    List<String> asked = new ArrayList<>();
    String known =
        ServiceUrn.known(
            "urn:service:sos.police.traffic",
            name -> {
              asked.add(name);
              return name.equals("urn:service:sos");
            });
    assertThat(known).isEqualTo("urn:service:sos");
    assertThat(asked)
        .containsExactly(
            "urn:service:sos.police.traffic", "urn:service:sos.police", "urn:service:sos");
  }

  @Test
  void aNumberIsKnownByItselfOnly() {
    assertThat(ServiceUrn.known("1.2", "1"::equals)).isNull();
    assertThat(ServiceUrn.known("112", "112"::equals)).isEqualTo("112");
  }
}

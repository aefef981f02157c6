package org.drawbridge.routing.user;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DigestHashTest {

  /** The user, realm and password of RFC 7616 section 3.9.1. */
  @ParameterizedTest
  @CsvSource({
    "MD5,     3d78807defe7de2157e2b0b6573a855f",
    "SHA_256, 7987c64c30e25f1b74be53f966b49b90f2808aa92faf9a00262392d7b4794232",
  })
  void hashesAsRfc7616Says(DigestHash algorithm, String expected) {
    assertThat(algorithm.ha1("Mufasa", "http-auth@example.org", "Circle of Life"))
        .isEqualTo(expected)
        .hasSize(algorithm.hexLength());
  }
}

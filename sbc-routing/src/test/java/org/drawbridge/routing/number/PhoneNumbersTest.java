package org.drawbridge.routing.number;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as people dial them and as the world writes them. */
final class PhoneNumbersTest {

  @ParameterizedTest
  @CsvSource({
    "030 12345678, DE, +493012345678",
    "0049 (30) 1234-5678, DE, +493012345678",
    "+4930.12345678, DE, +493012345678",
    "00442079460000, DE, +442079460000",
    "02079460000, GB, +442079460000",
    "2125550123, US, +12125550123",
    "011442079460000, US, +442079460000",
    "110, DE, ",
    "81234567, NO, +4781234567",
    "1001, DE, ",
    "alice, DE, ",
    "0800FLOWERS, DE, ",
    "030123456789012345, DE, ",
    "'', DE, ",
    "+999123456789, DE, ",
  })
  void whatIsDialledInACountryBecomesInternational(
      String dialled, String country, @Nullable String expected) {
    assertThat(PhoneNumbers.international(dialled, country)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2281234567, +49, +492281234567",
    "0228 1234567, +49, +492281234567",
    "67, +49-228-12345, +492281234567",
    "7042, +1-914-555, +19145557042",
    "9145557042, +1, +19145557042",
    "0612345678, +39, +390612345678",
    "911, +1, ",
    "110, +49, ",
    "*98, +49, ",
    "1234567, +, ",
    "1234567, +999, ",
  })
  void aLocalNumberStandsForAGlobalOneWhereItIsPartOfOne(
      String local, String context, @Nullable String expected) {
    assertThat(PhoneNumbers.global(local, context)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "+493012345678, DE, 03012345678",
    "+442079460000, DE, 00442079460000",
    "+12125550123, US, 2125550123",
    "+442079460000, US, 011442079460000",
    "1001, DE, 1001",
    "112, DE, 112",
    "+1, DE, +1",
    "+5511961234567, BR, 11961234567",
    "+442079460000, BR, +442079460000",
    "+442079460000, KR, +442079460000",
    "+442079460000, RU, 810442079460000",
  })
  void aTrunkMayWantItAsDialledInItsCountry(String number, String country, String expected) {
    assertThat(PhoneNumbers.national(number, country)).isEqualTo(expected);
    assertThat(new NumberFormat.National(country).of(number)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"+493012345678, 493012345678", "1001, 1001", "00442079460000, 00442079460000"})
  void aTrunkMayWantItWithoutPlus(String number, String expected) {
    assertThat(new NumberFormat.PlusLess().of(number)).isEqualTo(expected);
  }
}

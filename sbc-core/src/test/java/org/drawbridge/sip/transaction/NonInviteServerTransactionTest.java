package org.drawbridge.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NonInviteServerTransactionTest {

  /** 3500 is when the client's timer E reaches T2: 500 + 1000 + 2000 (RFC 4320 4.1). */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          start                  | up REQUEST                             | TRYING
          start taken            | TRYING+3500, EXPIRED+32000             | TRYING
          start again            | -                                      | TRYING
          start TRYING           | send TRYING                            | PROCEEDING
          start TRYING again     | send RESPONSE                          | PROCEEDING
          start 100              | -                                      | TRYING
          start 183              | -                                      | TRYING
          start closed           | -                                      | TRYING
          start EXPIRED          | end                                    | TERMINATED
          start TRYING EXPIRED   | end                                    | TERMINATED
          start 200              | TRYING-, send RESPONSE, J+32000        | COMPLETED
          start TRYING 404       | TRYING-, send RESPONSE, J+32000        | COMPLETED
          start 200 again        | send RESPONSE                          | COMPLETED
          start 200 J            | end                                    | TERMINATED
          start 408              | TRYING-, J+32000                       | COMPLETED
          start 408 again        | -                                      | COMPLETED
          """)
  void movesOnAnUnreliableTransport(
      String inputs, String actions, NonInviteServerTransaction.State state) {
    var machine = new NonInviteServerTransaction(TransactionSettings.DEFAULTS, false);
    assertThat(Moves.run(machine, inputs)).isEqualTo(actions);
    assertThat(machine.state()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          start            | up REQUEST                             | TRYING
          start taken      | TRYING+3500, EXPIRED+32000             | TRYING
          start 200        | send RESPONSE, end                     | TERMINATED
          start 408        | end                                    | TERMINATED
          """)
  void doesNotLingerOnAReliableTransport(
      String inputs, String actions, NonInviteServerTransaction.State state) {
    var machine = new NonInviteServerTransaction(TransactionSettings.DEFAULTS, true);
    assertThat(Moves.run(machine, inputs)).isEqualTo(actions);
    assertThat(machine.state()).isEqualTo(state);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start start",
        "taken",
        "start 200 taken",
        "again",
        "200",
        "start ack",
        "start J",
        "start 200 200",
        "start 200 404",
        "start EXPIRED 200",
        "start EXPIRED again",
        "start 200 EXPIRED",
        "start TRYING TRYING"
      })
  void illegalMovesThrow(String inputs) {
    var machine = new NonInviteServerTransaction(TransactionSettings.DEFAULTS, false);
    assertThatIllegalStateException().isThrownBy(() -> Moves.run(machine, inputs));
  }
}

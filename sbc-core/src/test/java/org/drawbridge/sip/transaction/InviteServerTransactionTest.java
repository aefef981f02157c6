package org.drawbridge.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InviteServerTransactionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          start                | up REQUEST                                 | PROCEEDING
          start taken          | TRYING+200                                 | PROCEEDING
          start 180 taken      | -                                          | PROCEEDING
          start again          | -                                          | PROCEEDING
          start TRYING         | send TRYING                                | PROCEEDING
          start TRYING again   | send RESPONSE                              | PROCEEDING
          start ack            | -                                          | PROCEEDING
          start closed         | end, up LOST                               | TERMINATED
          start 180            | TRYING-, send RESPONSE                     | PROCEEDING
          start 180 again      | send RESPONSE                              | PROCEEDING
          start 200            | TRYING-, send RESPONSE, L+32000            | ACCEPTED
          start 180 200        | TRYING-, send RESPONSE, L+32000            | ACCEPTED
          start 200 200        | send RESPONSE                              | ACCEPTED
          start 200 again      | -                                          | ACCEPTED
          start 200 ack        | up ACK                                     | ACCEPTED
          start 200 closed     | -                                          | ACCEPTED
          start 200 L          | end                                        | TERMINATED
          start 486            | TRYING-, send RESPONSE, G+500, H+32000     | COMPLETED
          start 486 again      | send RESPONSE                              | COMPLETED
          start 486 G          | send RESPONSE, G+1000                      | COMPLETED
          start 486 G G G G    | send RESPONSE, G+4000                      | COMPLETED
          start 486 closed     | -                                          | COMPLETED
          start 486 H          | end                                        | TERMINATED
          start 486 ack        | G-, I+5000                                 | CONFIRMED
          start 486 ack ack    | -                                          | CONFIRMED
          start 486 ack again  | -                                          | CONFIRMED
          start 486 ack I      | end                                        | TERMINATED
          start 486 H closed   | -                                          | TERMINATED
          """)
  void movesOnAnUnreliableTransport(
      String inputs, String actions, InviteServerTransaction.State state) {
    var machine = new InviteServerTransaction(TransactionSettings.DEFAULTS, false);
    assertThat(Moves.run(machine, inputs)).isEqualTo(actions);
    assertThat(machine.state()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          start 486        | TRYING-, send RESPONSE, H+32000   | COMPLETED
          start 486 ack    | end                               | TERMINATED
          start 200        | TRYING-, send RESPONSE, L+32000   | ACCEPTED
          """)
  void neitherRetransmitsNorLingersOnAReliableTransport(
      String inputs, String actions, InviteServerTransaction.State state) {
    var machine = new InviteServerTransaction(TransactionSettings.DEFAULTS, true);
    assertThat(Moves.run(machine, inputs)).isEqualTo(actions);
    assertThat(machine.state()).isEqualTo(state);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start start",
        "taken",
        "start 200 taken",
        "start 486 taken",
        "again",
        "ack",
        "closed",
        "200",
        "start H",
        "start L",
        "start 200 486",
        "start 200 180",
        "start 486 200",
        "start 486 486",
        "start 486 180",
        "start 486 ack 200",
        "start 200 TRYING",
        "start 200 G",
        "start 486 L",
        "start 486 ack G",
        "start 200 L 200",
        "start 200 L again",
        "start closed 487",
        "start J"
      })
  void illegalMovesThrow(String inputs) {
    var machine = new InviteServerTransaction(TransactionSettings.DEFAULTS, false);
    assertThatIllegalStateException().isThrownBy(() -> Moves.run(machine, inputs));
  }
}

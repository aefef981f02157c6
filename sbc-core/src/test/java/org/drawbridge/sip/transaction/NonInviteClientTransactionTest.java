package org.drawbridge.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NonInviteClientTransactionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          start                | send REQUEST, E+500, F+32000   | TRYING
          start E              | send REQUEST, E+1000           | TRYING
          start E E E          | send REQUEST, E+4000           | TRYING
          start E E E E        | send REQUEST, E+4000           | TRYING
          start F              | end, up TIMEOUT                | TERMINATED
          start closed         | end, up FLOW_CLOSED            | TERMINATED
          start 100            | up RESPONSE                    | PROCEEDING
          start 100 100        | up RESPONSE                    | PROCEEDING
          start 100 E          | send REQUEST, E+4000           | PROCEEDING
          start 100 F          | end, up TIMEOUT                | TERMINATED
          start 100 closed     | end, up FLOW_CLOSED            | TERMINATED
          start 200            | E-, K+5000, up RESPONSE        | COMPLETED
          start 100 404        | E-, K+5000, up RESPONSE        | COMPLETED
          start 200 200        | -                              | COMPLETED
          start 200 404        | -                              | COMPLETED
          start 200 100        | -                              | COMPLETED
          start 200 closed     | end                            | TERMINATED
          start 200 K          | end                            | TERMINATED
          """)
  void movesOnAnUnreliableTransport(
      String inputs, String actions, NonInviteClientTransaction.State state) {
    var machine = new NonInviteClientTransaction(TransactionSettings.DEFAULTS, false);
    assertThat(Moves.run(machine, inputs)).isEqualTo(actions);
    assertThat(machine.state()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          start            | send REQUEST, F+32000   | TRYING
          start 200        | end, up RESPONSE        | TERMINATED
          """)
  void neitherRetransmitsNorLingersOnAReliableTransport(
      String inputs, String actions, NonInviteClientTransaction.State state) {
    var machine = new NonInviteClientTransaction(TransactionSettings.DEFAULTS, true);
    assertThat(Moves.run(machine, inputs)).isEqualTo(actions);
    assertThat(machine.state()).isEqualTo(state);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start start",
        "200",
        "closed",
        "start cancel",
        "start K",
        "start 200 E",
        "start 200 F",
        "start F 200",
        "start F 100",
        "start A"
      })
  void illegalMovesThrow(String inputs) {
    var machine = new NonInviteClientTransaction(TransactionSettings.DEFAULTS, false);
    assertThatIllegalStateException().isThrownBy(() -> Moves.run(machine, inputs));
  }
}

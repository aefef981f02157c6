package org.drawbridge.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InviteClientTransactionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          start                | send REQUEST, A+500, B+32000           | CALLING
          start A              | send REQUEST, A+1000                   | CALLING
          start A A A A        | send REQUEST, A+8000                   | CALLING
          start B              | end, up TIMEOUT                        | TERMINATED
          start closed         | end, up FLOW_CLOSED                    | TERMINATED
          start 100            | A-, B-, up RESPONSE                    | PROCEEDING
          start 180 183        | up RESPONSE                            | PROCEEDING
          start 180 closed     | end, up FLOW_CLOSED                    | TERMINATED
          start 200            | A-, M+32000, up RESPONSE               | ACCEPTED
          start 180 200        | A-, M+32000, up RESPONSE               | ACCEPTED
          start 200 200        | up RESPONSE                            | ACCEPTED
          start 200 180        | -                                      | ACCEPTED
          start 200 486        | -                                      | ACCEPTED
          start 200 M          | end                                    | TERMINATED
          start 200 closed     | end                                    | TERMINATED
          start 486            | send ACK, A-, D+32000, up RESPONSE     | COMPLETED
          start 180 302        | send ACK, A-, D+32000, up RESPONSE     | COMPLETED
          start 486 486        | send ACK                               | COMPLETED
          start 486 180        | -                                      | COMPLETED
          start 486 200        | up STRAY_RESPONSE                      | COMPLETED
          start 486 linger     | D+32000                                | COMPLETED
          start 486 D          | end                                    | TERMINATED
          start 486 D linger   | -                                      | TERMINATED
          start 486 closed     | end                                    | TERMINATED
          start 486 D closed   | -                                      | TERMINATED
          start cancel         | -                                      | CALLING
          start cancel 100     | A-, send CANCEL, CANCELLED+32000, up RESPONSE | PROCEEDING
          start cancel 487     | send ACK, A-, D+32000, up RESPONSE     | COMPLETED
          start cancel B       | end, up TIMEOUT                        | TERMINATED
          start 180 cancel     | send CANCEL, CANCELLED+32000           | PROCEEDING
          start 180 cancel cancel    | -                                | PROCEEDING
          start 180 cancel 180       | up RESPONSE                      | PROCEEDING
          start 180 cancel CANCELLED | end, up TIMEOUT                  | TERMINATED
          start 180 cancel 200 | A-, M+32000, up RESPONSE               | ACCEPTED
          start 200 cancel     | -                                      | ACCEPTED
          start 486 cancel     | -                                      | COMPLETED
          """)
  void movesOnAnUnreliableTransport(
      String inputs, String actions, InviteClientTransaction.State state) {
    var machine = new InviteClientTransaction(TransactionSettings.DEFAULTS, false);
    assertThat(Moves.run(machine, inputs)).isEqualTo(actions);
    assertThat(machine.state()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          start            | send REQUEST, B+32000        | CALLING
          start 486        | send ACK, A-, D+0, up RESPONSE | COMPLETED
          start 486 D      | end                          | TERMINATED
          start 486 linger | D+32000                      | COMPLETED
          start 200        | A-, M+32000, up RESPONSE     | ACCEPTED
          """)
  void neitherRetransmitsNorLingersUnaskedOnAReliableTransport(
      String inputs, String actions, InviteClientTransaction.State state) {
    var machine = new InviteClientTransaction(TransactionSettings.DEFAULTS, true);
    assertThat(Moves.run(machine, inputs)).isEqualTo(actions);
    assertThat(machine.state()).isEqualTo(state);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start start",
        "180",
        "cancel",
        "closed",
        "start D",
        "start M",
        "start 180 A",
        "start 180 B",
        "start 200 D",
        "start 486 M",
        "start B 200",
        "start B 486",
        "start E"
      })
  void illegalMovesThrow(String inputs) {
    var machine = new InviteClientTransaction(TransactionSettings.DEFAULTS, false);
    assertThatIllegalStateException().isThrownBy(() -> Moves.run(machine, inputs));
  }
}

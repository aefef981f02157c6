import java.io.IOException;
import java.util.function.UnaryOperator;

/** How calls are made through a relay. */
interface Relay {

  /**
   * Takes the caller's offer through the relay to the callee, and the callee's answer back.
   *
   * @param callee gives the callee's answer to the offer it gets
   * @return the answer that the caller gets
   */
  String connect(int call, String offer, UnaryOperator<String> callee) throws IOException;

  /** Ends a call. */
  void disconnect(int call) throws IOException;
}

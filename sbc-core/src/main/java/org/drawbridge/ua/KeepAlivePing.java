package org.drawbridge.ua;

import java.net.InetSocketAddress;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.token.Tokens;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.drawbridge.sip.transaction.TransactionLayer;

/**
 * An OPTIONS request whose answer does not matter: it passes the NAT in front of a phone, and so
 * does the phone's answer, which keeps the NAT's binding alive in both directions. Used on the loop
 * of its transactions.
 */
public final class KeepAlivePing implements Consumer<Flow>, ResponseListener {

  private final TransactionLayer transactions;
  private final Supplier<String> callIds;

  /**
   * Takes its collaborators.
   *
   * @param callIds mints Call-IDs that the loop of the transactions owns
   */
  public KeepAlivePing(TransactionLayer transactions, Supplier<String> callIds) {
    this.transactions = transactions;
    this.callIds = callIds;
  }

  @Override
  public void accept(Flow flow) {
    InetSocketAddress remote = flow.remote();
    String host = remote.getAddress().getHostAddress();
    SipUri target =
        SipUri.of(null, host.indexOf(':') < 0 ? host : "[" + host + "]", remote.getPort());
    String from = "<sip:ping@" + flow.sentBy() + ">";
    transactions.send(
        SipRequest.builder(Method.OPTIONS, target)
            .header(HeaderName.FROM, from + ";tag=" + Tokens.tag())
            .header(HeaderName.TO, "<" + target + ">")
            .header(HeaderName.CALL_ID, callIds.get())
            .header(HeaderName.CSEQ, "1 OPTIONS")
            .header(HeaderName.MAX_FORWARDS, "70")
            .build(),
        flow,
        this);
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    // Whatever it says, the NAT has seen it.
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    // The binding ends by itself when it is not refreshed.
  }
}

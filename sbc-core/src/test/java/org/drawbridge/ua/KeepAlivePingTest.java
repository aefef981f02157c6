package org.drawbridge.ua;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.drawbridge.loop.SimLoop;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.RecordingFlow;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TransactionLayer;
import org.drawbridge.sip.transaction.TransactionSettings;
import org.drawbridge.sip.transaction.TransactionUser;
import org.junit.jupiter.api.Test;

final class KeepAlivePingTest {

  private final SimLoop loop = new SimLoop();
  private final TransactionLayer transactions =
      new TransactionLayer(loop, new Nobody(), TransactionSettings.DEFAULTS);

  @Test
  void aPingIsAnOptionsRequestThatLeavesNothingBehindWhenNobodyAnswers() {
    RecordingFlow phone = new RecordingFlow(Transport.UDP, 1);
    new KeepAlivePing(transactions, () -> "minted-here").accept(phone);

    String sent = new String(phone.sent().getFirst(), StandardCharsets.UTF_8);
    assertThat(sent)
        .startsWith("OPTIONS sip:192.0.2.1:5060 SIP/2.0\r\n")
        .contains("Call-ID: minted-here\r\n")
        .contains("From: <sip:ping@198.51.100.1:5060>;tag=")
        .contains("Max-Forwards: 70\r\n");
    loop.advance(60_000);
    assertThat(transactions.size()).isZero();
  }

  private static final class Nobody implements TransactionUser {
    @Override
    public void onRequest(ServerTransaction transaction) {}

    @Override
    public void onCancel(ServerTransaction invite, SipRequest cancel) {}

    @Override
    public void onAck(SipRequest ack, Flow flow) {}

    @Override
    public void onStrayResponse(SipResponse response, Flow flow) {}
  }
}

package org.drawbridge.proxy.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Binding;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipUri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Subscriptions of a phone behind a proxy of somebody else, which closes what is idle. */
final class EdgeSubscriptionTest {

  private static final Aor CAROL = new Aor("1003", "example.com");
  private static final String CONTACT = "sip:1003@192.168.1.10:5060";
  private static final String PATH = "<sip:192.0.2.50:5060;transport=tcp;lr>";

  private final Lab lab = new Lab();
  private final SimPhone bob = lab.phone("1002", Transport.TCP, "192.0.2.22");
  private final SimPhone edge = lab.trunk("192.0.2.50", Transport.TCP);

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private void bind(FlowId flow) {
    lab.account("1003");
    lab.unbind(CAROL);
    lab.bind(
        new Binding(
            CAROL, CONTACT, flow, List.of(PATH), null, 0, 0, "reg", 1, 1000, null, Long.MAX_VALUE));
  }

  private void notify(SimDialog dialog, String state) {
    bob.send(
        dialog
            .request(Method.NOTIFY)
            .header(HeaderName.CONTACT, "<" + bob.contact() + ">")
            .header(HeaderName.EVENT, "presence")
            .header(HeaderName.SUBSCRIPTION_STATE, state));
    edge.reply(edge.expect(Method.NOTIFY), 200, null);
    bob.expect(200);
  }

  @Test
  void theyOutliveItsConnectionAndGoOnOverAnother() {
    bind(edge.sbcEnd().id());
    edge.send(
        edge.request(Method.SUBSCRIBE, "1002")
            .replace(HeaderName.FROM, "<sip:1003@example.com>;tag=a")
            .replace(HeaderName.PROXY_AUTHORIZATION, "Digest username=\"1003\"")
            .requestUri(SipUri.of("1002", "example.com", -1))
            .replace(HeaderName.TO, "<sip:1002@example.com>")
            .header(HeaderName.CONTACT, "<" + CONTACT + ">")
            .header(HeaderName.EVENT, "presence")
            .header(HeaderName.EXPIRES, "600"));
    SipRequest arrived = bob.expect(Method.SUBSCRIBE);
    bob.reply(arrived, 200, null, "Expires: 600");
    edge.expect(200);
    SimDialog dialog = bob.dialog(arrived);
    notify(dialog, "active;expires=600");

    lab.disconnect(edge, CloseCause.PEER_CLOSED);
    bind(FlowId.BY_PATH);
    lab.advance(60_000);
    assertThat(bob.firstLines()).as("no SUBSCRIBE that ends it").isEmpty();
    notify(dialog, "active;expires=500");
    notify(dialog, "terminated;reason=noresource");
  }
}

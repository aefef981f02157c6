package org.drawbridge.proxy.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A key with a lamp for the line of somebody else (RFC 4235). */
final class WatchedLineTest {

  private static final String BUSY =
      """
      <dialog-info version="3.0.0.1" state="full" entity="sip:1002@192.0.2.22:5060">
      <dialog id="a" call-id="77@192.0.2.22" direction="recipient"><state>early</state>
      <local><target uri="sip:1002@[2001:db8::1]:5062;transport=tcp"/></local>
      <remote><identity display="Zo\u00eb">sips:+4930@10.1.2.3</identity>
      <target uri="sip:192.0.2.22"/></remote></dialog>
      <dialog id="b"><remote><identity>sip:bob@other.example</identity></remote></dialog>
      </dialog-info>
      """;

  private static final String SHOWN =
      """
      <dialog-info version="3.0.0.1" state="full" entity="sip:1002@example.com">
      <dialog id="a" call-id="77@example.com" direction="recipient"><state>early</state>
      <local><target uri="sip:1002@example.com;transport=tcp"/></local>
      <remote><identity display="Zo\u00eb">sips:+4930@example.com</identity>
      <target uri="sip:example.com"/></remote></dialog>
      <dialog id="b"><remote><identity>sip:bob@other.example</identity></remote></dialog>
      </dialog-info>
      """;

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.WSS, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.TCP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private SimDialog watched() {
    alice.send(alice.subscription("1002", "dialog", 60));
    SipRequest arrived = bob.expect(Method.SUBSCRIBE);
    bob.reply(arrived, 200, null, "Expires: 60");
    alice.expect(200);
    return bob.dialog(arrived);
  }

  private SipRequest told(SimDialog atBob, String state, String type, String body) {
    bob.send(
        bob.notification(atBob, "dialog", state).body(type, body.getBytes(StandardCharsets.UTF_8)));
    SipRequest notified = alice.expect(Method.NOTIFY);
    alice.reply(notified, 200, null);
    bob.expect(200);
    return notified;
  }

  /** Whoever presses the key, or that of its mailbox, calls what is said there. */
  @Test
  void noHostOfTheNotifierIsNamedToTheSubscriber() {
    SimDialog atBob = watched();
    SipRequest busy = told(atBob, "active;expires=60", "application/dialog-info+xml", BUSY);
    assertThat(new String(busy.body(), StandardCharsets.UTF_8)).isEqualTo(SHOWN);
    String mail = "Messages-Waiting: yes\r\nMessage-Account: sip:*98@192.0.2.22\r\n";
    SipRequest waiting =
        told(atBob, "terminated;reason=timeout", "application/simple-message-summary", mail);
    assertThat(waiting.bodyText()).contains("Message-Account: sip:*98@example.com\r\n");
  }

  /** Of a list, the part that is its root is named beside the body too (RFC 4662, RFC 2387). */
  @Test
  void theRootOfAListOfPartsIsFound() {
    String type = "multipart/related;type=\"application/rlmi+xml\";start=\"<%s>\";boundary=\"x\"";
    String body = "--x\r\nContent-ID: <%s>\r\n\r\n<list/>\r\n--x--\r\n";
    String root = "a1@192.0.2.22";
    SipRequest list =
        told(watched(), "terminated;reason=timeout", type.formatted(root), body.formatted(root));
    assertThat(list.contentType()).isEqualTo(type.formatted("a1@example.com"));
    assertThat(list.bodyText()).isEqualTo(body.formatted("a1@example.com"));
  }

  /** Nobody has said yet that its old connection is gone. */
  @Test
  void aSubscriberThatHasMovedIsToldWhereItHasRegistered() {
    SimDialog atBob = watched();
    alice.wire().deafen();
    lab.comeBack(alice);
    told(atBob, "terminated;reason=timeout", "text/plain", Sdps.phone("192.0.2.22", 4000));
  }
}

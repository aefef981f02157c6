package org.drawbridge.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.drawbridge.account.Aor;
import org.drawbridge.event.reg.RegistrationEvents;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.SampleBindings;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.ua.AccountEvents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** SUBSCRIBE and NOTIFY of the registration event package, in virtual time. */
final class RegistrationEventsTest {

  private static final Aor ALICE = new Aor("1001", "example.com");
  private static final Binding EVIL =
      new Binding(
          ALICE,
          "sip:a&b<c>\"'@x.invalid",
          new FlowId("udp/0.0.0.0:5060/192.0.2.9:5060"),
          List.of(),
          "<urn:\u0001\"evil\">",
          0,
          0,
          "call&<>",
          1,
          1000,
          null,
          Long.MAX_VALUE);

  private final Lab lab = new Lab();
  private final RegistrationEvents events =
      new RegistrationEvents(lab::lookup, () -> Instant.ofEpochMilli(lab.loop().now()));
  private final Notifier notifier =
      new Notifier(lab.loop(), lab.core().transactions(), List.of(events), 100);
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.21", 1000);
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22", 1000);

  RegistrationEventsTest() {
    lab.core().serve(new AccountEvents(notifier, lab, "acme"::equals));
  }

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
    assertThat(notifier.size()).isZero();
  }

  @Test
  void theWholeStateComesAtOnceAndEndsInTime() {
    SipResponse answer = subscribe(alice, "1001", 60);
    assertThat(answer.headers().first(HeaderName.EXPIRES)).isEqualTo("60");
    SipRequest first = notified(alice);
    assertThat(first.headers().first(HeaderName.SUBSCRIPTION_STATE)).isEqualTo("active;expires=60");
    assertThat(first.headers().first(HeaderName.EVENT)).isEqualTo("reg");
    Element root = xml(first);
    assertThat(root.getAttribute("state")).isEqualTo("full");
    assertThat(root.getAttribute("version")).isEqualTo("0");
    assertThat(registration(root).getAttribute("aor")).isEqualTo("sip:1001@example.com");
    assertThat(registration(root).getAttribute("state")).isEqualTo("active");
    assertThat(contact(root).getElementsByTagName("uri").item(0).getTextContent())
        .isEqualTo(alice.contact());

    lab.advance(60_000);
    assertThat(notified(alice).headers().first(HeaderName.SUBSCRIPTION_STATE))
        .isEqualTo("terminated;reason=timeout");
  }

  @Test
  void changesAreToldOnceAndNotTooFast() {
    subscribe(alice, "1001", 100);
    notified(alice);
    Binding more = SampleBindings.phone("1001", Long.MAX_VALUE / 2);
    bind(more);
    bind(EVIL);
    lab.settle();
    assertThat(alice.firstLines()).as("within the pause").isEmpty();
    lab.advance(Subscription.PAUSE);
    Element root = xml(notified(alice));
    assertThat(root.getAttribute("state")).isEqualTo("partial");
    assertThat(root.getAttribute("version")).isEqualTo("1");
    assertThat(root.getElementsByTagName("contact").getLength()).isEqualTo(2);

    unbind();
    lab.advance(Subscription.PAUSE);
    root = xml(notified(alice));
    assertThat(registration(root).getAttribute("state")).isEqualTo("terminated");
    assertThat(root.getElementsByTagName("contact").getLength()).isEqualTo(3);
    assertThat(contact(root).getAttribute("state")).isEqualTo("terminated");
    assertThat(contact(root).getAttribute("event")).isEqualTo("unregistered");
    lab.advance(100_000);
    notified(alice);
  }

  @Test
  void whateverAContactHoldsTheDocumentIsXml() {
    unbind();
    bind(EVIL);
    subscribe(alice, "1001", 0);
    SipRequest only = notified(alice);
    assertThat(only.headers().first(HeaderName.SUBSCRIPTION_STATE)).startsWith("terminated");
    Element contact = contact(xml(only));
    assertThat(contact.getAttribute("callid")).isEqualTo("call&<>");
    assertThat(contact.getElementsByTagName("uri").item(0).getTextContent())
        .isEqualTo(EVIL.contactUri());
    assertThat(contact.getElementsByTagName("unknown-param").item(0).getTextContent())
        .isEqualTo("\"<urn:\uFFFD\"evil\">\"");
  }

  @Test
  void phonesWithOnePrivateAddressAtTwoPlacesAreTwo() {
    unbind();
    for (String host : List.of("192.0.2.71", "192.0.2.72")) {
      lab.stranger("1001", "example.com", Transport.TLS, host).inside("192.168.1.10").signIn(host);
    }
    subscribe(alice, "1001", 60);
    List<String> all = ids(notified(alice));
    assertThat(all).doesNotHaveDuplicates().hasSize(2);

    Binding second = lab.lookup(ALICE).getLast();
    unbind();
    bind(second);
    lab.advance(Subscription.PAUSE);
    assertThat(ids(notified(alice))).as("who is gone").containsExactly(all.getFirst());
    lab.advance(60_000);
    notified(alice);
  }

  private static List<String> ids(SipRequest notify) {
    NodeList contacts = xml(notify).getElementsByTagName("contact");
    return IntStream.range(0, contacts.getLength())
        .mapToObj(index -> ((Element) contacts.item(index)).getAttribute("id"))
        .toList();
  }

  @Test
  void aRefreshProlongsAndAnUnsubscribeEnds() {
    SipRequest subscribe = alice.send(subscription(alice, "1001", 60));
    SipResponse answer = alice.expect(200);
    notified(alice);
    lab.advance(50_000);
    alice.send(inDialog(subscribe, answer, 101, 60));
    alice.expect(200);
    assertThat(xml(notified(alice)).getAttribute("version")).isEqualTo("1");
    lab.advance(50_000);
    assertThat(notifier.size()).isEqualTo(1);

    alice.send(inDialog(subscribe, answer, 102, 0));
    alice.expect(200);
    assertThat(notified(alice).headers().first(HeaderName.SUBSCRIPTION_STATE))
        .startsWith("terminated");
    assertThat(notifier.size()).isZero();
  }

  /** A NAT gives another port, or a laptop another network, and the old flow never says so. */
  @Test
  void whoRefreshesFromElsewhereIsToldThere() {
    SipRequest subscribe = alice.send(subscription(alice, "1001", 60));
    SipResponse answer = alice.expect(200);
    notified(alice);
    SimPhone moved = lab.stranger("1001", "example.com", Transport.TCP, "192.0.2.31");
    moved.send(inDialog(subscribe, answer, 101, 60));
    moved.expect(200);
    assertThat(xml(notified(moved)).getAttribute("version")).isEqualTo("1");

    lab.disconnect(alice, CloseCause.LOST);
    assertThat(notifier.size()).as("its old connection").isEqualTo(1);
    lab.disconnect(moved, CloseCause.LOST);
    assertThat(notifier.size()).isZero();
  }

  @Test
  void aNotifyThatWasLostBeforeTheMoveEndsNothing() {
    SipRequest subscribe = alice.send(subscription(alice, "1001", 60));
    SipResponse answer = alice.expect(200);
    alice.expect(Method.NOTIFY);
    SimPhone moved = lab.stranger("1001", "example.com", Transport.TCP, "192.0.2.31");
    moved.send(inDialog(subscribe, answer, 101, 60));
    moved.expect(200);
    notified(moved);
    lab.advance(33_000);
    assertThat(notifier.size()).isEqualTo(1);

    moved.send(inDialog(subscribe, answer, 102, 0));
    moved.expect(200);
    notified(moved);
  }

  @Test
  void nobodyWatchesAnotherAccount() {
    bob.send(subscription(bob, "1001", 60));
    bob.expect(403);
    bob.send(subscription(bob, "1002", 30));
    assertThat(bob.expect(423).headers().first(HeaderName.MIN_EXPIRES)).isEqualTo("60");
    bob.send(subscription(bob, "1002", 60).header(HeaderName.ACCEPT, "application/pidf+xml"));
    bob.expect(406);
  }

  @Test
  void onlyTrunksThatAreNamedWatchAccounts() {
    SimPhone acme = lab.stranger("trunk", "example.com", Transport.UDP, "203.0.113.1");
    subscribe(acme, "1001", 0);
    assertThat(registration(xml(notified(acme))).getAttribute("aor"))
        .isEqualTo("sip:1001@example.com");
    acme.send(subscription(acme, "1009", 60));
    acme.expect(404);

    lab.core().serve(new AccountEvents(notifier, lab, "beta"::equals));
    acme.send(subscription(acme, "1001", 60));
    acme.expect(403);
  }

  @Test
  void whatCannotBeServedIsRefused() {
    alice.send(subscription(alice, "1001", 60).header(HeaderName.REQUIRE, "eventlist"));
    assertThat(alice.expect(420).headers().first(HeaderName.UNSUPPORTED)).isEqualTo("eventlist");
    alice.send(subscription(alice, "1001", 60).remove(HeaderName.CONTACT));
    alice.expect(400);

    SipRequest subscribe = alice.send(subscription(alice, "1001", 60));
    SipResponse answer = alice.expect(200);
    notified(alice);
    alice.send(inDialog(subscribe, answer, 101, 60).header(HeaderName.REQUIRE, "eventlist"));
    alice.expect(420);
    lab.advance(60_000);
    notified(alice);
  }

  @Test
  void whoDoesNotKnowTheSubscriptionOrIsGoneIsForgotten() {
    subscribe(alice, "1001", 3_000);
    alice.reply(alice.expect(Method.NOTIFY), 481, null);
    assertThat(notifier.size()).isZero();

    subscribe(bob, "1002", 3_000);
    bob.expect(Method.NOTIFY);
    lab.advance(33_000);
    assertThat(notifier.size()).as("no answer to NOTIFY").isZero();

    subscribe(alice, "1001", 3_000);
    notified(alice);
    lab.disconnect(alice, CloseCause.LOST);
    assertThat(notifier.size()).as("the flow is gone").isZero();
    bob.clear();
  }

  /** A refusal that does not end the subscription (RFC 6665 section 4.2.2). */
  @Test
  void whoCouldNotTakeOneIsToldAllWithTheNextChange() {
    subscribe(alice, "1001", 60);
    alice.reply(alice.expect(Method.NOTIFY), 500, null);
    lab.advance(Subscription.PAUSE);
    assertThat(alice.firstLines()).as("nothing has changed").isEmpty();
    bind(SampleBindings.phone("1001", Long.MAX_VALUE / 2));
    lab.settle();
    assertThat(xml(notified(alice)).getAttribute("state")).isEqualTo("full");

    lab.advance(60_000);
    notified(alice);
  }

  @Test
  void anAccountHasOnlySoManyWatchers() {
    for (int i = 0; i < 20; i++) {
      subscribe(alice, "1001", 60);
      notified(alice);
    }
    alice.send(subscription(alice, "1001", 60));
    alice.expect(503);
    lab.advance(60_000);
    for (int i = 0; i < 20; i++) {
      notified(alice);
    }
  }

  private void bind(Binding binding) {
    lab.bind(binding);
    events.changed(ALICE, List.of(), lab.lookup(ALICE));
  }

  private void unbind() {
    lab.unbind(ALICE);
    events.changed(ALICE, List.of(), List.of());
  }

  private static SipResponse subscribe(SimPhone phone, String user, int expires) {
    phone.send(subscription(phone, user, expires));
    return phone.expect(200);
  }

  private static MessageBuilder<SipRequest> subscription(SimPhone phone, String user, int expires) {
    return phone
        .request(Method.SUBSCRIBE, user)
        .header(HeaderName.CONTACT, "<" + phone.contact() + ">")
        .header(HeaderName.EVENT, "reg")
        .header(HeaderName.EXPIRES, "" + expires);
  }

  private static MessageBuilder<SipRequest> inDialog(
      SipRequest subscribe, SipResponse answer, int cseq, int expires) {
    return SipRequest.builder(Method.SUBSCRIBE, Objects.requireNonNull(answer.contact()).uri())
        .header(HeaderName.FROM, subscribe.from().toString())
        .header(HeaderName.TO, answer.to().toString())
        .header(HeaderName.CALL_ID, subscribe.callId())
        .header(HeaderName.CSEQ, cseq + " SUBSCRIBE")
        .header(HeaderName.CONTACT, "<sip:alice@192.0.2.21>")
        .header(HeaderName.EVENT, "reg")
        .header(HeaderName.EXPIRES, "" + expires);
  }

  private static SipRequest notified(SimPhone phone) {
    SipRequest notify = phone.expect(Method.NOTIFY);
    phone.reply(notify, 200, null);
    return notify;
  }

  private static Element xml(SipRequest notify) {
    assertThat(notify.contentType()).isEqualTo("application/reginfo+xml");
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      return factory
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(notify.body()))
          .getDocumentElement();
    } catch (Exception e) {
      throw new AssertionError(notify.bodyText(), e);
    }
  }

  private static Element registration(Element root) {
    return (Element) root.getElementsByTagName("registration").item(0);
  }

  private static Element contact(Element root) {
    return (Element) root.getElementsByTagName("contact").item(0);
  }
}

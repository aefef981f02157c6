package org.drawbridge.sipunit;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.EventObject;
import java.util.List;
import java.util.ListIterator;
import java.util.Properties;
import javax.sip.InvalidArgumentException;
import javax.sip.ResponseEvent;
import javax.sip.header.Header;
import javax.sip.message.Response;
import org.cafesip.sipunit.SipActionObject;
import org.cafesip.sipunit.SipCall;
import org.cafesip.sipunit.SipPhone;
import org.cafesip.sipunit.SipResponse;
import org.cafesip.sipunit.SipStack;
import org.cafesip.sipunit.SipTransaction;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.SipAccount;

/**
 * A phone of SipUnit over UDP on a loopback address of its own, behind the SBC as its outbound
 * proxy. Digest challenges are answered here, since SipUnit cannot answer one that asks for qop.
 */
public final class SipUnitPhone implements AutoCloseable {

  /** How long SipUnit waits for anything, in ms. */
  public static final long PATIENCE = 40_000;

  private final SipStack stack;
  private final SipPhone phone;
  private final SipAccount account;
  private final String hostPort;

  private SipUnitPhone(SipStack stack, SipPhone phone, SipAccount account, String hostPort) {
    this.stack = stack;
    this.phone = phone;
    this.account = account;
    this.hostPort = hostPort;
  }

  /** Opens one that has not registered; From is the address of its account. */
  public static SipUnitPhone open(String address, SipAccount account, int sbcPort) {
    return open(address, account, account.uri(), sbcPort);
  }

  /** Opens one that claims to be somebody else in From. */
  public static SipUnitPhone open(String address, SipAccount account, String fromUri, int sbcPort) {
    int port = FreePorts.one();
    Properties properties = new Properties();
    properties.setProperty("javax.sip.STACK_NAME", address + "-" + port);
    properties.setProperty("javax.sip.IP_ADDRESS", address);
    // Else each datagram gets a thread of its own: a BYE may overtake the ACK before it, and
    // SipUnit
    // throws away what comes while it waits for something else.
    properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "1");
    SipStack stack = stack(port, properties);
    try {
      SipPhone phone = stack.createSipPhone("127.0.0.1", SipStack.PROTOCOL_UDP, sbcPort, fromUri);
      return new SipUnitPhone(stack, phone, account, address + ":" + port);
    } catch (InvalidArgumentException | ParseException e) {
      stack.dispose();
      throw new AssertionError(e);
    }
  }

  /** SipUnit declares Exception for whatever the stack may say. */
  private static SipStack stack(int port, Properties properties) {
    try {
      return new SipStack(SipStack.PROTOCOL_UDP, port, properties);
    } catch (Exception e) {
      throw new AssertionError("cannot start the JAIN stack", e);
    }
  }

  /** Registers its address. */
  public void register() {
    String registrar = "sip:" + account.domain();
    String contact = "Contact: <sip:" + account.user() + "@" + hostPort + ">";
    RequestText request = new RequestText(hostPort, account.uri(), account.uri());
    Response challenged = send(request.text("REGISTER", registrar, 1, List.of(contact)));
    String line = lastValue(challenged, "WWW-Authenticate");
    String credentials = "Authorization: " + Digest.answer(line, "REGISTER", registrar, account);
    Response done = send(request.text("REGISTER", registrar, 2, List.of(contact, credentials)));
    if (done.getStatusCode() != Response.OK) {
      throw new AssertionError("not registered: " + done);
    }
  }

  private Response send(String request) {
    try {
      SipTransaction sent = phone.sendRequestWithTransaction(request, true, null);
      check(sent != null, phone);
      EventObject event = phone.waitResponse(sent, PATIENCE);
      if (event instanceof ResponseEvent response) {
        return response.getResponse();
      }
      throw new AssertionError("no response to\n" + request);
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts to wait for a call, for its CANCEL and for its BYE. */
  public SipCall expectCall() {
    SipCall call = phone.createSipCall();
    check(call.listenForIncomingCall(), call);
    return call;
  }

  /** Waits for the call that is expected and rings. */
  public static void ring(SipCall call) {
    check(call.waitForIncomingCall(PATIENCE), call);
    check(call.sendIncomingCallResponse(Response.RINGING, "Ringing", -1), call);
  }

  /** Answers the call that rings. */
  public void answer(SipCall call) {
    String sdp = RawCall.sdp(address());
    check(
        call.sendIncomingCallResponse(Response.OK, "OK", -1, sdp, "application", "sdp", null, null),
        call);
  }

  /** Sends an INVITE without credentials. */
  public SipCall callWithoutCredentials(String uri) {
    return start(uri, List.of());
  }

  /** Sends an INVITE, and again with the answer to its challenge. */
  public SipCall call(String uri) {
    SipCall challenged = callWithoutCredentials(uri);
    Response response = finalResponse(challenged);
    String line = lastValue(response, "Proxy-Authenticate");
    return start(
        uri, List.of("Proxy-Authorization: " + Digest.answer(line, "INVITE", uri, account)));
  }

  private SipCall start(String uri, List<String> headers) {
    SipCall call = phone.createSipCall();
    boolean sent =
        call.initiateOutgoingCall(
            phone.getAddress().getURI().toString(),
            uri,
            null,
            RawCall.sdp(address()),
            "application",
            "sdp",
            new ArrayList<>(headers),
            null);
    check(sent, call);
    return call;
  }

  /** Waits for the final response to an INVITE. */
  public static Response finalResponse(SipCall call) {
    do {
      check(call.waitOutgoingCallResponse(PATIENCE), call);
    } while (call.getReturnCode() < 200);
    return (Response) call.getLastReceivedResponse().getMessage();
  }

  /** Waits until the called side rings. */
  public static void awaitRinging(SipCall call) {
    do {
      check(call.waitOutgoingCallResponse(PATIENCE), call);
    } while (call.getReturnCode() < Response.RINGING);
    if (call.getReturnCode() != Response.RINGING) {
      throw new AssertionError("no ringing but " + call.getReturnCode());
    }
  }

  /** How many responses of a status came to the INVITE of a call. */
  public static long count(SipCall call, int status) {
    return call.getAllReceivedResponses().stream()
        .map(SipResponse::getStatusCode)
        .filter(code -> code == status)
        .count();
  }

  /** Fails with what SipUnit says of a step, and with the requests a call has had. */
  public static void check(boolean succeeded, SipActionObject actor) {
    if (!succeeded) {
      String had = actor instanceof SipCall call ? "; requests so far: " + requests(call) : "";
      throw new AssertionError(actor.format() + had);
    }
  }

  private static List<String> requests(SipCall call) {
    return call.getAllReceivedRequests().stream()
        .map(request -> request.getMessage().toString().lines().limit(2).toList().toString())
        .toList();
  }

  private static String lastValue(Response response, String name) {
    ListIterator<?> headers = response.getHeaders(name);
    String value = null;
    while (headers.hasNext()) {
      value = ((Header) headers.next()).toString().replaceFirst("^[^:]*: *", "").strip();
    }
    if (value == null) {
      throw new AssertionError("no " + name + " in\n" + response);
    }
    return value;
  }

  private String address() {
    return hostPort.replaceAll(":.*", "");
  }

  @Override
  public void close() {
    phone.dispose();
    stack.dispose();
  }
}

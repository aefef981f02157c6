package org.drawbridge.sipunit;

import java.util.ArrayList;
import java.util.List;
import org.drawbridge.support.SipAccount;

/** The caller's side of one call, written out by hand. */
public final class RawCall {

  private static final int AUDIO_PORT = 40_000;

  private final RawPhone phone;
  private final SipAccount account;
  private final String target;
  private final RequestText text;
  private String branch = RequestText.newBranch();
  private final int audioPort;
  private int cseq = 1;
  private List<String> credentials = List.of();

  /** A call of an account to a SIP URI; nothing is sent yet. */
  public RawCall(RawPhone phone, SipAccount account, String target) {
    this(phone, account, target, AUDIO_PORT);
  }

  /** The same with audio at a port of the phone's address. */
  public RawCall(RawPhone phone, SipAccount account, String target, int audioPort) {
    this.audioPort = audioPort;
    this.phone = phone;
    this.account = account;
    this.target = target;
    this.text = new RequestText(phone.hostPort(), account.uri(), target);
  }

  /** A session description that names an address in each place there is. */
  public static String sdp(String address) {
    return sdp(address, AUDIO_PORT);
  }

  /** The same with a port of one's choice, IPv4 or IPv6. */
  public static String sdp(String address, int audioPort) {
    return """
    v=0
    o=origin-%s 4711 4711 IN IP4 %s
    s=session-of-%s
    c=IN IP4 %s
    t=0 0
    m=audio %d RTP/AVP 0 8
    a=rtpmap:0 PCMU/8000
    a=rtpmap:8 PCMA/8000
    """
        .replace("\n", "\r\n")
        .replace("IP4", address.indexOf(':') < 0 ? "IP4" : "IP6")
        .formatted(
            address.replace(':', '-'), address, address.replace(':', '-'), address, audioPort);
  }

  /** The INVITE as it is now; the same text at each call until it was challenged. */
  public String invite() {
    List<String> lines = new ArrayList<>(credentials);
    lines.add(phone.contact(account.user()));
    lines.add("User-Agent: Caller/1.0");
    lines.add("Subject: hello");
    return text.text("INVITE", target, branch, null, cseq, lines, sdp(phone.address(), audioPort));
  }

  /** Sends an INVITE, answers its challenge, and returns the INVITE that has credentials. */
  public String place() {
    phone.send(invite());
    WireMessage challenge = phone.awaitResponse(407, "INVITE");
    phone.send(ackOfFailure(challenge));
    authorize(challenge);
    String invite = invite();
    phone.send(invite);
    return invite;
  }

  /** Prepares the next INVITE, which answers a challenge. */
  public void authorize(WireMessage challenge) {
    String line = challenge.headers("Proxy-Authenticate").getLast();
    credentials = List.of("Proxy-Authorization: " + Digest.answer(line, "INVITE", target, account));
    branch = RequestText.newBranch();
    cseq++;
  }

  /** The ACK of a response that is no 2xx: of the same transaction (RFC 3261 section 17.1.1.3). */
  public String ackOfFailure(WireMessage response) {
    return text.text("ACK", target, branch, response.header("To"), cseq, List.of(), "");
  }

  /** The ACK of a 2xx: a transaction of its own. */
  public String ack(WireMessage answer) {
    return inDialog("ACK", answer, cseq);
  }

  /** A CANCEL of the INVITE. */
  public String cancel() {
    return text.text("CANCEL", target, branch, null, cseq, List.of(), "");
  }

  /** The next request in the dialog of an answer. */
  public String next(String method, WireMessage answer) {
    cseq++;
    return inDialog(method, answer, cseq);
  }

  private String inDialog(String method, WireMessage answer, int number) {
    return text.text(
        method,
        answer.contact(),
        RequestText.newBranch(),
        answer.header("To"),
        number,
        List.of(),
        "");
  }

  /** Its Call-ID. */
  public String callId() {
    return text.callId();
  }

  /** The tag of its From. */
  public String fromTag() {
    return text.fromTag();
  }
}

package org.drawbridge.unruly;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.drawbridge.sipunit.Digest;
import org.drawbridge.sipunit.WireMessage;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.SipAccount;

/**
 * A device of an account over TCP that registers, registers again, signs off and on, and loses its
 * connection in between, whether it is called just then or not.
 */
final class UnrulySubscriber implements AutoCloseable {

  private static final int LONGEST_PAUSE_MILLIS = 8_000;
  private static final int LONGEST_ABSENCE_MILLIS = 4_000;
  private static final String REGISTRAR = "sip:" + SbcFiles.DOMAIN;
  private static final String STAYS = "Expires: 600\r\n";
  private static final String LEAVES = "Expires: 0\r\n";

  private final SipAccount account;
  private final TcpLine line;
  private final UnrulyPhone phone;
  private final Lots lots;
  private final UnrulyDialog registration;
  private final String instance;
  private volatile String expires = STAYS;

  /** Connects from an address and registers. */
  UnrulySubscriber(SipAccount account, InetAddress local, InetSocketAddress sbc, long seed) {
    this.account = account;
    this.lots = new Lots(seed);
    this.line = new TcpLine(local, sbc);
    this.phone = new UnrulyPhone(line, account, seed);
    this.registration = UnrulyDialog.registering(line, account.uri(), lots);
    this.instance = "00000000-0000-1000-8000-%012d".formatted(lots.between(0, 1 << 30));
  }

  /** Connects and lives on a thread of its own until its phone forgets everything. */
  void start() {
    line.start(this::take);
    Thread.ofVirtual().start(this::live);
  }

  UnrulyPhone phone() {
    return phone;
  }

  private void live() {
    register(STAYS);
    while (!phone.hasForgotten()) {
      UnrulyPhone.pause(lots, LONGEST_PAUSE_MILLIS);
      switch (lots.between(0, 5)) {
        case 0 -> register(LEAVES);
        case 1, 2 -> {
          line.cut();
          UnrulyPhone.pause(lots, LONGEST_ABSENCE_MILLIS);
          line.reconnect();
          register(STAYS);
        }
        default -> register(STAYS);
      }
    }
  }

  private void register(String forHowLong) {
    expires = forHowLong;
    line.send(registration.next("REGISTER", lines(), "", lots));
  }

  private String lines() {
    String contact = UnrulyDialog.contact(line).strip();
    return contact + ";+sip.instance=\"<urn:uuid:" + instance + ">\"\r\n" + expires;
  }

  private void take(WireMessage message) {
    if (message.isResponse(401, "REGISTER")) {
      String challenge = message.headers("WWW-Authenticate").getLast();
      String credentials = Digest.answer(challenge, "REGISTER", REGISTRAR, account);
      String lines = "Authorization: " + credentials + "\r\n" + lines();
      line.send(registration.next("REGISTER", lines, "", lots));
    } else {
      phone.take(message);
    }
  }

  @Override
  public void close() {
    phone.close();
  }
}

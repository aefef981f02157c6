package org.drawbridge.unruly;

import java.util.List;

/**
 * Places a call, at times twice, and may take it back.
 *
 * @param phone who calls
 * @param call the call, not sent yet
 * @param credentials the header line that answers a challenge; may be empty
 * @param lots its chances
 */
record UnrulyCaller(UnrulyPhone phone, UnrulyDialog call, String credentials, Lots lots)
    implements Runnable {

  private static final List<String> WISHES =
      List.of(
          "",
          "",
          "Supported: 100rel, timer\r\nAllow: INVITE, ACK, BYE, CANCEL, UPDATE, PRACK\r\n",
          "Require: 100rel\r\nSession-Expires: 90\r\nMin-SE: 90\r\nSupported: timer, replaces\r\n",
          "Session-Expires: 120;refresher=uac\r\nSupported: timer\r\n",
          "Privacy: id\r\n",
          "Expires: 3\r\n");

  @Override
  public void run() {
    String body = lots.happens(0.85) ? phone.description(lots) : "";
    String invite = call.first("INVITE", credentials + lots.oneOf(WISHES), body);
    phone.send(invite);
    if (lots.happens(0.2)) {
      phone.send(invite);
    }
    if (lots.happens(0.25)) {
      UnrulyPhone.pause(lots, 3_000);
      phone.send(call.first("CANCEL", "", ""));
    }
  }
}

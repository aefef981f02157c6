package org.drawbridge.unruly;

import java.util.List;
import org.drawbridge.support.SbcFiles;

/**
 * What one side of a call sends in it: changes of the session, transfers, key presses, requests
 * that belong nowhere, at times two at once; and mostly, but not always, a BYE at its end.
 *
 * @param phone who sends it
 * @param dialog the call
 * @param lots its chances
 */
record Misbehaviour(UnrulyPhone phone, UnrulyDialog dialog, Lots lots) implements Runnable {

  private static final int LONGEST_CALL_MILLIS = 10_000;
  private static final int LONGEST_PAUSE_MILLIS = 1_500;
  private static final String KEY = "Content-Type: application/dtmf-relay\r\n";
  private static final List<String> OUT_OF_PLACE =
      List.of("FOO", "MESSAGE", "SUBSCRIBE", "NOTIFY", "PUBLISH", "OPTIONS", "PRACK");

  @Override
  public void run() {
    for (int left = lots.between(0, LONGEST_CALL_MILLIS); left > 0; left -= 750) {
      UnrulyPhone.pause(lots, LONGEST_PAUSE_MILLIS);
      if (phone.hasForgotten()) {
        return;
      }
      step(lots.between(0, 20));
    }
    if (lots.happens(0.7)) {
      end();
    }
  }

  private void step(int drawn) {
    switch (drawn) {
      case 0, 1, 2, 3, 4 -> next("INVITE", "", lots.happens(0.8) ? phone.description(lots) : "");
      case 5, 6 -> next("UPDATE", "", lots.happens(0.7) ? phone.description(lots) : "");
      case 7, 8 -> next("INFO", KEY, "Signal=5\r\nDuration=160\r\n");
      case 9 -> next("REFER", referTo(), "");
      case 10, 11 -> next(lots.oneOf(OUT_OF_PLACE), "Event: dialog\r\nRAck: 1 1 INVITE\r\n", "");
      case 12 -> phone.send(dialog.again("INVITE", "", phone.description(lots), lots));
      case 13 -> phone.send(dialog.again("CANCEL", "", "", lots));
      default -> {} // it only talks, or listens
    }
  }

  private void end() {
    next("BYE", "", "");
    if (lots.happens(0.2)) {
      next("INVITE", "", phone.description(lots));
    }
    if (lots.happens(0.2)) {
      next("BYE", "", "");
    }
  }

  private String referTo() {
    String number = lots.oneOf(UnrulyPhonesTest.NUMBERS);
    return "Refer-To: <sip:" + number + "@" + SbcFiles.DOMAIN + ">\r\n";
  }

  private void next(String method, String lines, String body) {
    phone.send(dialog.next(method, lines, body, lots));
  }
}

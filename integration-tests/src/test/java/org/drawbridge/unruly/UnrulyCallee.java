package org.drawbridge.unruly;

import java.util.List;
import org.drawbridge.sipunit.WireMessage;

/**
 * Takes a call in one of many ways, or does not.
 *
 * @param phone who is called
 * @param invite the call
 * @param lots its chances
 */
record UnrulyCallee(UnrulyPhone phone, WireMessage invite, Lots lots) implements Runnable {

  private enum Way {
    ANSWERS,
    ANSWERS_LATE,
    ANSWERS_WITHOUT_DESCRIPTION,
    ANSWERS_AND_HANGS_UP,
    ANSWERS_AND_CHANGES,
    HAS_EARLY_MEDIA,
    RINGS_RELIABLY,
    FORKS,
    REDIRECTS,
    REFUSES,
    REFUSES_LATE,
    RINGS_FOR_EVER,
    SAYS_WHAT_NOBODY_KNOWS,
    IS_DEAD
  }

  private static final List<Integer> REFUSALS =
      List.of(401, 404, 407, 420, 422, 480, 486, 488, 491, 500, 503, 600, 603, 606, 699);
  private static final List<String> REASONS =
      List.of("", "Retry-After: 3\r\n", "Min-SE: 100\r\n", "Reason: Q.850;cause=17\r\n");
  private static final List<Integer> UNKNOWN = List.of(181, 182, 199, 202, 250, 305, 380, 700);

  @Override
  public void run() {
    Way way = lots.happens(0.4) ? Way.ANSWERS : lots.oneOf(List.of(Way.values()));
    if (way == Way.IS_DEAD) {
      return;
    }
    if (lots.happens(0.8)) {
      phone.respond(invite, 100, "", "", "");
    }
    String tag = lots.word(8);
    switch (way) {
      case REFUSES -> phone.respond(invite, lots.oneOf(REFUSALS), tag, lots.oneOf(REASONS), "");
      case REDIRECTS -> phone.respond(invite, 302, tag, elsewhere(), "");
      case SAYS_WHAT_NOBODY_KNOWS -> phone.respond(invite, lots.oneOf(UNKNOWN), tag, "", sdp());
      default -> ring(way, tag);
    }
  }

  private void ring(Way way, String tag) {
    UnrulyPhone.pause(lots, 500);
    if (lots.happens(0.8)) {
      phone.respond(invite, 180, tag, "", "");
    }
    String reliable = "Require: 100rel\r\nRSeq: " + lots.between(1, 9999) + "\r\n";
    switch (way) {
      case HAS_EARLY_MEDIA, FORKS -> phone.respond(invite, 183, tag, "", sdp());
      case RINGS_RELIABLY -> phone.respond(invite, 183, tag, reliable, sdp());
      case ANSWERS_LATE, REFUSES_LATE -> UnrulyPhone.pause(lots, 8_000);
      default -> {} // rings on
    }
    UnrulyPhone.pause(lots, 1_000);
    switch (way) {
      case RINGS_FOR_EVER -> {}
      case REFUSES_LATE -> phone.respond(invite, 486, tag, "", "");
      case FORKS -> fork(tag);
      default -> answer(way, tag);
    }
  }

  private void fork(String tag) {
    String other = lots.word(8);
    phone.respond(invite, 183, other, "", sdp());
    answer(Way.ANSWERS, other);
    if (lots.happens(0.5)) {
      answer(Way.ANSWERS, tag);
    }
  }

  private void answer(Way way, String tag) {
    String body = way == Way.ANSWERS_WITHOUT_DESCRIPTION ? "" : sdp();
    phone.respond(invite, 200, tag, "", body);
    phone.talk(invite, lots.child());
    if (lots.happens(0.3)) {
      UnrulyPhone.pause(lots, 500);
      phone.respond(invite, 200, tag, "", body);
    }
    UnrulyDialog dialog = UnrulyDialog.called(phone.line(), invite, tag, lots);
    if (way == Way.ANSWERS_AND_HANGS_UP) {
      phone.send(dialog.next("BYE", "", "", lots));
      return;
    }
    if (way == Way.ANSWERS_AND_CHANGES) {
      phone.send(dialog.next("INVITE", "", sdp(), lots));
    }
    phone.misbehave(dialog, lots.child());
  }

  private String sdp() {
    return phone.description(lots);
  }

  private String elsewhere() {
    String number = lots.oneOf(UnrulyPhonesTest.NUMBERS);
    return "Contact: <sip:%s@%s>;q=0.5, <sip:x@127.0.34.9>\r\n"
        .formatted(number, phone.line().hostPort());
  }
}

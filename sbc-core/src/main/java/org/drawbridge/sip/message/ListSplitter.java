package org.drawbridge.sip.message;

import java.util.ArrayList;
import java.util.List;

/** Splits comma separated header values where an empty member is an error. */
final class ListSplitter {
  /** More than this in one line is an attack, not a route. */
  private static final int MOST = 128;

  private ListSplitter() {}

  static List<String> strict(String s) throws SipSyntaxException {
    List<String> out = new ArrayList<>(2);
    int start = 0;
    for (int i = memberEnd(s, 0); ; i = memberEnd(s, i + 1)) {
      int from = Grammar.skipSpace(s, start);
      int to = Grammar.trimEnd(s, from, i);
      if (from >= to) {
        throw new SipSyntaxException("empty list member", start);
      }
      if (out.size() == MOST) {
        throw new SipSyntaxException("too many values", start);
      }
      out.add(s.substring(from, to));
      start = i + 1;
      if (i == s.length()) {
        return out;
      }
    }
  }

  private static int memberEnd(String s, int from) throws SipSyntaxException {
    boolean angle = false;
    for (int i = from; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c == '"' && !angle) {
        i = Grammar.quotedEnd(s, i) - 1;
      } else if (c == '<' || c == '>') {
        angle = c == '<';
      } else if (c == ',' && !angle) {
        return i;
      }
    }
    return s.length();
  }
}

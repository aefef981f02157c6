package org.drawbridge.sip.grammar;

import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.SIPHeaderList;
import gov.nist.javax.sip.parser.ParserFactory;
import java.text.ParseException;
import java.util.function.Function;
import org.drawbridge.sip.message.HeaderName;
import org.jspecify.annotations.Nullable;

/**
 * Runs JAIN-SIP's parsers over header values. They are made for trusted callers and throw whatever
 * they run into on hostile text, so every exception of theirs ends here.
 */
final class JainHeaders {

  private JainHeaders() {}

  /** What is wanted out of one value of a header, or null if it cannot be read. */
  static <J extends SIPHeader, T> @Nullable T read(
      HeaderName name, String value, Class<J> type, Function<J, T> convert) {
    try {
      SIPHeader parsed = ParserFactory.createParser(name.canonical() + ": " + value + "\n").parse();
      Object first = parsed instanceof SIPHeaderList<?> list ? list.getFirst() : parsed;
      return convert.apply(type.cast(first));
    } catch (ParseException | RuntimeException _) {
      return null;
    }
  }
}

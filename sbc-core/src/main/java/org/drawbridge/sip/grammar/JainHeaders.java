package org.drawbridge.sip.grammar;

import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.SIPHeaderList;
import gov.nist.javax.sip.parser.ParserFactory;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.drawbridge.sip.message.HeaderName;
import org.jspecify.annotations.Nullable;

/**
 * Runs JAIN-SIP's parsers over header values. They are made for trusted callers and throw whatever
 * they run into on hostile text, so every exception of theirs ends here as {@link
 * HeaderValue.Invalid}.
 */
final class JainHeaders {
  /** Takes what is wanted out of a parsed header. */
  interface Converter<J, T> {
    /** Null when something mandatory is missing. */
    @Nullable T apply(J header);
  }

  private JainHeaders() {}

  /** All of these values of a header; one bad value spoils all. */
  static <J extends SIPHeader, T> HeaderValue<List<T>> all(
      List<String> values, HeaderName name, Class<J> type, Converter<J, T> convert) {
    List<T> read = new ArrayList<>(2);
    for (String value : values) {
      if (!read(name, value, type, convert, read)) {
        return HeaderValue.invalid(name);
      }
    }
    return values.isEmpty()
        ? new HeaderValue.Absent<>()
        : new HeaderValue.Present<>(List.copyOf(read));
  }

  private static <J extends SIPHeader, T> boolean read(
      HeaderName name, String value, Class<J> type, Converter<J, T> convert, List<T> out) {
    try {
      for (J header : parse(name, value, type)) {
        T converted = convert.apply(header);
        if (converted == null) {
          return false;
        }
        out.add(converted);
      }
      return true;
    } catch (ParseException | RuntimeException e) {
      return false;
    }
  }

  private static <J extends SIPHeader> List<J> parse(HeaderName name, String value, Class<J> type)
      throws ParseException {
    SIPHeader parsed = ParserFactory.createParser(name.canonical() + ": " + value + "\n").parse();
    if (!(parsed instanceof SIPHeaderList<?> list)) {
      return List.of(type.cast(parsed));
    }
    List<J> out = new ArrayList<>(list.size());
    for (Object one : list) {
      out.add(type.cast(one));
    }
    return out;
  }
}

package org.drawbridge.sip.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.sip.address.SipURI;
import javax.sip.header.ContactHeader;
import javax.sip.header.HeaderAddress;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where our scanners and JAIN-SIP both accept a message, both read the same in it. */
class JainDifferentialTest {
  private static final int MUTANTS = 10_000;

  private static List<byte[]> corpus() {
    return Stream.of(
            "/sip/samples.txt",
            "/rfc4475/valid.txt",
            "/rfc4475/semantics.txt",
            "/rfc4475/invalid.txt")
        .flatMap(file -> MessageCorpus.load(file).stream())
        .map(MessageCorpus.Entry::bytes)
        .toList();
  }

  private static @Nullable SipMessage ours(byte[] bytes) {
    ParseResult result = SipParser.parse(bytes, 0, bytes.length, ParseLimits.DEFAULT);
    return result instanceof ParseResult.Parsed(SipMessage message) ? message : null;
  }

  private static @Nullable SIPMessage theirs(byte[] bytes) {
    try {
      return new StringMsgParser()
          .parseSIPMessage(
              bytes.clone(),
              true,
              false,
              (e, _, _, _, _) -> {
                throw e;
              });
    } catch (ParseException | RuntimeException e) {
      return null;
    }
  }

  private static Map<String, String> read(SipMessage m) {
    Map<String, String> out = new LinkedHashMap<>();
    out.put("via.branch", branch(m.topVia().branch()));
    out.put("via.sent-by", m.topVia().host().toLowerCase(Locale.ROOT) + " " + m.topVia().port());
    out.put("vias", String.valueOf(m.vias().size()));
    out.put("from.tag", tag(m.from()));
    out.put("to.tag", tag(m.to()));
    out.put("call-id", m.callId());
    out.put("cseq", m.cseq().toString());
    out.put("max-forwards", String.valueOf(m.maxForwards()));
    out.put(
        "contacts",
        m.isContactWildcard()
            ? "*"
            : m.contacts().stream().map(c -> address(c)).toList().toString());
    out.put("routes", m.routes().stream().map(c -> address(c)).toList().toString());
    return out;
  }

  private static String address(NameAddr address) {
    return address.uri() instanceof SipUri uri
        ? uri.userEscaped() + "@" + uri.host().toLowerCase(Locale.ROOT) + ":" + uri.port()
        : address.uri().scheme();
  }

  private static Map<String, String> read(SIPMessage m) {
    Map<String, String> out = new LinkedHashMap<>();
    Via via = m.getTopmostVia();
    out.put("via.branch", branch(via.getBranch()));
    out.put("via.sent-by", via.getHost().toLowerCase(Locale.ROOT) + " " + via.getPort());
    out.put("vias", String.valueOf(m.getViaHeaders().size()));
    out.put("from.tag", tag(m.getFrom(), m.getFromTag()));
    out.put("to.tag", tag(m.getTo(), m.getToTag()));
    out.put("call-id", m.getCallId().getCallId());
    out.put("cseq", m.getCSeq().getSeqNumber() + " " + m.getCSeq().getMethod());
    out.put(
        "max-forwards",
        m.getMaxForwards() == null ? "-1" : String.valueOf(m.getMaxForwards().getMaxForwards()));
    List<String> contacts = new ArrayList<>();
    if (m.getContactHeaders() != null) {
      m.getContactHeaders().forEach(c -> contacts.add(address(((ContactHeader) c))));
    }
    out.put("contacts", contacts.equals(List.of("*")) ? "*" : contacts.toString());
    List<String> routes = new ArrayList<>();
    if (m.getRouteHeaders() != null) {
      m.getRouteHeaders().forEach(r -> routes.add(address(r.getAddress().getURI())));
    }
    out.put("routes", routes.toString());
    return out;
  }

  private static String tag(HeaderAddress header, @Nullable String tag) {
    return readable(header.getAddress().getURI().getScheme()) ? String.valueOf(tag) : "";
  }

  private static String tag(NameAddr address) {
    return readable(address.uri().scheme()) ? String.valueOf(address.tag()) : "";
  }

  /**
   * After a URI of another scheme without angle brackets, JAIN-SIP takes the tag for part of the
   * URI.
   */
  private static boolean readable(String scheme) {
    return List.of("sip", "sips", "tel").contains(scheme.toLowerCase(Locale.ROOT));
  }

  /**
   * JAIN-SIP stops reading at the first character that is no token, we go on to the end of the
   * parameter.
   */
  private static String branch(@Nullable String branch) {
    return String.valueOf(branch).split("[^-.!%*_+`'~\\w]", 2)[0];
  }

  /**
   * Whether all parameters of Vias are made of tokens and addresses: of a line with another one
   * JAIN-SIP passes over the rest, we go on.
   */
  private static boolean hasPlainVias(SipMessage m) {
    return m.vias().stream()
        .flatMap(via -> via.params().asList().stream())
        .allMatch(param -> (param.name() + param.value()).matches("[-.!%*_+`'~:\\[\\]\\w]+"));
  }

  private static String address(ContactHeader contact) {
    return contact.isWildCard() ? "*" : address(contact.getAddress().getURI());
  }

  private static String address(javax.sip.address.URI uri) {
    return uri instanceof SipURI sip
        ? sip.getUser() + "@" + sip.getHost().toLowerCase(Locale.ROOT) + ":" + sip.getPort()
        : uri.getScheme().toLowerCase(Locale.ROOT);
  }

  static boolean agree(byte[] bytes) {
    SipMessage ours = ours(bytes);
    SIPMessage theirs = ours == null ? null : theirs(bytes);
    if (ours == null || theirs == null) {
      return false;
    }
    Map<String, String> read = read(ours);
    Map<String, String> expected = read(theirs);
    if (!hasPlainVias(ours)) {
      expected.put("vias", String.valueOf(ours.vias().size()));
    }
    assertThat(read).as(() -> new String(bytes, ISO_8859_1)).isEqualTo(expected);
    return true;
  }

  @Test
  void readTheCorpusAlike() {
    long both = corpus().stream().filter(JainDifferentialTest::agree).count();
    assertThat(both).isGreaterThan(25);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void readMutantsAlike(long seed) {
    Random random = new Random(seed);
    List<byte[]> corpus = corpus();
    int both = 0;
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = Mutation.of(corpus.get(random.nextInt(corpus.size())), random);
      both += agree(mutant) ? 1 : 0;
    }
    assertThat(both).isGreaterThan(MUTANTS / 10);
  }
}

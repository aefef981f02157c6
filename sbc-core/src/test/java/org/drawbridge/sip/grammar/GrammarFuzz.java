package org.drawbridge.sip.grammar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Headers;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/** Every header the grammar knows, with any value: a value or a refusal, never an exception. */
public final class GrammarFuzz {
  private GrammarFuzz() {}

  /** One input, the value of the header. */
  public static void fuzzerTestOneInput(byte[] data) {
    String value = new String(data, ISO_8859_1).replaceAll("[\r\n\0]", " ");
    digests(value);
    Headers h = headers(value, HeaderName.SESSION_EXPIRES, HeaderName.MIN_SE, HeaderName.REPLACES);
    SessionExpires interval = HeaderGrammar.sessionExpires(h).orNull();
    if (interval != null) {
      Headers again = headers(interval.toString(), HeaderName.SESSION_EXPIRES);
      assertThat(HeaderGrammar.sessionExpires(again).orNull()).isEqualTo(interval);
    }
    touch(HeaderGrammar.minSe(h));
    touch(HeaderGrammar.replaces(h));
    h = headers(value, HeaderName.EVENT, HeaderName.SUBSCRIPTION_STATE, HeaderName.REASON);
    touch(HeaderGrammar.event(h));
    touch(HeaderGrammar.subscriptionState(h));
    assertThat(HeaderGrammar.reasons(h)).doesNotContainNull();
    h = headers(value, HeaderName.RSEQ, HeaderName.RACK, HeaderName.REFER_TO);
    touch(HeaderGrammar.rseq(h));
    RAck rack = HeaderGrammar.rack(h).orNull();
    if (rack != null) {
      assertThat(HeaderGrammar.rack(headers(rack.toString(), HeaderName.RACK)).orNull())
          .isEqualTo(rack);
    }
    touch(HeaderGrammar.referTo(h));
    h = headers(value, HeaderName.SUPPORTED, HeaderName.ALLOW);
    assertThat(HeaderGrammar.optionTags(h, HeaderName.SUPPORTED)).doesNotContain("");
    assertThat(HeaderGrammar.allow(h)).doesNotContain("");
  }

  private static void digests(String value) {
    Headers h = headers("Digest " + value, HeaderName.AUTHORIZATION, HeaderName.WWW_AUTHENTICATE);
    touch(HeaderGrammar.credentials(h, HeaderName.AUTHORIZATION));
    touch(HeaderGrammar.challenges(h, HeaderName.WWW_AUTHENTICATE));
  }

  private static <T> void touch(HeaderValue<T> value) {
    @Nullable T read = value.orNull();
    assertThat(String.valueOf(read)).isNotNull();
  }

  private static Headers headers(String value, HeaderName... names) {
    var builder = SipResponse.builder(200, "OK");
    for (HeaderName name : names) {
      builder.header(name, value);
    }
    return builder.build().headers();
  }
}

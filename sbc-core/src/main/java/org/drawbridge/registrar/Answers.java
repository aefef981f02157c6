package org.drawbridge.registrar;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.token.Tokens;

/** The responses of the registrar. Thread-safe. */
final class Answers {

  /** Seconds after which a client should ping at the latest (RFC 5626 section 4.4). */
  private static final String FLOW_TIMER = "120";

  private static final String RETRY_SECONDS = "60";

  private final Supplier<RegistrarSettings> settings;
  private final TemporaryGruus gruus;

  Answers(Supplier<RegistrarSettings> settings, TemporaryGruus gruus) {
    this.settings = settings;
    this.gruus = gruus;
  }

  /**
   * The 200 (RFC 3261 10.3 step 8): all bindings there are now, and what the extensions agreed on
   * ask for. Who registers through others' proxies is told by which way its requests come to us
   * (RFC 3608); a client that is connected to us knows that. What is reached where the request came
   * from is first: a phone behind another router may have the same URI, and its own time.
   */
  SipResponse accepted(
      SipRequest request, Flow flow, Extensions.Agreed agreed, List<Binding> bindings, long now) {
    MessageBuilder<SipResponse> response = SipResponse.to(request, 200, "OK", Tokens.tag());
    boolean outbound = false;
    List<Binding> ownFirst =
        bindings.stream()
            .sorted(Comparator.comparing(binding -> !binding.flow().equals(flow.id())))
            .toList();
    for (Binding binding : ownFirst) {
      response.header(HeaderName.CONTACT, contact(binding, agreed.gruu(), now));
      outbound |= binding.regId() != 0;
    }
    agreed.path().forEach(hop -> response.header(HeaderName.PATH, hop));
    if (!agreed.path().isEmpty()) {
      response.header(HeaderName.SERVICE_ROUTE, serviceRoute(flow));
    }
    if (outbound && agreed.outbound()) {
      response.header(HeaderName.REQUIRE, "outbound");
      if (agreed.direct()) {
        response.header(HeaderName.FLOW_TIMER, FLOW_TIMER);
      }
    }
    return response.build();
  }

  private static String serviceRoute(Flow flow) {
    return "<sip:" + flow.sentBy() + ";transport=" + flow.transport().uriParameter() + ";lr>";
  }

  private String contact(Binding binding, boolean withGruus, long now) {
    StringBuilder text = new StringBuilder(160);
    text.append('<').append(binding.contactUri()).append('>');
    if (binding.q() != Binding.DEFAULT_Q) {
      text.append(String.format(Locale.ROOT, ";q=%.3f", binding.q() / 1000.0));
    }
    String instance = binding.instance();
    if (instance != null) {
      text.append(";+sip.instance=\"").append(escaped(instance)).append('"');
    }
    if (binding.regId() != 0) {
      text.append(";reg-id=").append(binding.regId());
    }
    if (withGruus && instance != null && binding.gruu() != 0) {
      text.append(";pub-gruu=\"").append(Gruu.ofInstance(binding.aor(), instance));
      text.append("\";temp-gruu=\"").append(gruus.make(binding.gruu(), binding.aor().domain()));
      text.append('"');
    }
    long left = Math.ceilDiv(binding.expiresAt() - now, 1000L);
    return text.append(";expires=").append(Math.max(0, left)).toString();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** A refusal that says why, with what its status asks for. */
  SipResponse refused(
      SipRequest request, Flow flow, int status, String reason, List<String> unsupported) {
    Registrar.REFUSED.info(
        "register.refused to={} source={} status={} reason=\"{}\"",
        request.to().uri(),
        flow.remote(),
        status,
        reason);
    MessageBuilder<SipResponse> response =
        SipResponse.repeatable(request, status, reason)
            .header(HeaderName.WARNING, "399 drawbridge \"" + reason + "\"");
    if (!unsupported.isEmpty()) {
      response.header(HeaderName.UNSUPPORTED, String.join(", ", unsupported));
    }
    if (status == 423) {
      response.header(HeaderName.MIN_EXPIRES, Integer.toString(settings.get().minExpires()));
    }
    if (status == 503) {
      response.header(HeaderName.RETRY_AFTER, RETRY_SECONDS);
    }
    return response.build();
  }
}

package org.drawbridge.registrar;

import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.sip.flow.FlowId;

/** Bindings for tests. */
public final class SampleBindings {

  private SampleBindings() {}

  /** A UDP phone of an account of example.com. */
  public static Binding phone(String user, long expiresAt) {
    Aor aor = new Aor(user, "example.com");
    return new Binding(
        aor,
        "sip:" + user + "@192.0.2.7:5062",
        new FlowId("udp/0.0.0.0:5060/192.0.2.7:5062"),
        List.of(),
        null,
        0,
        0,
        "call-of-" + user,
        7,
        Binding.DEFAULT_Q,
        "desk phone",
        expiresAt);
  }

  /** A browser with everything a binding can have. */
  public static Binding browser(String user, long expiresAt) {
    Aor aor = new Aor(user, "example.com");
    return new Binding(
        aor,
        "sip:abc@x.invalid;transport=ws",
        new FlowId("wss-1f2e3d"),
        List.of("<sip:edge.example.com;lr;ob>", "<sip:inner.example.com;lr>"),
        "<urn:uuid:00000000-0000-1000-8000-000a95a0e128>",
        2,
        Long.MIN_VALUE + 5,
        "call-of-" + user,
        1L << 31,
        300,
        null,
        expiresAt);
  }

  /** The same binding, prolonged by a later request. */
  public static Binding refreshed(Binding old, long expiresAt) {
    return new Binding(
        old.aor(),
        old.contactUri(),
        old.flow(),
        old.path(),
        old.instance(),
        old.regId(),
        old.gruu(),
        old.callId(),
        old.cseq() + 1,
        old.q(),
        old.userAgent(),
        expiresAt);
  }
}

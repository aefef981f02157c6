package org.drawbridge.registrar;

import java.nio.charset.StandardCharsets;
import org.drawbridge.account.Aor;
import org.drawbridge.sip.message.SipUri;

/**
 * A globally routable user agent URI of one of our accounts (RFC 5627): it names one device of it
 * and no other.
 */
public sealed interface Gruu {

  /** Whose device it is. */
  Aor aor();

  /** Whether this contact is the device. */
  boolean names(Binding binding);

  /**
   * The address of record with the device's name in it; valid for ever.
   *
   * @param gr the {@code gr} parameter as written
   */
  record Public(Aor aor, String gr) implements Gruu {
    @Override
    public boolean names(Binding binding) {
      return binding.instance() != null && gr.equalsIgnoreCase(escaped(binding.instance()));
    }
  }

  /**
   * One that does not tell whose it is; valid as long as the registration lives.
   *
   * @param id what the binding knows it by
   */
  record Temporary(Aor aor, long id) implements Gruu {
    @Override
    public boolean names(Binding binding) {
      return binding.gruu() == id;
    }
  }

  /** The public GRUU of an instance. */
  static SipUri ofInstance(Aor aor, String instance) {
    return SipUri.of(aor.user(), aor.domain(), -1).withParam("gr", escaped(instance));
  }

  /**
   * An instance id as the value of {@code gr}: without its angle brackets, and with escapes for all
   * that a URI parameter cannot hold.
   */
  static String escaped(String instance) {
    boolean bracketed = instance.startsWith("<") && instance.endsWith(">") && instance.length() > 2;
    String bare = bracketed ? instance.substring(1, instance.length() - 1) : instance;
    StringBuilder text = new StringBuilder(bare.length());
    for (byte b : bare.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-_.~:".indexOf(c) >= 0);
      text.append(plain ? "" + c : String.format("%%%02X", (int) c));
    }
    return text.toString();
  }
}

package org.drawbridge.event.reg;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.Gruu;

/** Writes {@code application/reginfo+xml} (RFC 3680 section 5, RFC 5628 for GRUUs). */
final class RegInfo {

  /** What happened to a contact last (RFC 3680 section 5.3). */
  enum Event {
    REGISTERED(true),
    REFRESHED(true),
    EXPIRED(false),
    UNREGISTERED(false);

    private final boolean active;

    Event(boolean active) {
      this.active = active;
    }
  }

  /** A contact and what happened to it; the id is the same in all documents. */
  record Contact(String id, Binding binding, Event event) {}

  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private RegInfo() {}

  /** What tells a contact from the others of its account, in every document. */
  static String id(Binding binding) {
    String identity =
        binding.instance() == null
            ? binding.contactUri()
            : binding.instance() + '/' + binding.regId();
    return hash(identity);
  }

  /** As {@link #id}, of a phone whose Contact is also that of another one. */
  static String idOfLikeness(Binding binding) {
    return hash(binding.contactUri() + '/' + binding.callId());
  }

  private static String hash(String text) {
    long hash = FNV_BASIS;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return 'x' + Long.toHexString(hash);
  }

  /**
   * A document.
   *
   * @param state of the registration: {@code init}, {@code active} or {@code terminated}
   * @param full whether it holds all contacts and not only those that changed
   * @param version one more than that of the document before, from 0
   * @param now in ms since 1970
   */
  static byte[] write(
      Aor aor, String state, boolean full, int version, List<Contact> contacts, long now) {
    StringBuilder xml = new StringBuilder(400 + 400 * contacts.size());
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .append("<reginfo xmlns=\"urn:ietf:params:xml:ns:reginfo\"")
        .append(" xmlns:gr=\"urn:ietf:params:xml:ns:gruuinfo\"");
    attribute(xml, "version", Integer.toString(version));
    attribute(xml, "state", full ? "full" : "partial");
    xml.append(">\n<registration");
    attribute(xml, "aor", "sip:" + aor);
    attribute(xml, "id", hash(aor.toString()));
    attribute(xml, "state", state);
    xml.append(">\n");
    contacts.forEach(contact -> append(xml, contact, now));
    return xml.append("</registration>\n</reginfo>\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder xml, Contact contact, long now) {
    Binding binding = contact.binding();
    xml.append("<contact");
    attribute(xml, "id", contact.id());
    attribute(xml, "state", contact.event().active ? "active" : "terminated");
    attribute(xml, "event", contact.event().name().toLowerCase(Locale.ROOT));
    if (contact.event().active) {
      long left = Math.max(0, (binding.expiresAt() - now) / 1000);
      attribute(xml, "expires", Long.toString(left));
    }
    attribute(xml, "q", String.format(Locale.ROOT, "%.3f", binding.q() / 1000.0));
    attribute(xml, "callid", binding.callId());
    attribute(xml, "cseq", Long.toString(binding.cseq()));
    xml.append(">\n<uri>");
    text(xml, binding.contactUri());
    xml.append("</uri>\n");
    String instance = binding.instance();
    if (instance != null) {
      xml.append("<unknown-param name=\"+sip.instance\">");
      text(xml, '"' + instance + '"');
      xml.append("</unknown-param>\n");
      if (binding.gruu() != 0) {
        xml.append("<gr:pub-gruu");
        attribute(xml, "uri", Gruu.ofInstance(binding.aor(), instance).toString());
        xml.append("/>\n");
      }
    }
    xml.append("</contact>\n");
  }

  private static void attribute(StringBuilder xml, String name, String value) {
    xml.append(' ').append(name).append("=\"");
    text(xml, value);
    xml.append('"');
  }

  /** Text or attribute value; what XML 1.0 cannot hold at all becomes U+FFFD. */
  private static void text(StringBuilder xml, String text) {
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '&' -> xml.append("&amp;");
                case '"' -> xml.append("&quot;");
                case '\'' -> xml.append("&apos;");
                default -> xml.appendCodePoint(isChar(c) ? c : 0xfffd);
              }
            });
  }

  private static boolean isChar(int c) {
    return c >= 0x20 && c <= 0xd7ff
        || c >= 0xe000 && c <= 0xfffd
        || c >= 0x10000
        || c == '\t'
        || c == '\n'
        || c == '\r';
  }
}

package org.drawbridge.proxy.subscription;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drawbridge.policy.HeaderPolicy;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.message.Uri;

/**
 * What a NOTIFY says (RFC 3842, RFC 3863, RFC 4235), with the notifier's hosts replaced by the one
 * that the subscriber knows it by: whoever watches a line of a PBX, or calls its voice mail, gets
 * no address of the network behind us and is led back to us.
 */
final class EventBody {

  /** A host behind a user, or behind the scheme of a URI without one. */
  private static final Pattern HOST =
      Pattern.compile(
          "(@|\\bsips?:)(\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9](?:[A-Za-z0-9.\\-]{0,252}[A-Za-z0-9])?)"
              + "(:[0-9]{1,5})?(?![A-Za-z0-9@.])");

  private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");

  private EventBody() {}

  /**
   * Copies a body, with what describes it. The parts of a list are named in the type as they are in
   * the body (RFC 2387).
   */
  static void pass(
      SipRequest from, Dialog notifier, Dialog subscriber, MessageBuilder<SipRequest> to) {
    HeaderPolicy.passBody(from, to);
    String type = from.contentType();
    String known = host(subscriber.local().uri());
    if (type != null && !known.isEmpty() && isRead(from, type.toLowerCase(Locale.ROOT))) {
      Set<String> hosts = hosts(notifier);
      // Byte for byte but for the hosts, whatever the character set is.
      String body = hidden(new String(from.body(), ISO_8859_1), hosts, known);
      to.body(hidden(type, hosts, known), body.getBytes(ISO_8859_1));
    }
  }

  private static boolean isRead(SipRequest from, String type) {
    String essence = type.split(";", 2)[0].strip();
    return from.bodyLength() > 0
        && !from.headers().has(HeaderName.CONTENT_ENCODING)
        && (essence.endsWith("+xml")
            || essence.startsWith("multipart/")
            || essence.equals("application/simple-message-summary"));
  }

  /** What the notifier calls itself, beside its addresses. */
  private static Set<String> hosts(Dialog notifier) {
    Set<String> hosts = new HashSet<>();
    hosts.add(host(notifier.remote().uri()));
    hosts.add(host(notifier.remoteTarget()));
    return hosts;
  }

  private static String host(Uri uri) {
    return uri instanceof SipUri sip ? sip.host().toLowerCase(Locale.ROOT) : "";
  }

  private static String hidden(String text, Set<String> hosts, String known) {
    return HOST.matcher(text)
        .replaceAll(
            found -> {
              String host = found.group(2).toLowerCase(Locale.ROOT);
              boolean isTheirs = hosts.contains(host) || ADDRESS.matcher(host).matches();
              return Matcher.quoteReplacement(isTheirs ? found.group(1) + known : found.group());
            });
  }
}

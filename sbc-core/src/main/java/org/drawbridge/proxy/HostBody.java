package org.drawbridge.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.drawbridge.policy.HeaderPolicy;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.message.Uri;

/**
 * A body that tells the state of somebody (RFC 3842, RFC 3863, RFC 4235), with the hosts of the
 * side it comes from replaced by the one that the other side knows it by: nobody gets an address of
 * the network behind us, and who calls what it reads there is led back to us.
 */
public final class HostBody {

  /** A host behind a user, or behind the scheme of a URI without one. */
  private static final Pattern HOST =
      Pattern.compile(
          "(@|\\bsips?:)(\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9](?:[A-Za-z0-9.\\-]{0,252}[A-Za-z0-9])?)"
              + "(:[0-9]{1,5})?(?![A-Za-z0-9@.])");

  private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");

  private HostBody() {}

  /**
   * Copies a body, with what describes it. The parts of a list are named in the type as they are in
   * the body (RFC 2387).
   *
   * @param theirs what the sender calls itself, beside its addresses
   * @param known whose host the other side knows the sender by; where it has none the body stays as
   *     it is
   */
  public static void pass(
      SipRequest from, Collection<Uri> theirs, Uri known, MessageBuilder<SipRequest> to) {
    HeaderPolicy.passBody(from, to);
    String type = from.contentType();
    String host = host(known);
    if (type != null && !host.isEmpty() && isRead(from, type.toLowerCase(Locale.ROOT))) {
      Set<String> hosts = theirs.stream().map(HostBody::host).collect(Collectors.toSet());
      // Byte for byte but for the hosts, whatever the character set is.
      String body = hidden(new String(from.body(), ISO_8859_1), hosts, host);
      to.body(hidden(type, hosts, host), body.getBytes(ISO_8859_1));
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

package org.drawbridge.media.session;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The descriptions a leg has sent, under one {@code o=} session id. The version grows by one with
 * each description that differs (RFC 3264 8); saying the same again is the same text.
 */
final class LocalDescriptions {

  private final long sessionId;
  private final InetAddress address;
  private int version;
  private @Nullable Issued committed;
  private @Nullable Issued latest;
  private @Nullable Issued pending;

  /** A description as sent; the part below {@code o=} begins at {@code bodyAt}. */
  private record Issued(String text, int bodyAt) {
    boolean says(String body) {
      return text.length() - bodyAt == body.length() && text.endsWith(body);
    }
  }

  /** No description yet, of a session with this random id and our address when it began. */
  LocalDescriptions(long sessionId, InetAddress address) {
    this.sessionId = sessionId;
    this.address = address;
  }

  /** The text for a body, pending until {@link #commit} or {@link #rollback}. */
  String issue(String body) {
    if (latest != null && latest.says(body)) {
      pending = latest;
    } else if (committed != null && committed.says(body)) {
      pending = committed;
    } else {
      version++;
      String head =
          "v=0\r\no=- " + sessionId + ' ' + version + ' ' + Addresses.typed(address) + "\r\n";
      pending = new Issued(head + body, head.length());
      latest = pending;
    }
    return pending.text;
  }

  /** The pending description is now what the session uses. */
  void commit() {
    if (pending != null) {
      committed = pending;
      pending = null;
    }
  }

  /** Forgets the pending description; its version is not used for another. */
  void rollback() {
    pending = null;
  }

  /** The last description sent and not forgotten. */
  @Nullable String current() {
    Issued last = pending == null ? committed : pending;
    return last == null ? null : last.text;
  }
}

package org.drawbridge.proxy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Replies;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.MessageCopy;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ServerTransaction;

/**
 * The failures of all branches of one request, and the one the sender gets (RFC 3261 section 16.7
 * items 6 and 7).
 */
final class BestResponse {

  private final List<Failure> all = new ArrayList<>(2);

  void add(Failure failure) {
    all.add(failure);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /**
   * A 6xx if there is one, else one of the lowest class: in it what tells the sender what it can
   * do, then what a person did, then what was heard first.
   *
   * @throws java.util.NoSuchElementException if none was added
   */
  Failure best() {
    return Collections.min(all, Comparator.comparingInt(BestResponse::rank));
  }

  /** Why, for the log: the best of them, and what all others said behind it. */
  String report() {
    return best().with(all).report();
  }

  private static int rank(Failure failure) {
    int status = failure.status();
    int preference =
        switch (status) {
          case 401, 407, 415, 420, 484 -> 0;
          case 486 -> 1;
          case 404, 408, 480, 487 -> failure.response() == null ? 4 : 3;
          default -> 2;
        };
    return status >= 600 ? 0 : status / 100 * 10 + preference;
  }

  /** Answers a request with the best of them; returns the status that was sent. */
  int send(ServerTransaction server) {
    Failure best = best();
    SipResponse response = best.response();
    if (response == null || best.status() == 503) {
      // A 503 of one place says nothing about the others; ours would (RFC 3261 section 16.7).
      int status = best.status() == 503 && all.size() > 1 ? 500 : best.status();
      MessageBuilder<SipResponse> own = Replies.start(server.request(), status);
      Failure.ofStatus(status, best.words()).describe(own, status);
      server.respond(own.build());
      return status;
    }
    server.forward(
        response.status(),
        response.toTag(),
        response.isChallenge() ? withChallenges(response) : MessageCopy.withoutTopVia(response));
    return best.status();
  }

  /** All places that ask for credentials get theirs in one attempt (RFC 3261 section 22.3). */
  private byte[] withChallenges(SipResponse best) {
    MessageCopy out = MessageCopy.of(best).removeFirst(HeaderName.VIA, 1);
    for (Failure failure : all) {
      SipResponse other = failure.response();
      if (other != null && other != best && other.isChallenge()) {
        copy(other, HeaderName.WWW_AUTHENTICATE, out);
        copy(other, HeaderName.PROXY_AUTHENTICATE, out);
      }
    }
    return out.toBytes();
  }

  private static void copy(SipResponse from, HeaderName name, MessageCopy to) {
    from.headers().all(name).forEach(value -> to.add(name, value));
  }
}

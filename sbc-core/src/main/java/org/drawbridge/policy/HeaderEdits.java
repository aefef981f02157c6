package org.drawbridge.policy;

import java.util.ArrayList;
import java.util.List;
import org.drawbridge.routing.change.HeaderEdit;
import org.drawbridge.routing.change.OwnHeaders;
import org.drawbridge.routing.change.RequestChanges;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Headers;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.MessageCopy;
import org.drawbridge.sip.message.SipRequest;

/** Makes the changes of headers that a route asks for, and then those that a trunk asks for. */
public final class HeaderEdits {

  /** Lines of the sender's that one route may let pass: more would be no courtesy to others. */
  private static final int MAX_KEPT = 50;

  private HeaderEdits() {}

  /** Changes a request of our own that was made from the sender's, as it goes to a candidate. */
  public static void apply(
      RequestChanges changes,
      Candidate candidate,
      SipRequest original,
      MessageBuilder<SipRequest> out) {
    apply(changes.headers(), original, out);
    apply(ofTrunk(changes, candidate), original, out);
  }

  private static List<HeaderEdit> ofTrunk(RequestChanges changes, Candidate candidate) {
    Trunk trunk = candidate.trunk();
    return trunk == null ? List.of() : changes.trunks().getOrDefault(trunk.name(), List.of());
  }

  private static void apply(
      List<HeaderEdit> edits, SipRequest original, MessageBuilder<SipRequest> out) {
    for (HeaderEdit edit : edits) {
      switch (edit) {
        case HeaderEdit.Remove(String name) -> out.remove(name);
        case HeaderEdit.Set(String name, String value) -> out.replace(name, value);
        case HeaderEdit.Add(String name, String value) -> out.header(name, value);
        case HeaderEdit.Keep keep -> keep(keep, original, out);
      }
    }
  }

  private static void keep(
      HeaderEdit.Keep keep, SipRequest original, MessageBuilder<SipRequest> out) {
    List<Headers.Field> kept = kept(keep, original);
    kept.forEach(field -> out.remove(field.name()));
    kept.forEach(field -> out.header(field.name(), field.value()));
  }

  private static List<Headers.Field> kept(HeaderEdit.Keep keep, SipRequest original) {
    List<Headers.Field> kept = new ArrayList<>();
    for (Headers.Field field : original.headers()) {
      if (keep.covers(field.name())
          && OwnHeaders.refusalToKeep(field.name()) == null
          && kept.size() < MAX_KEPT) {
        kept.add(field);
      }
    }
    return kept;
  }

  /** Changes a request that passes on as it came, so that everything is kept already. */
  public static void apply(RequestChanges changes, Candidate candidate, MessageCopy out) {
    apply(changes.headers(), out);
    apply(ofTrunk(changes, candidate), out);
  }

  private static void apply(List<HeaderEdit> edits, MessageCopy out) {
    for (HeaderEdit edit : edits) {
      switch (edit) {
        case HeaderEdit.Remove(String name) -> remove(name, out);
        case HeaderEdit.Set(String name, String value) -> {
          remove(name, out);
          out.add(name, value);
        }
        case HeaderEdit.Add(String name, String value) -> out.add(name, value);
        case HeaderEdit.Keep _ -> {}
      }
    }
  }

  private static void remove(String name, MessageCopy out) {
    HeaderName known = HeaderName.of(name);
    if (known == null) {
      out.remove(name);
    } else {
      out.remove(known);
    }
  }
}

package org.drawbridge.policy;

import java.util.List;
import org.drawbridge.registrar.Binding;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.value.Announcement;
import org.drawbridge.routing.value.SipTarget;
import org.drawbridge.sip.grammar.Replaces;
import org.jspecify.annotations.Nullable;

/** One place a request can be tried at. */
public sealed interface Candidate {

  /** What logs call it; tells no address. */
  String label();

  /** The trunk that it is of; null for an account's device and what is no place outside. */
  default @Nullable Trunk trunk() {
    return null;
  }

  /**
   * A contact an account registered, reached over the flow it registered on.
   *
   * @param line what it is called as where a trunk registers so; null for a device of the account
   */
  record Contact(Binding binding, @Nullable Line line) implements Candidate {

    /** A device. */
    public Contact(Binding binding) {
      this(binding, null);
    }

    @Override
    public String label() {
      return line == null ? "account:" + binding.aor() : "trunk:" + line.trunk().name();
    }

    @Override
    public @Nullable Trunk trunk() {
      return line == null ? null : line.trunk();
    }
  }

  /**
   * A number behind a trunk that registers with us.
   *
   * @param user user part of the Request-URI there
   */
  record Line(Trunk trunk, String user) {}

  /**
   * One host of a trunk.
   *
   * @param user user part of the Request-URI there, or the URN of a service, which is all of it
   * @param route the Route values that its registrar asks of this caller alone; none for most
   */
  record TrunkHost(Trunk trunk, SipTarget host, String user, List<String> route)
      implements Candidate {
    @Override
    public String label() {
      return "trunk:" + trunk.name();
    }
  }

  /**
   * A call of our own that is to go on with another party (RFC 3891).
   *
   * @param replaces the dialog of the party it has now, as we see it
   * @param by who asks for it
   */
  record Dialog(Replaces replaces, String by) implements Candidate {
    @Override
    public String label() {
      return "call:" + replaces.callId();
    }
  }

  /**
   * A service of our own.
   *
   * @param announcement what it plays, null for the echo
   */
  record Service(String name, @Nullable Announcement announcement) implements Candidate {
    @Override
    public String label() {
      return "service:" + name;
    }
  }
}

package org.drawbridge.event.reg;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.drawbridge.account.Aor;
import org.drawbridge.event.EventSource.Watch;
import org.drawbridge.event.reg.RegInfo.Contact;
import org.drawbridge.event.reg.RegInfo.Event;
import org.drawbridge.loop.Loop;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.Device;
import org.jspecify.annotations.Nullable;

/** What one subscription knows of an account's contacts. */
final class RegistrationWatch implements Watch {

  private final RegistrationEvents events;
  private final Aor resource;
  private final Loop loop;
  private final Runnable changed;
  private final AtomicBoolean awake = new AtomicBoolean();
  private Map<String, Binding> told = Map.of();
  private boolean everBound;
  private int version;
  private boolean stopped;

  RegistrationWatch(RegistrationEvents events, Aor resource, Loop loop, Runnable changed) {
    this.events = events;
    this.resource = resource;
    this.loop = loop;
    this.changed = changed;
  }

  Aor resource() {
    return resource;
  }

  /** Something has changed; any thread. However often, the loop gets one task at a time. */
  void wake() {
    if (awake.compareAndSet(false, true)) {
      loop.execute(this::onAwake);
    }
  }

  private void onAwake() {
    awake.set(false);
    if (!stopped) {
      changed.run();
    }
  }

  @Override
  public byte[] full() {
    Map<String, Binding> now = current();
    List<Contact> contacts = new ArrayList<>();
    now.forEach((id, binding) -> contacts.add(new Contact(id, binding, eventOf(id, binding))));
    return document(true, now, contacts);
  }

  @Override
  public byte @Nullable [] changes() {
    Map<String, Binding> now = current();
    List<Contact> contacts = new ArrayList<>();
    told.forEach(
        (id, binding) -> {
          if (!now.containsKey(id)) {
            contacts.add(new Contact(id, binding, endOf(binding)));
          }
        });
    now.forEach(
        (id, binding) -> {
          if (!binding.equals(told.get(id))) {
            contacts.add(new Contact(id, binding, eventOf(id, binding)));
          }
        });
    return contacts.isEmpty() ? null : document(false, now, contacts);
  }

  private byte[] document(boolean full, Map<String, Binding> now, List<Contact> contacts) {
    told = now;
    everBound |= !now.isEmpty();
    String state = !now.isEmpty() ? "active" : everBound ? "terminated" : "init";
    return RegInfo.write(resource, state, full, version++, contacts, events.now());
  }

  private Event eventOf(String id, Binding binding) {
    Binding before = told.get(id);
    return before != null && before.isRefreshedBy(binding) ? Event.REFRESHED : Event.REGISTERED;
  }

  private Event endOf(Binding binding) {
    return binding.expiresAt() <= events.now() ? Event.EXPIRED : Event.UNREGISTERED;
  }

  private Map<String, Binding> current() {
    Map<String, Binding> now = new LinkedHashMap<>();
    for (Binding binding : events.current(resource)) {
      String id = RegInfo.id(binding);
      boolean isTaken = isLikeness(now.get(id), binding) || isLikeness(told.get(id), binding);
      now.put(isTaken ? RegInfo.idOfLikeness(binding) : id, binding);
    }
    return now;
  }

  private static boolean isLikeness(@Nullable Binding known, Binding binding) {
    return known != null && Device.of(known).isLikeness(Device.of(binding));
  }

  @Override
  public void stop() {
    stopped = true;
    events.remove(this);
  }
}

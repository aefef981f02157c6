package org.drawbridge.reach;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.drawbridge.account.Aor;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.registrar.Binding;
import org.jspecify.annotations.Nullable;

/**
 * How media is carried to devices that take no plain RTP, so that their next call begins with that:
 * some say no only after somebody has picked up. Confined to its loop, which learns for itself;
 * bounded, and who is called seldom is forgotten first.
 */
public final class DeviceMedia {

  private static final int MOST = 10_000;

  private final Cache<Device, LegKind> taken =
      Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

  private record Device(Aor aor, String name) {

    static Device of(Binding binding) {
      String instance = binding.instance();
      return new Device(binding.aor(), instance == null ? binding.contactUri() : instance);
    }
  }

  /** What a device took in place of plain RTP; null if it is not known to have refused that. */
  public @Nullable LegKind taken(Binding device) {
    return taken.getIfPresent(Device.of(device));
  }

  /** A device has taken what was offered in place of plain RTP. */
  public void took(Binding device, LegKind kind) {
    taken.put(Device.of(device), kind);
  }

  /** A device takes that no more. */
  public void refused(Binding device) {
    taken.invalidate(Device.of(device));
  }
}

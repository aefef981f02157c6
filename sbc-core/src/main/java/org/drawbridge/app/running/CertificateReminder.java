package org.drawbridge.app.running;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Tells the log once a day of certificates of ours that end soon: a program that runs for months
 * reads them only when they change, so that nobody would hear of the one that nothing renews. Used
 * by one thread.
 */
public final class CertificateReminder {

  private static final Logger LOG = LogManager.getLogger("org.drawbridge.config");
  private static final Duration EVERY = Duration.ofDays(1);

  private final Supplier<OwnCertificates> certificates;
  private final InstantSource clock;
  private Instant next;

  /** The first reminder is due in a day: a start tells of them itself. */
  public CertificateReminder(Supplier<OwnCertificates> certificates, InstantSource clock) {
    this.certificates = certificates;
    this.clock = clock;
    next = clock.instant().plus(EVERY);
  }

  /** Tells of them if it is time to; to be called now and then. */
  public void look() {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(EVERY);
    certificates.get().warnings(now).forEach(warning -> LOG.warn("certificate {}", warning));
  }
}

package org.drawbridge.app.running;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.drawbridge.media.dtls.DtlsCertificate;
import org.drawbridge.media.net.MediaSockets;

/**
 * What every start needs, whatever its configuration says, and takes long to make: links to the C
 * library and a DTLS certificate. It is made beside the reading of the configuration. Thread-safe.
 */
public final class HeadStart {

  private record Made(MediaSockets sockets, DtlsCertificate certificate) {}

  private final CompletableFuture<Made> made;

  private HeadStart(CompletableFuture<Made> made) {
    this.made = made;
  }

  /** Begins on a thread of its own. */
  public static HeadStart begin() {
    return new HeadStart(
        CompletableFuture.supplyAsync(
            HeadStart::make, work -> Thread.ofPlatform().name("head-start").daemon().start(work)));
  }

  private static Made make() {
    DtlsCertificate certificate = DtlsCertificate.generate(new SecureRandom(), Instant.now());
    return new Made(MediaSockets.best(), certificate);
  }

  /** How media datagrams are moved here. Waits until that is known. */
  MediaSockets sockets() {
    return made.join().sockets;
  }

  /** What browsers are shown. Waits until it is made. */
  DtlsCertificate certificate() {
    return made.join().certificate;
  }
}

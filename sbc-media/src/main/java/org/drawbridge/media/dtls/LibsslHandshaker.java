package org.drawbridge.media.dtls;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.bouncycastle.tls.DatagramTransport;
import org.drawbridge.media.dtls.DtlsHandshakes.Role;
import org.drawbridge.media.libcrypto.EcKey;
import org.drawbridge.media.libssl.DtlsContext;
import org.drawbridge.media.libssl.DtlsSession;
import org.drawbridge.media.srtp.SrtpProfile;
import org.jspecify.annotations.Nullable;

/** Handshakes by OpenSSL's library. Thread-safe. */
final class LibsslHandshaker implements Handshaker {

  private final DtlsContext context;
  private final LongSupplier nanos;

  LibsslHandshaker(EcKey key, byte[] certificate, LongSupplier nanos) {
    this.nanos = nanos;
    context = new DtlsContext(key, certificate, profiles());
  }

  private static String profiles() {
    return Arrays.stream(SrtpProfile.dtlsIds())
        .mapToObj(SrtpProfile::ofDtlsId)
        .map(LibsslHandshaker::name)
        .collect(Collectors.joining(":"));
  }

  private static String name(@Nullable SrtpProfile profile) {
    return switch (profile) {
      case AEAD_AES_128_GCM -> "SRTP_AEAD_AES_128_GCM";
      case AEAD_AES_256_GCM -> "SRTP_AEAD_AES_256_GCM";
      case AES_CM_128_HMAC_SHA1_80 -> "SRTP_AES128_CM_SHA1_80";
      case AES_CM_128_HMAC_SHA1_32 -> "SRTP_AES128_CM_SHA1_32";
      case null, default -> throw new IllegalStateException(profile + " is not for DTLS");
    };
  }

  @Override
  public void shake(Role role, PeerPolicy policy, DatagramTransport transport, int timeoutMillis)
      throws IOException {
    LibsslHandshake handshake = new LibsslHandshake(policy, transport, nanos);
    try (DtlsSession session =
        context.open(
            role == Role.SERVER,
            handshake::accepts,
            PeerPolicy.MOST_SENT,
            PeerPolicy.RESEND_MILLIS)) {
      handshake.run(session, timeoutMillis);
      handshake.finish(session, role == Role.SERVER);
    }
  }
}

package org.drawbridge.media.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.drawbridge.media.rtp.RtpView;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.utils.logging2.LoggerImpl;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * 20 ms of G.711 protected, and protected and unprotected again: by libcrypto, by the JDK, and by
 * jitsi-srtp. What unprotecting alone takes is the difference.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SrtpBenchmark {
  private static final int PLAIN = 172;
  private static final int SSRC = 0x1234_5678;

  /** How packets are protected. */
  @Param public SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;

  private final byte[] packet = new byte[256];
  private SrtpSender library = sender(CipherSource.LIBCRYPTO);
  private SrtpSender jdk = library;
  private SrtpReceiver libraryReceiver = receiver(CipherSource.LIBCRYPTO);
  private SrtpReceiver jdkReceiver = libraryReceiver;
  private SrtpCryptoContext jitsi = jitsi(true);
  private SrtpCryptoContext jitsiReceiver = jitsi;
  private final PacketBuffer buffer = new PacketBuffer(packet);
  private int seq;

  /** Keys all of them alike. */
  @Setup
  public void key() {
    library = sender(CipherSource.LIBCRYPTO);
    libraryReceiver = receiver(CipherSource.LIBCRYPTO);
    jdk = sender(CipherSource.JDK);
    jdkReceiver = receiver(CipherSource.JDK);
    jitsi = jitsi(true);
    jitsiReceiver = jitsi(false);
  }

  private byte[] master() {
    byte[] master = new byte[profile.masterLength()];
    Arrays.fill(master, (byte) 7);
    return master;
  }

  private SrtpSender sender(CipherSource source) {
    return new SrtpSender(PacketCiphers.derive(profile, master(), source));
  }

  private SrtpReceiver receiver(CipherSource source) {
    return new SrtpReceiver(profile, PacketCiphers.derive(profile, master(), source));
  }

  private SrtpCryptoContext jitsi(boolean sender) {
    byte[] master = master();
    byte[] key = Arrays.copyOf(master, profile.keyLength());
    byte[] salt = Arrays.copyOfRange(master, profile.keyLength(), master.length);
    int encryption = profile.isAead() ? SrtpPolicy.AESGCM_ENCRYPTION : SrtpPolicy.AESCM_ENCRYPTION;
    int authentication =
        profile.isAead() ? SrtpPolicy.NULL_AUTHENTICATION : SrtpPolicy.HMACSHA1_AUTHENTICATION;
    SrtpPolicy policy =
        new SrtpPolicy(
            encryption,
            key.length,
            authentication,
            profile.isAead() ? 0 : 20,
            profile.rtpTagLength(),
            salt.length);
    try {
      return new SrtpContextFactory(sender, key, salt, policy, policy, new LoggerImpl("bench"))
          .deriveContext(SSRC, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void next() {
    seq++;
    packet[0] = (byte) 0x80;
    packet[1] = 0;
    RtpView.setSeq(packet, 0, seq);
    RtpView.setTimestamp(packet, 0, seq * 160);
    RtpView.setSsrc(packet, 0, SSRC);
  }

  private static int require(boolean right, int length) {
    if (!right) {
      throw new IllegalStateException("not as it should be");
    }
    return length;
  }

  private int protect(SrtpSender sender) {
    next();
    return require(sender.protectRtp(packet, 0, PLAIN) == SrtpResult.OK, sender.length());
  }

  private int both(SrtpSender sender, SrtpReceiver receiver) {
    int length = protect(sender);
    boolean right = receiver.unprotectRtp(packet, 0, length) == SrtpResult.OK;
    return require(right && receiver.length() == PLAIN, length);
  }

  /** Libcrypto, one way. */
  @Benchmark
  public int protectLibcrypto() {
    return protect(library);
  }

  /** Libcrypto, there and back. */
  @Benchmark
  public int bothLibcrypto() {
    return both(library, libraryReceiver);
  }

  /** The JDK, one way. */
  @Benchmark
  public int protectJdk() {
    return protect(jdk);
  }

  /** The JDK, there and back. */
  @Benchmark
  public int bothJdk() {
    return both(jdk, jdkReceiver);
  }

  /** Jitsi-srtp, one way. */
  @Benchmark
  public int protectJitsi() throws GeneralSecurityException {
    next();
    buffer.setLength(PLAIN);
    return require(jitsi.transformPacket(buffer) == SrtpErrorStatus.OK, buffer.getLength());
  }

  /** Jitsi-srtp, there and back. */
  @Benchmark
  public int bothJitsi() throws GeneralSecurityException {
    protectJitsi();
    boolean right = jitsiReceiver.reverseTransformPacket(buffer, false) == SrtpErrorStatus.OK;
    return require(right && buffer.getLength() == PLAIN, buffer.getLength());
  }
}

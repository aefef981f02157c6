package org.drawbridge.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.drawbridge.media.libcrypto.Libcrypto;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The two sources of ciphers do the same to every packet. */
class CipherSourceTest {

  private static final int SSRC = 0xCAFE_BABE;
  private static final int OFFSET = 5;

  private final Random random = new Random(1);

  @BeforeEach
  void libraryIsThere() {
    Assumptions.assumeTrue(Libcrypto.AVAILABLE);
  }

  private record Both(PacketCiphers jdk, PacketCiphers library) {
    static Both of(SrtpProfile profile, Random random) {
      byte[] master = new byte[profile.masterLength()];
      random.nextBytes(master);
      return new Both(
          PacketCiphers.derive(profile, master, CipherSource.JDK),
          PacketCiphers.derive(profile, master, CipherSource.LIBCRYPTO));
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void aPacketSealedByOneIsTheSameByTheOtherAndOpensThere(SrtpProfile profile) {
    Both both = Both.of(profile, random);
    for (int i = 0; i < 300; i++) {
      int clear = 12 + 4 * random.nextInt(4);
      compare(both.jdk.rtp(), both.library.rtp(), clear, random.nextLong(1L << 48));
      compare(both.jdk.rtcp(), both.library.rtcp(), 8, random.nextInt() & 0xFFFFFFFFL | 1L << 31);
    }
  }

  private void compare(PacketCipher first, PacketCipher second, int clear, long index) {
    int len = clear + random.nextInt(1_400);
    byte[] plain = new byte[OFFSET + len + PacketCipher.MAX_OVERHEAD];
    random.nextBytes(plain);
    byte[] one = plain.clone();
    byte[] other = plain.clone();
    int sealed = first.seal(one, OFFSET, len, clear, SSRC, index);
    assertThat(second.seal(other, OFFSET, len, clear, SSRC, index)).isEqualTo(sealed);
    assertThat(Arrays.copyOf(other, OFFSET + sealed))
        .isEqualTo(Arrays.copyOf(one, OFFSET + sealed));
    byte[] forged = one.clone();
    forged[OFFSET + random.nextInt(len)] ^= (byte) (1 << random.nextInt(8));
    assertThat(second.open(one, OFFSET, sealed, clear, SSRC, index)).isEqualTo(len);
    assertThat(first.open(other, OFFSET, sealed, clear, SSRC, index)).isEqualTo(len);
    assertThat(Arrays.copyOf(one, OFFSET + len)).isEqualTo(Arrays.copyOf(plain, OFFSET + len));
    assertThat(Arrays.copyOf(other, OFFSET + len)).isEqualTo(Arrays.copyOf(plain, OFFSET + len));
    assertThat(second.open(forged, OFFSET, sealed, clear, SSRC, index)).isNegative();
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void theLibraryMakesNoObjectForAPacket(SrtpProfile profile) {
    PacketCipher cipher = Both.of(profile, random).library.rtp();
    byte[] packet = new byte[200];
    long index = sealAndOpen(cipher, packet, 0, 20_000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    sealAndOpen(cipher, packet, index, 5_000);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(5_000 * 8);
  }

  private static long sealAndOpen(PacketCipher cipher, byte[] packet, long from, int count) {
    for (long index = from; index < from + count; index++) {
      int sealed = cipher.seal(packet, 0, 172, 12, SSRC, index);
      if (cipher.open(packet, 0, sealed, 12, SSRC, index) != 172) {
        throw new AssertionError("packet " + index);
      }
    }
    return from + count;
  }
}

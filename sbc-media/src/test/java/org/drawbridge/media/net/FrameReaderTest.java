package org.drawbridge.media.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameReaderTest {

  private final List<String> frames = new ArrayList<>();

  private boolean read(FrameReader reader, byte[] bytes) {
    return reader.read(
        ByteBuffer.wrap(bytes),
        (buf, off, len) -> frames.add(new String(Arrays.copyOfRange(buf, off, off + len))));
  }

  private static byte[] stream(String... packets) {
    ByteBuffer stream = ByteBuffer.allocate(10_000);
    for (String packet : packets) {
      stream.putShort((short) packet.length()).put(packet.getBytes());
    }
    return Arrays.copyOf(stream.array(), stream.position());
  }

  @Test
  void framesAreFoundWhereverTheStreamIsCut() {
    byte[] stream = stream("one", "", "a second", "x".repeat(MediaLoop.MAX_DATAGRAM));
    for (int first = 0; first <= stream.length; first++) {
      frames.clear();
      FrameReader reader = new FrameReader();
      assertThat(read(reader, Arrays.copyOfRange(stream, 0, first))).isTrue();
      assertThat(read(reader, Arrays.copyOfRange(stream, first, stream.length))).isTrue();
      assertThat(frames).hasSize(3).startsWith("one", "a second");
      assertThat(frames.getLast()).hasSize(MediaLoop.MAX_DATAGRAM);
    }
  }

  @Test
  void byteByByteIsNoDifferent() {
    FrameReader reader = new FrameReader();
    for (byte one : stream("one", "two")) {
      assertThat(read(reader, new byte[] {one})).isTrue();
    }
    assertThat(frames).containsExactly("one", "two");
  }

  @Test
  void aFrameLongerThanAnyPacketEndsTheStream() {
    assertThat(read(new FrameReader(), "GET / HTTP/1.1\r\n\r\n".getBytes())).isFalse();
    assertThat(read(new FrameReader(), new byte[] {8, 1})).isFalse();
    assertThat(frames).isEmpty();
  }
}

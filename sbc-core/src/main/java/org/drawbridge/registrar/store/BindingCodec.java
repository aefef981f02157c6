package org.drawbridge.registrar.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Binding;
import org.drawbridge.sip.flow.FlowId;
import org.jspecify.annotations.Nullable;

/**
 * The bindings of one address of record as bytes: a version, how many there are, then each. What
 * comes back from a disk is read as carefully as what comes from a network.
 */
final class BindingCodec {

  private static final byte VERSION = 1;

  /** More than any account may have. */
  private static final int MAX_BINDINGS = 10_000;

  private static final int MAX_PATH = 100;
  private static final int ABSENT = -1;

  private BindingCodec() {}

  static byte[] encode(List<Binding> bindings) {
    ByteSink out = new ByteSink().number(VERSION, 1).number(bindings.size(), 4);
    for (Binding binding : bindings) {
      out.text(binding.contactUri()).text(binding.flow().value()).number(binding.path().size(), 4);
      binding.path().forEach(out::text);
      out.text(binding.instance())
          .number(binding.regId(), 4)
          .number(binding.gruu(), 8)
          .text(binding.callId())
          .number(binding.cseq(), 8)
          .number(binding.q(), 4)
          .text(binding.userAgent())
          .number(binding.expiresAt(), 8);
    }
    return out.bytes();
  }

  /** Null if these are no bindings of this version. */
  static @Nullable List<Binding> decode(Aor aor, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      if (in.get() != VERSION) {
        return null;
      }
      int count = count(in, MAX_BINDINGS);
      List<Binding> bindings = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        bindings.add(binding(aor, in));
      }
      return in.hasRemaining() ? null : List.copyOf(bindings);
    } catch (BufferUnderflowException | MalformedBinding e) {
      return null;
    }
  }

  private static Binding binding(Aor aor, ByteBuffer in) throws MalformedBinding {
    return new Binding(
        aor,
        required(in),
        new FlowId(required(in)),
        path(in),
        text(in),
        in.getInt(),
        in.getLong(),
        required(in),
        in.getLong(),
        in.getInt(),
        text(in),
        in.getLong());
  }

  private static List<String> path(ByteBuffer in) throws MalformedBinding {
    int hops = count(in, MAX_PATH);
    List<String> path = new ArrayList<>(hops);
    for (int i = 0; i < hops; i++) {
      path.add(required(in));
    }
    return path;
  }

  private static String required(ByteBuffer in) throws MalformedBinding {
    String text = text(in);
    if (text == null) {
      throw new MalformedBinding();
    }
    return text;
  }

  private static @Nullable String text(ByteBuffer in) throws MalformedBinding {
    int length = in.getInt();
    if (length == ABSENT) {
      return null;
    }
    if (length < 0 || length > in.remaining()) {
      throw new MalformedBinding();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static int count(ByteBuffer in, int max) throws MalformedBinding {
    int count = in.getInt();
    if (count < 0 || count > max) {
      throw new MalformedBinding();
    }
    return count;
  }

  private static final class MalformedBinding extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** Grows as it is written to. */
  private static final class ByteSink {
    private ByteBuffer buffer = ByteBuffer.allocate(512);

    ByteSink number(long value, int bytes) {
      room(bytes);
      for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
        buffer.put((byte) (value >> shift));
      }
      return this;
    }

    ByteSink text(@Nullable String text) {
      if (text == null) {
        return number(ABSENT, 4);
      }
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      number(bytes.length, 4);
      room(bytes.length);
      buffer.put(bytes);
      return this;
    }

    byte[] bytes() {
      byte[] written = new byte[buffer.position()];
      buffer.get(0, written);
      return written;
    }

    private void room(int bytes) {
      if (buffer.remaining() < bytes) {
        ByteBuffer larger = ByteBuffer.allocate(2 * buffer.capacity() + bytes);
        larger.put(buffer.flip());
        buffer = larger;
      }
    }
  }
}

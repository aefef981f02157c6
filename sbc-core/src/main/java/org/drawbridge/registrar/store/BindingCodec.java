package org.drawbridge.registrar.store;

import java.net.InetAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Binding;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.IpLiteral;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one address of record as bytes: a version, how many there are, then each. What
 * comes back from a disk is read as carefully as what comes from a network.
 */
final class BindingCodec {

  /** The bindings of our own accounts. */
  static final Codec<Binding> BINDINGS = new Codec<>(BindingCodec::write, BindingCodec::binding);

  /** The phones of PBXs behind us. */
  static final Codec<KeptPhone> PHONES = new Codec<>(BindingCodec::write, BindingCodec::phone);

  private static final byte VERSION = 1;

  /** More than any account may have. */
  private static final int MAX_BINDINGS = 10_000;

  private static final int MAX_TEXTS = 100;
  private static final int ABSENT = -1;

  private BindingCodec() {}

  /** How one kind of thing is written and read. */
  record Codec<T>(BiConsumer<ByteSink, T> writer, Reader<T> reader) {

    byte[] encode(List<T> all) {
      ByteSink out = new ByteSink().number(VERSION, 1).number(all.size(), 4);
      all.forEach(one -> writer.accept(out, one));
      return out.bytes();
    }

    /** Null if these are none of this version. */
    @Nullable List<T> decode(Aor aor, byte[] bytes) {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      try {
        if (in.get() != VERSION) {
          return null;
        }
        int count = count(in, MAX_BINDINGS);
        List<T> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
          all.add(reader.read(aor, in));
        }
        return in.hasRemaining() ? null : List.copyOf(all);
      } catch (BufferUnderflowException | MalformedBinding e) {
        return null;
      }
    }
  }

  /** Reads one of its kind. */
  private interface Reader<T> {
    T read(Aor aor, ByteBuffer in) throws MalformedBinding;
  }

  private static void write(ByteSink out, Binding binding) {
    out.text(binding.contactUri()).text(binding.flow().value()).texts(binding.path());
    out.text(binding.instance())
        .number(binding.regId(), 4)
        .number(binding.gruu(), 8)
        .text(binding.callId())
        .number(binding.cseq(), 8)
        .number(binding.q(), 4)
        .text(binding.userAgent())
        .number(binding.expiresAt(), 8);
  }

  private static void write(ByteSink out, KeptPhone phone) {
    write(out, phone.binding());
    out.text(phone.registrar().getHostAddress()).texts(phone.serviceRoute());
  }

  private static KeptPhone phone(Aor aor, ByteBuffer in) throws MalformedBinding {
    Binding binding = binding(aor, in);
    InetAddress registrar = IpLiteral.parse(required(in));
    if (registrar == null) {
      throw new MalformedBinding();
    }
    return new KeptPhone(binding, registrar, texts(in));
  }

  private static Binding binding(Aor aor, ByteBuffer in) throws MalformedBinding {
    return new Binding(
        aor,
        required(in),
        new FlowId(required(in)),
        texts(in),
        text(in),
        in.getInt(),
        in.getLong(),
        required(in),
        in.getLong(),
        in.getInt(),
        text(in),
        in.getLong());
  }

  private static List<String> texts(ByteBuffer in) throws MalformedBinding {
    int count = count(in, MAX_TEXTS);
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(required(in));
    }
    return texts;
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
  static final class ByteSink {
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

    ByteSink texts(List<String> all) {
      number(all.size(), 4);
      all.forEach(this::text);
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

package org.drawbridge.media.record;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Writes a WAV file of two 16-bit channels that only its owner may read. Its header is true after
 * each write, so that a file that was cut off can still be played. Used by one thread.
 */
final class WavWriter implements AutoCloseable {

  private static final int HEADER = 44;

  /** A RIFF size has 32 bits; the rest of a longer recording is left out. */
  private static final long MAX_BYTES = 0xFFFF_0000L;

  private final RandomAccessFile file;
  private long bytes;

  private WavWriter(RandomAccessFile file) {
    this.file = file;
  }

  /** Makes a new file, which must not exist. */
  static WavWriter create(Path path, int rate) throws IOException {
    Files.createFile(path, rights(path, "rw-------"));
    WavWriter writer = new WavWriter(new RandomAccessFile(path.toFile(), "rw"));
    try {
      writer.header(rate);
      return writer;
    } catch (IOException e) {
      writer.close(); // a full disk has room for a name, but not for a header
      Files.deleteIfExists(path);
      throw e;
    }
  }

  private static FileAttribute<?>[] rights(Path path, String rights) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }

  private void header(int rate) throws IOException {
    int frame = TwoTracks.CHANNELS * Short.BYTES;
    ByteBuffer out = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("RIFF")).putInt(HEADER - 8).put(ascii("WAVEfmt ")).putInt(16);
    out.putShort((short) 1).putShort((short) TwoTracks.CHANNELS).putInt(rate);
    out.putInt(rate * frame).putShort((short) frame).putShort((short) Short.SIZE);
    out.put(ascii("data")).putInt(0).flip();
    writeAt(out, 0);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void writeAt(ByteBuffer out, long position) throws IOException {
    file.seek(position);
    file.write(out.array(), out.arrayOffset() + out.position(), out.remaining());
    out.position(out.limit());
  }

  /** Appends samples; false once the file is full. */
  boolean write(ByteBuffer samples) throws IOException {
    if (bytes + samples.remaining() > MAX_BYTES) {
      return false;
    }
    int length = samples.remaining();
    writeAt(samples, HEADER + bytes);
    bytes += length;
    size(4, HEADER - 8 + bytes);
    size(HEADER - 4, bytes);
    return true;
  }

  private void size(int position, long value) throws IOException {
    writeAt(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, (int) value), position);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Makes the directory of recordings if it is not there, for its owner alone. */
  static void directory(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path, rights(path, "rwx------"));
    }
  }
}

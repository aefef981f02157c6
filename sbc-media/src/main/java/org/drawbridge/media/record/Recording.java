package org.drawbridge.media.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.plane.Tap;
import org.drawbridge.media.rtp.RtpView;
import org.jspecify.annotations.Nullable;

/**
 * One call that is recorded. Taps run on media loops, what is package-private on the writer's
 * thread, all else anywhere.
 */
public final class Recording {

  /** The channel of who called. */
  public static final int LEFT = 0;

  /** The channel of who was called. */
  public static final int RIGHT = 1;

  private static final Logger LOG = LogManager.getLogger(Recording.class);

  /** How long packets may be late before their place is written, in ns. */
  private static final long LATENESS_NANOS = 1_000_000_000L;

  /** How often it is seen to that the file is still there, in ns. */
  private static final long LOOK_NANOS = 10_000_000_000L;

  private final Recorder recorder;
  private final Path file;
  private final TwoTracks tracks;
  private final int rate;
  private final AtomicInteger dropped = new AtomicInteger();
  private volatile List<Map<Integer, AudioCodec>> codecs = List.of(Map.of(), Map.of());
  private volatile long endNanos;
  private volatile boolean ended;
  private @Nullable WavWriter writer;
  private boolean failed;
  private boolean gone;
  private long lookedNanos;

  Recording(Recorder recorder, Path file, int rate, long startNanos) {
    this.recorder = recorder;
    this.file = file;
    this.rate = rate;
    tracks = new TwoTracks(rate, startNanos);
    lookedNanos = startNanos;
  }

  /** Says which payload types are what, on both sides. */
  public void codecs(Map<Integer, AudioCodec> left, Map<Integer, AudioCodec> right) {
    codecs = List.of(Map.copyOf(left), Map.copyOf(right));
  }

  /** What takes the packets of one side. */
  public Tap tap(int channel) {
    return (buf, off, len, nowNanos) -> take(channel, buf, off, len, nowNanos);
  }

  private void take(int channel, byte[] buf, int off, int len, long nowNanos) {
    int header = RtpView.headerLength(buf, off, len);
    int type = RtpView.payloadType(buf, off);
    int length = len - header - RtpView.padding(buf, off, len);
    if (ended
        || length <= 0
        || length > AudioCodec.MAX_PAYLOAD
        || !codecs.get(channel).containsKey(type)) {
      return;
    }
    byte[] payload = new byte[length];
    System.arraycopy(buf, off + header, payload, 0, payload.length);
    RecordedPacket packet =
        new RecordedPacket(
            channel, nowNanos, RtpView.ssrc(buf, off), type, RtpView.timestamp(buf, off), payload);
    if (!recorder.offer(this, packet)) {
      dropped.incrementAndGet();
    }
  }

  /** Ends it; what was said until now is still written. */
  public void end() {
    if (!ended) {
      endNanos = recorder.now();
      ended = true;
    }
  }

  /** Whether nothing more is taken: it was ended, or could not be written. Any thread. */
  public boolean isEnded() {
    return ended;
  }

  /** Whether it had ended by a time up to which all packets have been added. */
  boolean isOver(long reachedNanos) {
    return ended && reachedNanos - endNanos >= 0;
  }

  void add(RecordedPacket packet) {
    AudioCodec codec = codecs.get(packet.channel()).get(packet.payloadType());
    if (codec != null && !failed) {
      tracks.add(packet, codec);
    }
  }

  /** Writes what is old enough. */
  void write(long nowNanos, ByteBuffer chunk) {
    writeUntil(nowNanos - LATENESS_NANOS, chunk);
    if (nowNanos - lookedNanos >= LOOK_NANOS) {
      lookedNanos = nowNanos;
      lookForFile();
    }
  }

  /** Whoever cleans up may take an open file away, and no write to it fails. */
  private void lookForFile() {
    if (writer != null && !failed && !gone && Files.notExists(file)) {
      gone = true;
      recorder.failed();
      LOG.error("recording {} was moved or removed while it is written", file);
    }
  }

  private void writeUntil(long nanos, ByteBuffer chunk) {
    try {
      boolean more = !failed;
      while (more) {
        more = tracks.drain(nanos, chunk.clear());
        if (chunk.flip().hasRemaining() && !writer().write(chunk)) {
          throw new IOException("the file is full");
        }
      }
    } catch (IOException | RuntimeException e) {
      failed = true;
      end();
      recorder.failed();
      LOG.error("recording {} has stopped: {}", file, e.toString());
    }
  }

  private WavWriter writer() throws IOException {
    if (writer == null) {
      Path directory = file.getParent();
      if (directory != null) {
        WavWriter.directory(directory);
      }
      writer = WavWriter.create(file, rate);
      LOG.info("recording {} has begun", file);
    }
    return writer;
  }

  /** Writes the rest. */
  void finish(ByteBuffer chunk) {
    writeUntil(endNanos, chunk);
    lookForFile();
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      LOG.error("recording {} cannot be closed: {}", file, e.toString());
    }
    if (!failed && !gone) {
      LOG.info("recording {} is complete, {} packets dropped", file, dropped.get());
    }
  }
}

package org.drawbridge.media.prompt;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.audio.Clip;
import org.drawbridge.media.audio.Wav;
import org.jspecify.annotations.Nullable;

/**
 * Reads WAV files and keeps them at the rates they are played at; a file that was changed is read
 * anew. Thread-safe.
 */
public final class SoundLibrary {

  /** Longer files are not played, in bytes. */
  public static final int MAX_FILE_BYTES = 32 << 20;

  /**
   * What is kept altogether, in bytes; what was not played for longest goes first. What is longer
   * is there once as long as anybody hears it.
   */
  private static final long MAX_KEPT_BYTES = 64L << 20;

  private final Executor readers;

  /**
   * Held while one file is read, so that many who want a long one do not each read it; what is
   * known is played meanwhile.
   */
  private final Object reading = new Object();

  private final long mostBytes;
  private final Map<Key, Clip> kept = new LinkedHashMap<>(16, 0.75f, true);

  /** What is kept, and what is not any more but is still played somewhere. */
  private final Map<Key, Heard> heard = new HashMap<>();

  private long keptBytes;

  /**
   * An empty library.
   *
   * @param readers runs what may wait for a disk
   */
  public SoundLibrary(Executor readers) {
    this(readers, MAX_KEPT_BYTES);
  }

  SoundLibrary(Executor readers, long mostBytes) {
    this.readers = readers;
    this.mostBytes = mostBytes;
  }

  private record Key(Path file, int rate) {}

  private record Heard(WeakReference<Clip> clip, Object version) {}

  /**
   * A file's sound at a rate that a codec takes: its own where that is one, as an hour of what was
   * recorded for telephones would be large at the 48 kHz of Opus. Any thread; completes on a
   * reader, never with an exception.
   */
  public CompletableFuture<Sound> load(Path file, AudioCodec codec) {
    return CompletableFuture.supplyAsync(() -> read(file, codec), readers);
  }

  private Sound read(Path file, AudioCodec codec) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      Object version = found.lastModifiedTime() + " " + found.size();
      Key key = new Key(file, codec.sampleRate());
      Clip known = known(key, version);
      if (known != null) {
        return new Sound.Loaded(known);
      }
      return found.size() > MAX_FILE_BYTES
          ? new Sound.Unusable(file + " is longer than " + MAX_FILE_BYTES + " bytes")
          : readAnew(key, version, codec);
    } catch (NoSuchFileException _) {
      return new Sound.Unusable("there is no file " + file);
    } catch (IOException e) {
      return new Sound.Unusable(file + " cannot be read: " + e.getMessage());
    }
  }

  private Sound readAnew(Key key, Object version, AudioCodec codec) throws IOException {
    synchronized (reading) {
      Clip known = known(key, version);
      if (known != null) {
        return new Sound.Loaded(known);
      }
      return switch (Wav.read(Files.readAllBytes(key.file))) {
        case Wav.Reading.Unusable(String reason) -> new Sound.Unusable(key.file + ": " + reason);
        case Wav.Reading.Read(Clip clip) -> {
          Clip fitting = clip.at(codec.rateFor(clip.rate()));
          keep(key, fitting, version);
          yield new Sound.Loaded(fitting);
        }
      };
    }
  }

  private synchronized @Nullable Clip known(Key key, Object version) {
    kept.get(key); // which is then the last to go
    Heard last = heard.get(key);
    return last == null || !last.version.equals(version) ? null : last.clip.get();
  }

  private synchronized void keep(Key key, Clip sound, Object version) {
    forget(kept.remove(key));
    heard.values().removeIf(each -> each.clip.get() == null);
    heard.put(key, new Heard(new WeakReference<>(sound), version));
    if (bytes(sound) > mostBytes) {
      return;
    }
    kept.put(key, sound);
    keptBytes += bytes(sound);
    Iterator<Clip> oldest = kept.values().iterator();
    while (keptBytes > mostBytes) {
      forget(oldest.next());
      oldest.remove();
    }
  }

  private void forget(@Nullable Clip sound) {
    keptBytes -= sound == null ? 0 : bytes(sound);
  }

  private static long bytes(Clip sound) {
    return 2L * sound.pcm().length;
  }

  synchronized long keptBytes() {
    return keptBytes;
  }
}

package org.drawbridge.media.prompt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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

  /** What is kept altogether, in bytes; what was not played for longest goes first. */
  private static final long MAX_KEPT_BYTES = 64L << 20;

  private final Executor readers;
  private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long keptBytes;

  /**
   * An empty library.
   *
   * @param readers runs what may wait for a disk
   */
  public SoundLibrary(Executor readers) {
    this.readers = readers;
  }

  private record Key(Path file, int rate) {}

  private record Kept(Clip clip, Object version) {

    long bytes() {
      return 2L * clip.pcm().length;
    }
  }

  /**
   * A file's sound at a rate that a codec takes: its own where that is one, as an hour of what was
   * recorded for telephones would be large at the 48 kHz of Opus. Any thread; completes on a
   * reader, never with an exception.
   */
  public CompletableFuture<Sound> load(Path file, AudioCodec codec) {
    return CompletableFuture.supplyAsync(() -> read(file, codec), readers);
  }

  private synchronized Sound read(Path file, AudioCodec codec) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      Object version = found.lastModifiedTime() + " " + found.size();
      Key key = new Key(file, codec.sampleRate());
      Kept known = kept.get(key);
      if (known != null && known.version.equals(version)) {
        return new Sound.Loaded(known.clip);
      }
      if (found.size() > MAX_FILE_BYTES) {
        return new Sound.Unusable(file + " is longer than " + MAX_FILE_BYTES + " bytes");
      }
      return switch (Wav.read(Files.readAllBytes(file))) {
        case Wav.Reading.Unusable(String reason) -> new Sound.Unusable(file + ": " + reason);
        case Wav.Reading.Read(Clip clip) -> {
          Clip fitting = clip.at(codec.takes(clip.rate()) ? clip.rate() : codec.sampleRate());
          keep(key, new Kept(fitting, version));
          yield new Sound.Loaded(fitting);
        }
      };
    } catch (NoSuchFileException _) {
      return new Sound.Unusable("there is no file " + file);
    } catch (IOException e) {
      return new Sound.Unusable(file + " cannot be read: " + e.getMessage());
    }
  }

  private void keep(Key key, Kept sound) {
    forget(kept.put(key, sound));
    keptBytes += sound.bytes();
    Iterator<Kept> oldest = kept.values().iterator();
    while (keptBytes > MAX_KEPT_BYTES && oldest.hasNext()) {
      Kept first = oldest.next();
      oldest.remove();
      forget(first);
    }
  }

  private void forget(@Nullable Kept sound) {
    keptBytes -= sound == null ? 0 : sound.bytes();
  }
}

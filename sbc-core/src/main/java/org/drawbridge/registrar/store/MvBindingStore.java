package org.drawbridge.registrar.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Binding;
import org.drawbridge.routing.value.FileWords;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * Bindings in one local file, an MVStore: a log-structured tree in which a write that was cut short
 * leaves the state before it. The file is locked, so that no two processes use it.
 */
public final class MvBindingStore implements BindingStore {

  private static final Logger LOG = LogManager.getLogger(MvBindingStore.class);

  private static final String BINDINGS = "bindings";
  private static final String PHONES = "relayed-phones";
  private static final List<String> TABLES = List.of(BINDINGS, PHONES);

  private static final String SECRET = "gruu-key";
  private static final int SECRET_BYTES = 16;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /** Chunks that hold less of use than this are rewritten, so that the file does not grow. */
  private static final int FILL_PERCENT = 50;

  private static final int COMPACT_BYTES = 4 << 20;

  /** The whole table is in memory anyway; pages read back are few. */
  private static final int CACHE_MEGABYTES = 2;

  private final Path file;
  private MVStore store;

  private MvBindingStore(Path file, MVStore store) {
    this.file = file;
    this.store = store;
  }

  /**
   * Opens a file or makes it. One that cannot be read is renamed, with a word in the log, and a new
   * one made.
   *
   * @throws StoreException if another process has it, or if no file can be made there
   */
  public static MvBindingStore open(Path file) throws StoreException {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      return new MvBindingStore(file, openOrSetAside(file));
    } catch (IOException | MVStoreException e) {
      throw new StoreException(words(e), e);
    }
  }

  private static MVStore openOrSetAside(Path file) throws IOException {
    boolean existed = Files.exists(file);
    make(file);
    try {
      MVStore store = openFile(file);
      try {
        for (String table : TABLES) {
          map(store, table).forEach((key, value) -> {});
        }
        return store;
      } catch (MVStoreException e) {
        store.closeImmediately();
        throw e;
      }
    } catch (MVStoreException e) {
      if (!existed || e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
        throw e;
      }
      Path aside = aside(file);
      Files.move(file, aside);
      LOG.error(
          "bindings.unreadable file={} kept-as={} reason=\"{}\": starting without registrations",
          file,
          aside,
          words(e));
      make(file);
      return openFile(file);
    }
  }

  private static Path aside(Path file) {
    int number = 1;
    Path aside;
    do {
      aside = file.resolveSibling(file.getFileName() + ".unreadable-" + number++);
    } while (Files.exists(aside));
    return aside;
  }

  /** It says where everybody is, and has the key of their temporary GRUUs: nobody else reads it. */
  private static void make(Path file) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (posix && Files.notExists(file)) {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } else if (posix
        && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
      keepFromAll(file);
    }
  }

  private static void keepFromAll(Path file) {
    try {
      Files.setPosixFilePermissions(file, OWNER_ONLY);
    } catch (IOException e) {
      LOG.warn("bindings.readable-by-all file={}: {}", file, e.getMessage());
    }
  }

  private static MVStore openFile(Path file) {
    return new MVStore.Builder()
        .fileName(file.toString())
        .autoCommitDisabled()
        .cacheSize(CACHE_MEGABYTES)
        .open();
  }

  private static MVMap<String, byte[]> map(MVStore store, String name) {
    return store.openMap(
        name,
        new MVMap.Builder<String, byte[]>()
            .keyType(StringDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  @Override
  public KeptTable<Binding> bindings() {
    return new Table<>(BINDINGS, BindingCodec.BINDINGS);
  }

  @Override
  public KeptTable<KeptPhone> phones() {
    return new Table<>(PHONES, BindingCodec.PHONES);
  }

  /** One of the file's maps. */
  private final class Table<T> implements KeptTable<T> {
    private final String name;
    private final BindingCodec.Codec<T> codec;

    private Table(String name, BindingCodec.Codec<T> codec) {
      this.name = name;
      this.codec = codec;
    }

    @Override
    public void load(Consumer<List<T>> to) throws StoreException {
      try {
        map(store, name).forEach((key, value) -> load(key, value, to));
      } catch (MVStoreException e) {
        throw new StoreException(words(e), e);
      }
    }

    private void load(String key, byte[] value, Consumer<List<T>> to) {
      int slash = key.indexOf('/');
      List<T> read =
          slash < 0
              ? null
              : codec.decode(new Aor(key.substring(slash + 1), key.substring(0, slash)), value);
      if (read == null) {
        LOG.warn("{}.skipped key={} bytes={}: not of this version", name, key, value.length);
      } else {
        to.accept(read);
      }
    }

    @Override
    public void save(Map<Aor, List<T>> changed) throws StoreException {
      try {
        if (store.isClosed()) {
          store = openFile(file);
        }
        MVMap<String, byte[]> map = map(store, name);
        changed.forEach(
            (aor, list) -> {
              if (list.isEmpty()) {
                map.remove(key(aor));
              } else {
                map.put(key(aor), codec.encode(list));
              }
            });
        store.commit();
        store.compact(FILL_PERCENT, COMPACT_BYTES);
      } catch (MVStoreException e) {
        store.closeImmediately();
        throw new StoreException(words(e), e);
      }
    }
  }

  /** A domain has no slash. */
  private static String key(Aor aor) {
    return aor.domain() + '/' + aor.user();
  }

  @Override
  public byte[] secret() {
    MVMap<String, byte[]> map = map(store, "secrets");
    byte[] known = map.get(SECRET);
    if (known != null && known.length == SECRET_BYTES) {
      return known;
    }
    byte[] made = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(made);
    map.put(SECRET, made);
    store.commit();
    return made;
  }

  @Override
  public void close() {
    store.close();
  }

  private static String words(Exception e) {
    boolean locked =
        e instanceof MVStoreException failure
            && failure.getErrorCode() == DataUtils.ERROR_FILE_LOCKED;
    return locked ? "another process uses it" : told(e);
  }

  /** What the system said: the library's own words name an object of Java and no cause. */
  private static String told(Exception e) {
    return switch (e instanceof MVStoreException ? e.getCause() : e) {
      case IOException cause -> FileWords.of(cause);
      case null, default -> String.valueOf(e.getMessage());
    };
  }
}

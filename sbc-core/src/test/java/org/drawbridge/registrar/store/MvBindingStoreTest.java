package org.drawbridge.registrar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.SampleBindings;
import org.drawbridge.sim.LogLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MvBindingStoreTest {

  private static final Binding PHONE = SampleBindings.phone("1001", 1_000);
  private static final Binding BROWSER = SampleBindings.browser("1001", 2_000);
  private static final Binding OTHER = SampleBindings.phone("1002", 3_000);

  @TempDir private Path directory;

  @Test
  void whatWasSavedIsThereAfterTheProcessDied() throws Exception {
    Path copy = directory.resolve("copy.mv");
    byte[] secret;
    try (MvBindingStore store = MvBindingStore.open(file())) {
      store
          .bindings()
          .save(Map.of(PHONE.aor(), List.of(PHONE, BROWSER), OTHER.aor(), List.of(OTHER)));
      secret = store.secret();
      // What a kill would leave behind, for nothing is written when the store is closed.
      Files.copy(file(), copy);
    }
    assertThat(saved(copy)).containsExactlyInAnyOrder(List.of(PHONE, BROWSER), List.of(OTHER));
    try (MvBindingStore store = MvBindingStore.open(copy)) {
      assertThat(store.secret()).isEqualTo(secret).hasSize(16);
    }
  }

  @Test
  void phonesOfAPbxAreKeptBesideOurBindings() throws Exception {
    KeptPhone relayed =
        new KeptPhone(PHONE, InetAddress.ofLiteral("203.0.113.5"), List.of("<sip:edge;lr>"));
    List<List<KeptPhone>> found = new ArrayList<>();
    try (MvBindingStore store = MvBindingStore.open(file())) {
      store.bindings().save(Map.of(OTHER.aor(), List.of(OTHER)));
      store.phones().save(Map.of(PHONE.aor(), List.of(relayed)));
    }
    try (MvBindingStore store = MvBindingStore.open(file())) {
      store.phones().load(found::add);
    }
    assertThat(found).containsExactly(List.of(relayed));
    assertThat(saved(file())).containsExactly(List.of(OTHER));
  }

  @Test
  void theFileIsForItsOwnerAlone() throws Exception {
    MvBindingStore.open(file()).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void aFileThatAllCouldReadIsForItsOwnerAloneFromNowOn() throws Exception {
    MvBindingStore.open(file()).close();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    MvBindingStore.open(file()).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void anEmptyListForgetsTheAddress() throws Exception {
    try (MvBindingStore store = MvBindingStore.open(file())) {
      store.bindings().save(Map.of(PHONE.aor(), List.of(PHONE), OTHER.aor(), List.of(OTHER)));
      store.bindings().save(Map.of(PHONE.aor(), List.of()));
    }
    assertThat(saved(file())).containsExactly(List.of(OTHER));
  }

  @Test
  void aDamagedFileIsSetAsideAndANewOneMade() throws Exception {
    for (int damaged = 1; damaged <= 2; damaged++) {
      byte[] rubbish = new byte[10_000];
      new Random(damaged).nextBytes(rubbish);
      Files.write(file(), rubbish);

      try (MvBindingStore store = MvBindingStore.open(file())) {
        store.bindings().save(Map.of(PHONE.aor(), List.of(PHONE)));
      }
      assertThat(saved(file())).containsExactly(List.of(PHONE));
      assertThat(Files.readAllBytes(directory.resolve("bindings.mv.unreadable-" + damaged)))
          .isEqualTo(rubbish);
    }
  }

  @Test
  void theLogSaysWhatTheSystemSaidOfAFile() throws Exception {
    Files.createDirectory(file());
    try (LogLines log = LogLines.of(MvBindingStore.class)) {
      MvBindingStore.open(file()).close();
      assertThat(log.lines()).singleElement().asString().contains(": Is a directory\": starting");
    }
  }

  @Test
  void pagesThatWereOverwrittenAreFoundAtOnce() throws Exception {
    try (MvBindingStore store = MvBindingStore.open(file())) {
      store.bindings().save(many(2_000, 1));
    }
    byte[] bytes = Files.readAllBytes(file());
    for (int i = 3 * 4096; i < bytes.length - 4096; i += 512) {
      bytes[i] ^= 0x55;
    }
    Files.write(file(), bytes);

    assertThat(saved(file())).isEmpty();
    assertThat(directory.resolve("bindings.mv.unreadable-1")).exists();
  }

  @Test
  void aSecondProcessIsTold() throws Exception {
    try (MvBindingStore store = MvBindingStore.open(file())) {
      assertThatThrownBy(() -> MvBindingStore.open(file()))
          .isInstanceOf(StoreException.class)
          .hasMessage("another process uses it");
      store.bindings().save(Map.of(PHONE.aor(), List.of(PHONE)));
    }
    assertThat(saved(file())).containsExactly(List.of(PHONE));
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
    Path blocked = Files.createFile(directory.resolve("plain-file"));
    assertThatThrownBy(() -> MvBindingStore.open(blocked.resolve("bindings.mv")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("plain-file");
  }

  private static Map<Aor, List<Binding>> many(int accounts, long expiresAt) {
    Map<Aor, List<Binding>> all = new HashMap<>();
    for (int i = 0; i < accounts; i++) {
      Binding binding = SampleBindings.phone("u" + i, expiresAt);
      all.put(binding.aor(), List.of(binding));
    }
    return all;
  }

  private static List<List<Binding>> saved(Path file) throws StoreException {
    List<List<Binding>> found = new ArrayList<>();
    try (MvBindingStore store = MvBindingStore.open(file)) {
      store.bindings().load(found::add);
    }
    return found;
  }

  private Path file() {
    return directory.resolve("bindings.mv");
  }

  @Test
  void bytesThatAreNoBindingsAreRefusedWhateverTheyAre() {
    byte[] good = BindingCodec.BINDINGS.encode(List.of(PHONE, BROWSER));
    assertThat(BindingCodec.BINDINGS.decode(PHONE.aor(), good)).containsExactly(PHONE, BROWSER);
    for (int length = 0; length < good.length; length++) {
      assertThat(BindingCodec.BINDINGS.decode(PHONE.aor(), Arrays.copyOf(good, length))).isNull();
    }
    Random random = new Random(4);
    Stream.generate(() -> new byte[random.nextInt(200)])
        .limit(20_000)
        .peek(random::nextBytes)
        .peek(bytes -> Arrays.fill(bytes, 0, Math.min(1, bytes.length), (byte) 1))
        .forEach(bytes -> BindingCodec.BINDINGS.decode(PHONE.aor(), bytes));
  }
}

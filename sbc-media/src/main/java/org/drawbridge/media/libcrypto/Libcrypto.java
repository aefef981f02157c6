package org.drawbridge.media.libcrypto;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import org.apache.logging.log4j.LogManager;

/**
 * Handles of libcrypto's functions for packets. Addresses are plain longs, since an address object
 * for each call would be garbage; all calls are shorter than a microsecond and so made without
 * telling the JVM.
 */
public final class Libcrypto {

  private static final String LIBRARY = "libcrypto.so.3";

  /** Whether the library is there, with all that is needed of it. Any thread. */
  public static final boolean AVAILABLE = isAvailable();

  private Libcrypto() {}

  private static boolean isAvailable() {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
      return false;
    }
    try {
      return Handles.NEW != null;
    } catch (LinkageError e) {
      LogManager.getLogger(Libcrypto.class)
          .info("SRTP and DTLS by Java alone, since {} cannot be used: {}", LIBRARY, e.toString());
      return false;
    }
  }

  /** In a class of its own, so that a missing library is found out here and not by its users. */
  static final class Handles {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup SYMBOLS = SymbolLookup.libraryLookup(LIBRARY, Arena.global());

    static final MethodHandle AES_128_CTR = cipher("EVP_aes_128_ctr");
    static final MethodHandle AES_128_GCM = cipher("EVP_aes_128_gcm");
    static final MethodHandle AES_192_CTR = cipher("EVP_aes_192_ctr");
    static final MethodHandle AES_256_CTR = cipher("EVP_aes_256_ctr");
    static final MethodHandle AES_256_GCM = cipher("EVP_aes_256_gcm");
    static final MethodHandle NEW = link("EVP_CIPHER_CTX_new", FunctionDescriptor.of(JAVA_LONG));
    static final MethodHandle FREE =
        link("EVP_CIPHER_CTX_free", FunctionDescriptor.ofVoid(JAVA_LONG));

    /** Context, cipher, engine, key, IV, whether to encrypt. */
    static final MethodHandle INIT =
        quick("EVP_CipherInit_ex", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);

    /** Context, output, where its length goes, input, its length. */
    static final MethodHandle UPDATE =
        quick("EVP_CipherUpdate", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);

    /** Context, output, where its length goes. */
    static final MethodHandle FINAL = quick("EVP_CipherFinal_ex", JAVA_LONG, JAVA_LONG, JAVA_LONG);

    /** Context, command, number, address. */
    static final MethodHandle CTRL =
        quick("EVP_CIPHER_CTX_ctrl", JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);

    static final MethodHandle SHA1_INIT = quick("SHA1_Init", JAVA_LONG);
    static final MethodHandle SHA1_UPDATE = quick("SHA1_Update", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    static final MethodHandle SHA1_FINAL = quick("SHA1_Final", JAVA_LONG, JAVA_LONG);

    private Handles() {}

    private static MemorySegment find(String name) {
      return SYMBOLS
          .find(name)
          .orElseThrow(() -> new UnsatisfiedLinkError(LIBRARY + " has no " + name));
    }

    static MethodHandle link(String name, FunctionDescriptor signature, Linker.Option... options) {
      return LINKER.downcallHandle(find(name), signature, options);
    }

    private static MethodHandle cipher(String name) {
      return link(name, FunctionDescriptor.of(JAVA_LONG));
    }

    private static MethodHandle quick(String name, java.lang.foreign.MemoryLayout... arguments) {
      return link(name, FunctionDescriptor.of(JAVA_INT, arguments), Linker.Option.critical(false));
    }
  }

  /** What a handle threw, or a function said, that no input can cause. */
  static IllegalStateException unexpected(Throwable cause) {
    return new IllegalStateException("libcrypto failed", cause);
  }

  static void require(int result) {
    if (result <= 0) {
      throw new IllegalStateException("libcrypto refused a call");
    }
  }
}

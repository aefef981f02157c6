package org.drawbridge.media.libcrypto;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/** The functions of one shared library, by name. Any thread. */
public final class SharedLibrary {

  private static final Linker LINKER = Linker.nativeLinker();

  private final String name;
  private final SymbolLookup symbols;

  /**
   * Loads a library for as long as the process lives.
   *
   * @throws UnsatisfiedLinkError when it is not there
   */
  public SharedLibrary(String name) {
    this.name = name;
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
      throw new UnsatisfiedLinkError(name + " is looked for on Linux only");
    }
    try {
      symbols = SymbolLookup.libraryLookup(name, Arena.global());
    } catch (IllegalArgumentException e) {
      throw (LinkageError) new UnsatisfiedLinkError(name + " is not there").initCause(e);
    }
  }

  /**
   * A handle of one function.
   *
   * @throws UnsatisfiedLinkError when the library has none of that name
   */
  public MethodHandle link(
      String function, FunctionDescriptor signature, Linker.Option... options) {
    return LINKER.downcallHandle(
        symbols
            .find(function)
            .orElseThrow(() -> new UnsatisfiedLinkError(name + " has no " + function)),
        signature,
        options);
  }
}

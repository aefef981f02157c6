package org.drawbridge.media.libc;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether this machine is one whose C library this package knows. */
public final class LinuxSupport {

  private LinuxSupport() {}

  /** Null when it is, else why not, in words for a log. Any thread. */
  public static @Nullable String reasonAgainst() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "");
    if (!system.contains("linux")) {
      return "the system is " + system;
    }
    if (!machine.equals("amd64") && !machine.equals("aarch64")) {
      return "the processor is " + machine;
    }
    try {
      new Epoll().close();
      return null;
    } catch (Exception | LinkageError e) {
      return e.toString();
    }
  }
}

package org.drawbridge.sim;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;

/** How many objects of which of our classes are still reachable, as a full collection finds it. */
public final class LiveObjects {

  private static final String OURS = "org.drawbridge.";

  private final Map<String, Long> counts;

  private LiveObjects(Map<String, Long> counts) {
    this.counts = counts;
  }

  /** Those there are now. */
  public static LiveObjects now() {
    Map<String, Long> counts = new HashMap<>();
    for (String line : histogram().lines().toList()) {
      String[] words = line.trim().split("\\s+");
      if (words.length >= 4 && words[3].startsWith(OURS)) {
        counts.merge(words[3], Long.parseLong(words[1]), Long::sum);
      }
    }
    return new LiveObjects(counts);
  }

  private static String histogram() {
    try {
      Object text =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
      return (String) text;
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many more of a class there are than before, by its name after {@code org.drawbridge.}. */
  public long since(LiveObjects before, String name) {
    return counts.getOrDefault(OURS + name, 0L) - before.counts.getOrDefault(OURS + name, 0L);
  }

  /** The classes of a package of which there are more than before, and how many. */
  public Map<String, Long> ofPackage(LiveObjects before, String packageName) {
    Map<String, Long> more = new HashMap<>();
    for (String name : counts.keySet()) {
      long growth = since(before, name.substring(OURS.length()));
      if (name.startsWith(OURS + packageName + ".") && growth > 0) {
        more.put(name.substring(OURS.length() + packageName.length() + 1), growth);
      }
    }
    return more;
  }
}

package condgen.experiment;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much memory this process held at its peak. */
public final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s*(\\d+) kB");

  private ProcessMemory() {}

  /** The resident peak in words where the system tells it, else that of the Java heap alone. */
  public static String peak() {
    OptionalLong resident = resident();
    return resident.isPresent()
        ? megabytes(resident.getAsLong())
        : megabytes(heap()) + " of Java heap (native memory not counted)";
  }

  /**
   * The resident peak in bytes, native memory included; empty where the system does not tell it.
   */
  public static OptionalLong resident() {
    try {
      return Files.isReadable(STATUS) ? resident(Files.readAllLines(STATUS)) : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** The same from the lines of {@code /proc/self/status}. */
  static OptionalLong resident(List<String> status) {
    return status.stream()
        .map(PEAK::matcher)
        .filter(Matcher::matches)
        .mapToLong(matcher -> Long.parseLong(matcher.group(1)) * 1024)
        .findFirst();
  }

  /** The peak of the Java heap in bytes. */
  static long heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%d MB", Math.round(bytes / (1024.0 * 1024.0)));
  }
}

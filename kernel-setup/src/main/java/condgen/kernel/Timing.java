package condgen.kernel;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Measures wall-clock and processor time from now on, for {@code %time}. */
final class Timing {
  private static final double NANO = 1e-9;

  private final long wallStart = System.nanoTime();
  private final long processorStart = processorNanos();

  private Timing() {}

  static Timing start() {
    return new Timing();
  }

  /** The time since the start. */
  Spent read() {
    return new Spent(
        (System.nanoTime() - wallStart) * NANO, (processorNanos() - processorStart) * NANO);
  }

  /**
   * Time spent, in seconds.
   *
   * @param wall by the clock on the wall
   * @param processor by all threads of the process together
   */
  record Spent(double wall, double processor) {
    Spent plus(Spent other) {
      return new Spent(wall + other.wall, processor + other.processor);
    }

    Spent minus(Spent other) {
      return new Spent(wall - other.wall, processor - other.processor);
    }

    /** Such as {@code time 1.24 s, processor 2.31 s}. */
    @Override
    public String toString() {
      return "time " + text(wall) + ", processor " + text(processor);
    }

    private static String text(double seconds) {
      return seconds < 1
          ? String.format(Locale.ROOT, "%.1f ms", seconds * 1e3)
          : String.format(Locale.ROOT, "%.2f s", seconds);
    }
  }

  private static long processorNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }
}

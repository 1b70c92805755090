package condgen.download;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows a fetch on a console: a line that moves on a terminal, elsewhere a plain line for each file
 * and another every half minute. The rate is that of the last seconds.
 */
final class ConsoleListener implements FetchListener {
  private static final long SECOND = 1_000_000_000;
  private static final long TERMINAL_PERIOD = SECOND / 5;
  private static final long PLAIN_PERIOD = 30 * SECOND;
  private static final long WINDOW = 5 * SECOND;

  private final PrintStream out;
  private final boolean terminal;
  private final LongSupplier clock;
  private String current = "";
  private Mark older;
  private Mark newer;
  private long shown;
  private int width;

  /** How many bytes were there at a time in nanoseconds. */
  private record Mark(long time, long bytes) {}

  ConsoleListener(PrintStream out, boolean terminal) {
    this(out, terminal, System::nanoTime);
  }

  /**
   * @param clock the time in nanoseconds
   */
  ConsoleListener(PrintStream out, boolean terminal, LongSupplier clock) {
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public synchronized void note(String text) {
    wipe();
    out.println(text);
  }

  @Override
  public synchronized void progress(String file, long bytes, long total) {
    Mark now = new Mark(clock.getAsLong(), bytes);
    if (!file.equals(current) || bytes < newer.bytes()) {
      if (!file.equals(current) && !terminal) {
        out.println("downloading " + file + (total >= 0 ? ", " + size(total) : ""));
      }
      current = file;
      older = now;
      newer = now;
      shown = now.time();
    }
    if (now.time() - newer.time() >= WINDOW) {
      older = newer;
      newer = now;
    }
    if (now.time() - shown >= (terminal ? TERMINAL_PERIOD : PLAIN_PERIOD)) {
      shown = now.time();
      double seconds = (now.time() - older.time()) / (double) SECOND;
      show(line(file, bytes - older.bytes(), bytes, total, seconds));
    }
  }

  private void show(String line) {
    if (!terminal) {
      out.println(line);
      return;
    }
    out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
    out.flush();
    width = line.length();
  }

  @Override
  public synchronized void finished(String file) {
    wipe();
    current = "";
  }

  private void wipe() {
    if (width > 0) {
      out.print("\r" + " ".repeat(width) + "\r");
      width = 0;
    }
  }

  /**
   * One line with what is there, the rate, and the time that is left.
   *
   * @param since the bytes that came in the last {@code seconds}
   */
  static String line(String file, long since, long bytes, long total, double seconds) {
    double rate = since / Math.max(seconds, 1e-3);
    if (total < 0) {
      return String.format(Locale.ROOT, "%s  %s  %s/s", file, size(bytes), size((long) rate));
    }
    long left = Math.round((total - bytes) / Math.max(rate, 1));
    return String.format(
        Locale.ROOT,
        "%s  %s of %s  %d %%  %s/s  %s left",
        file,
        size(bytes),
        size(total),
        total == 0 ? 100 : 100 * bytes / total,
        size((long) rate),
        duration(left));
  }

  /** A time as one reads it: 1:25 minutes, 2 h 05 min, 3 d 4 h. */
  static String duration(long seconds) {
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
    long hours = seconds / 3600;
    return hours < 24
        ? String.format(Locale.ROOT, "%d h %02d min", hours, seconds / 60 % 60)
        : String.format(Locale.ROOT, "%d d %d h", hours / 24, hours % 24);
  }

  /** Bytes in the unit that reads best: 9.9 MB. */
  static String size(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
  }
}

package condgen.download;

import java.io.PrintStream;
import java.util.Locale;

/** Shows a fetch on a console: a line that moves on a terminal, plain lines elsewhere. */
final class ConsoleListener implements FetchListener {
  private static final long PERIOD = 200_000_000;

  private final PrintStream out;
  private final boolean terminal;
  private String current = "";
  private long begin;
  private long beginBytes;
  private long shown;
  private int width;

  ConsoleListener(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public synchronized void note(String text) {
    wipe();
    out.println(text);
  }

  @Override
  public synchronized void progress(String file, long bytes, long total) {
    long now = System.nanoTime();
    if (!file.equals(current)) {
      current = file;
      begin = now;
      beginBytes = bytes;
      shown = now;
      if (!terminal) {
        out.println("downloading " + file + (total >= 0 ? ", " + size(total) : ""));
      }
    }
    if (terminal && now - shown >= PERIOD) {
      shown = now;
      String line = line(file, bytes - beginBytes, bytes, total, (now - begin) / 1e9);
      out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
      out.flush();
      width = line.length();
    }
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

  /** One line with what is there, the rate, and the time that is left. */
  static String line(String file, long since, long bytes, long total, double seconds) {
    double rate = since / Math.max(seconds, 1e-3);
    if (total < 0) {
      return String.format(Locale.ROOT, "%s  %s  %s/s", file, size(bytes), size((long) rate));
    }
    long left = Math.round((total - bytes) / Math.max(rate, 1));
    return String.format(
        Locale.ROOT,
        "%s  %s of %s  %d %%  %s/s  %d:%02d left",
        file,
        size(bytes),
        size(total),
        total == 0 ? 100 : 100 * bytes / total,
        size((long) rate),
        left / 60,
        left % 60);
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

package condgen.download;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleListenerTest {
  @Test
  void line_knownTotal_showsRateAndRemainingTime() {
    // 10 MB came in 5 s after a resume at 20 MB; 170 MB are left at 2 MB/s.
    assertEquals(
        "a.gz  30.0 MB of 200.0 MB  15 %  2.0 MB/s  1:25 left",
        ConsoleListener.line("a.gz", 10_000_000, 30_000_000, 200_000_000, 5));
  }

  @Test
  void line_unknownTotal_showsWhatCame() {
    assertEquals("a.gz  999 B  99 B/s", ConsoleListener.line("a.gz", 999, 999, -1, 10));
  }

  @Test
  void progress_notOnATerminal_isOnePlainLinePerFile() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ConsoleListener listener =
        new ConsoleListener(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
    for (int i = 0; i < 1000; i++) {
      listener.progress("a.part", i, 1000);
    }
    listener.finished("a.part");
    listener.note("done");
    assertEquals(
        "downloading a.part, 1.0 kB\ndone\n",
        bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"));
  }

  @Test
  void duration_readsWellAtEveryLength() {
    assertEquals("0:05", ConsoleListener.duration(5));
    assertEquals("59:59", ConsoleListener.duration(3599));
    assertEquals("1 h 00 min", ConsoleListener.duration(3600));
    assertEquals("23 h 59 min", ConsoleListener.duration(86_399));
    assertEquals("3 d 4 h", ConsoleListener.duration(3 * 86_400 + 4 * 3600 + 1800));
  }

  /** 1 MB/s for a minute, then 3 MB/s: a mean over all would still say less than 2. */
  @Test
  void progress_plainLinesTellTheRateOfTheLastSeconds() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long[] seconds = {0};
    ConsoleListener listener =
        new ConsoleListener(
            new PrintStream(bytes, true, StandardCharsets.UTF_8),
            false,
            () -> seconds[0] * 1_000_000_000);
    long there = 0;
    for (; seconds[0] <= 90; seconds[0]++) {
      listener.progress("a", there, 330_000_000);
      there += seconds[0] < 60 ? 1_000_000 : 3_000_000;
    }
    assertEquals(
        "downloading a, 330.0 MB\n"
            + "a  30.0 MB of 330.0 MB  9 %  1.0 MB/s  5:00 left\n"
            + "a  60.0 MB of 330.0 MB  18 %  1.0 MB/s  4:30 left\n"
            + "a  150.0 MB of 330.0 MB  45 %  3.0 MB/s  1:00 left\n",
        bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"));
  }

  @Test
  void progress_terminal_movesOneLineAndWipesIt() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long[] time = {0};
    ConsoleListener listener =
        new ConsoleListener(
            new PrintStream(bytes, true, StandardCharsets.UTF_8), true, () -> time[0]);
    listener.progress("a", 0, 2_000_000);
    time[0] = 1_000_000_000;
    listener.progress("a", 1_000_000, 2_000_000);
    listener.note("done");
    String line = "a  1.0 MB of 2.0 MB  50 %  1.0 MB/s  0:01 left";
    assertEquals(
        "\r" + line + "\r" + " ".repeat(line.length()) + "\rdone\n",
        bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"));
  }

  /** A download that begins again has fewer bytes than before; the rate must not be negative. */
  @Test
  void progress_restart_beginsTheRateAnew() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long[] time = {0};
    ConsoleListener listener =
        new ConsoleListener(
            new PrintStream(bytes, true, StandardCharsets.UTF_8), true, () -> time[0]);
    listener.progress("a", 5_000_000, 9_000_000);
    time[0] = 1_000_000_000;
    listener.progress("a", 1_000_000, 9_000_000);
    time[0] = 2_000_000_000;
    listener.progress("a", 3_000_000, 9_000_000);
    assertEquals(
        "\ra  3.0 MB of 9.0 MB  33 %  2.0 MB/s  0:03 left", bytes.toString(StandardCharsets.UTF_8));
  }
}

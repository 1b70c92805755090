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
}

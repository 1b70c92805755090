package condgen.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final FakeClock clock = new FakeClock();
  private final RecordingScreen screen = new RecordingScreen();

  private Progress progress(long steps) {
    return new Progress("training", steps, screen, clock);
  }

  @Test
  void remainingTimeIsWhatTheRestTakesAtTheMeanRate() {
    Progress progress = progress(100);
    clock.advanceMillis(10_000);
    progress.step(25);
    assertEquals("training: 25 of 100 steps, 0:30 left, 2.5 steps/s", screen.last().alt());
    clock.advanceMillis(50_000);
    progress.step(5);
    assertEquals("training: 30 of 100 steps, 2:20 left, 2 s/step", screen.last().alt());
  }

  @Test
  void manyStepsAreShownAtMostFourTimesASecond() {
    Progress progress = progress(10_000);
    for (int i = 0; i < 10_000; i++) {
      progress.step();
      clock.advanceMillis(1);
    }
    assertEquals(40, screen.all().size());
    assertFalse(screen.all().get(0).update());
    assertTrue(screen.all().stream().skip(1).allMatch(RecordingScreen.Shown::update));
    assertEquals(1, screen.all().stream().map(RecordingScreen.Shown::id).distinct().count());
    assertTrue(screen.last().isOpen());
  }

  @Test
  void lastStateStaysAndClosingTwiceIsHarmless() {
    Progress progress = progress(10);
    progress.step(10);
    clock.advanceMillis(4000);
    progress.close();
    progress.close();
    assertEquals("training: 10 steps in 0:04", screen.last().alt());
    assertFalse(screen.last().isOpen());
    assertEquals(2, screen.all().size());
  }

  @Test
  void stoppingEarlyIsTold() {
    Progress progress = progress(10);
    progress.step(3);
    progress.close();
    assertEquals("training: 3 of 10 steps in 0:00, stopped early", screen.last().alt());
  }

  @Test
  void loopCountsItselfAndCloses() {
    List<Integer> seen = new ArrayList<>();
    for (int i : progress(3)) {
      seen.add(i);
    }
    assertEquals(List.of(0, 1, 2), seen);
    assertEquals("training: 3 steps in 0:00", screen.last().alt());
  }

  @Test
  void htmlEscapesTheName() {
    Progress progress = new Progress("a < b", 10, screen, clock);
    progress.step();
    assertTrue(screen.last().html().orElseThrow().contains("a &lt; b"));
  }

  @Test
  void stepsFromSeveralThreadsAreAllCounted() throws InterruptedException {
    Progress progress = progress(4000);
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          new Thread(
              () -> {
                for (int j = 0; j < 1000; j++) {
                  progress.step();
                }
              });
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    progress.close();
    assertEquals("training: 4000 steps in 0:00", screen.last().alt());
  }

  @Test
  void noStepsAreRefused() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Progress.of("x", 0));
    assertEquals("steps must be positive, but is 0", e.getMessage());
  }

  @Test
  void consoleOverwritesAPassingStateAndKeepsTheLast() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Screen console = new ConsoleScreen(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    String id = console.show(Picture.ofText("half way there").opened());
    console.update(id, Picture.ofText("done"));
    console.show(Picture.ofText("a chart"));
    String printed = bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    assertEquals("half way there\rdone          \na chart\n", printed);
  }

  @Test
  void installReturnsTheScreenBefore() {
    Screen before = Screen.install(screen);
    try {
      assertEquals(screen, Screen.current());
    } finally {
      assertEquals(screen, Screen.install(before));
    }
  }
}

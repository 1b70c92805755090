package condgen.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import org.jfree.data.xy.XYDataset;
import org.junit.jupiter.api.Test;

class LiveLossTest {
  private final FakeClock clock = new FakeClock();
  private final RecordingScreen screen = new RecordingScreen();

  private LiveLoss loss() {
    return new LiveLoss("DDPM", "step", "loss [-]", screen, clock);
  }

  @Test
  void manyValuesAreDrawnAtMostFourTimesASecondAndTheLastStays() {
    try (LiveLoss loss = loss()) {
      for (int step = 0; step < 1000; step++) {
        loss.add(step, 1.0 / (step + 1));
        clock.advanceMillis(1);
      }
      assertEquals(4, screen.all().size());
      assertTrue(screen.last().isOpen());
    }
    assertEquals(5, screen.all().size());
    assertFalse(screen.last().isOpen());
    assertTrue(screen.last().png().isPresent());
    assertTrue(
        screen.last().alt().startsWith("DDPM: step 999, loss [-] 0.001, mean of the last 50 0.0"));
    assertEquals(1, screen.all().stream().map(RecordingScreen.Shown::id).distinct().count());
  }

  @Test
  void meanOfNeighboursDoesNotLagBehindAStraightLine() {
    double[] x = Gallery.range(0, 399, 400);
    LiveLoss loss = loss();
    for (double step : x) {
      loss.add(step, 500 - step);
    }
    XYDataset smooth = loss.chart().plot().getDataset(1);
    for (int i = 10; i < 390; i++) {
      assertEquals(500 - x[i], smooth.getYValue(0, i), 1e-9);
    }
    assertTrue(loss.picture().alt().endsWith("mean of the last 20 110.5."), loss.picture().alt());
  }

  @Test
  void brokenLossLeavesAGapAndIsTold() {
    LiveLoss loss = loss();
    loss.add(0, 1);
    loss.add(1, Double.NaN);
    loss.add(2, 1);
    String alt = loss.picture().alt();
    assertTrue(alt.contains("Not drawn: 1 value of 'loss' (NaN or infinite)."), alt);
    assertTrue(alt.contains("mean of the last 3 1."), alt);
  }

  @Test
  void consoleGetsWordsOnly() {
    Screen console = new ConsoleScreen(new PrintStream(OutputStream.nullOutputStream()));
    LiveLoss loss = new LiveLoss("DDPM", "step", "loss", console, clock);
    loss.add(0, 1);
    loss.close();
    assertThrows(IllegalStateException.class, () -> loss().picture());
  }

  @Test
  void slowDrawingIsDoneLessOften() {
    Pace pace = new Pace(clock, 250_000_000L);
    int[] draws = {0};
    for (int i = 0; i < 100; i++) {
      pace.maybe(
          () -> {
            draws[0]++;
            clock.advanceMillis(100);
          });
      clock.advanceMillis(100);
    }
    // A drawing takes 100 ms, so that 900 ms must follow: at 0, 1, …, 11 s of 10 s + 12 · 0.1 s.
    assertEquals(12, draws[0]);
  }
}

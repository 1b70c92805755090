package condgen.experiment;

import com.google.gson.JsonObject;
import java.nio.file.Path;

/** How long a run has taken over all its stops; a file beside the run's state remembers it. */
final class RunClock {

  private final Path file;
  private final double before;
  private final long start = System.nanoTime();

  /**
   * A clock that starts now.
   *
   * @param goesOn whether the run goes on from an earlier stop; otherwise it starts at 0
   */
  RunClock(Path file, boolean goesOn) {
    this.file = file;
    JsonObject card = RunCard.read(file);
    before = goesOn && card.has("seconds") ? card.get("seconds").getAsDouble() : 0;
  }

  /** Seconds so far. */
  double seconds() {
    return before + (System.nanoTime() - start) / 1e9;
  }

  /** Remembers the time. */
  void save() {
    new RunCard().note("seconds", seconds()).write(file);
  }
}

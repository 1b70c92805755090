package condgen.experiment;

import condgen.training.Training;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The command that makes a shipped model: it goes on from the state in its directory, saves it and
 * prints a line every so many steps, and ships what is there.
 */
final class ShippedTraining {

  private final String name;
  private final Path directory;
  private final Training training;
  private final long every;
  private final RunClock clock;

  /** Trains until so many steps were taken in all. */
  @FunctionalInterface
  interface Trainer {
    /** Returns the mean loss over these steps. */
    double run(long until);
  }

  /**
   * Goes on where an earlier command was stopped.
   *
   * @param name of the model in file names
   * @param directory of the state, {@code NAME.state.safetensors}
   * @param every steps between two lines
   */
  ShippedTraining(String name, Path directory, Training training, long every) {
    this.name = name;
    this.directory = directory;
    this.training = training;
    this.every = every;
    Path state = directory.resolve(name + ".state.safetensors");
    boolean goesOn = training.resume(state);
    training.saveEvery(every, state);
    clock = new RunClock(directory.resolve(name + ".state.json"), goesOn);
  }

  /**
   * Trains until the steps were taken.
   *
   * @param steps in all
   * @param trainer of this training
   * @param shipEvery steps between two shipments; the end ships too
   * @param ship leaves checkpoint and card
   */
  void run(long steps, Trainer trainer, long shipEvery, Runnable ship) {
    System.out.printf("%s: from step %d to %d%n", name, training.steps(), steps);
    while (training.steps() < steps) {
      double mean = trainer.run(Math.min(steps, (training.steps() / every + 1) * every));
      clock.save();
      System.out.printf(
          Locale.ROOT, "step %d  loss %.5f  %.0f s%n", training.steps(), mean, seconds());
      if (training.steps() % shipEvery == 0 && training.steps() < steps) {
        ship.run();
      }
    }
    ship.run();
  }

  /** Writes the moving average and the learning curve; returns the file. */
  Path writeCheckpoint() {
    Path file = directory.resolve(name + ".safetensors");
    training.checkpoint().only("average", "curve").write(file);
    return file;
  }

  /** Writes the run's card beside the checkpoint. */
  void write(RunCard card) {
    card.write(directory.resolve(name + ".json"));
  }

  /** Seconds over all stops. */
  double seconds() {
    return clock.seconds();
  }
}

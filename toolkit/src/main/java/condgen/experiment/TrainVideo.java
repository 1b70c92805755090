package condgen.experiment;

import condgen.data.ClipSource;
import condgen.tensor.Sha256;
import condgen.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Trains a shipped video model: {@code notebooks/checkpoints/train smmnist-mcvd STEPS DIRECTORY},
 * or {@code walking-mcvd}. It leaves {@code MODEL.safetensors} (moving average and learning curve),
 * its run card and {@code MODEL.state.safetensors}, from which the same command goes on after it
 * was stopped at any moment.
 */
public final class TrainVideo {

  private static final long SEED = 2023;
  private static final int EVERY = 100;
  private static final int HELD_OUT = 64;

  private final String name;
  private final VideoSetting setting;
  private final Path directory;
  private final long steps;
  private final ClipSource clips;
  private final ClipSource unseen;
  private final VideoTraining video;
  private final RunClock clock;

  TrainVideo(
      String name,
      VideoSetting setting,
      ClipSource clips,
      ClipSource unseen,
      Path directory,
      long steps) {
    this.name = name;
    this.setting = setting;
    this.directory = directory;
    this.steps = steps;
    this.clips = clips;
    this.unseen = unseen;
    video = new VideoTraining(setting, clips, SEED, steps);
    Path state = directory.resolve(name + ".state.safetensors");
    boolean goesOn = video.training().resume(state);
    video.training().saveEvery(EVERY, state);
    clock = new RunClock(directory.resolve(name + ".state.json"), goesOn);
  }

  /**
   * Arguments: {@code smmnist-mcvd} or {@code walking-mcvd}, the number of steps in all, a
   * directory.
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      throw new IllegalArgumentException(
          "arguments must be MODEL STEPS DIRECTORY, but are " + arguments.length);
    }
    ShippedVideo model = ShippedVideo.named(arguments[0]);
    long steps = Long.parseLong(arguments[1]);
    Path directory = Files.createDirectories(Path.of(arguments[2]));
    VideoSetting setting = model.setting();
    new TrainVideo(
            model.file(),
            setting,
            setting.footage().train(setting.side()),
            setting.footage().heldOut(setting.side()),
            directory,
            steps)
        .run();
  }

  /** Trains until the steps were taken; leaves checkpoint and card. */
  void run() {
    Training training = video.training();
    System.out.printf("%s: from step %d to %d%n", name, training.steps(), steps);
    while (training.steps() < steps) {
      long next = Math.min(steps, (training.steps() / EVERY + 1) * EVERY);
      double mean = video.run(next, (n, loss) -> {});
      clock.save();
      System.out.printf(
          Locale.ROOT, "step %d  loss %.5f  %.0f s%n", training.steps(), mean, clock.seconds());
      if (training.steps() % (10 * EVERY) == 0 || training.steps() == steps) {
        ship();
      }
    }
  }

  private void ship() {
    Training training = video.training();
    Path file = directory.resolve(name + ".safetensors");
    training.checkpoint().only("average", "curve").write(file);
    new RunCard()
        .note("file", file.getFileName().toString())
        .note("sha256", Sha256.of(file))
        .note("command", "notebooks/checkpoints/train " + name + " " + steps)
        .note("steps", training.steps())
        .note("seed", SEED)
        .note("options", VideoTraining.OPTIONS.toString())
        .note("setting", setting.toString())
        .note("data", clips.toString())
        .note("parameters", setting.network().parameterCount())
        .machine()
        .note("seconds", Math.rint(clock.seconds()))
        .note("held-out loss per pixel, moving average", heldOut())
        .write(directory.resolve(name + ".json"));
  }

  /** Loss at ten levels on held-out clips. */
  private Map<String, Double> heldOut() {
    Map<String, Double> losses = new LinkedHashMap<>();
    for (int k = 1; k <= 10; k++) {
      int level = setting.process().schedule().steps() * k / 10;
      double loss = video.heldOut(unseen, level, HELD_OUT);
      losses.put("level " + level, Math.rint(loss * 1e5) / 1e5);
    }
    return losses;
  }
}

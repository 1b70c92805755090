package condgen.experiment;

import condgen.data.ClipSource;
import condgen.tensor.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
  private final long steps;
  private final ClipSource clips;
  private final ClipSource unseen;
  private final VideoTraining video;
  private final ShippedTraining shipped;

  TrainVideo(
      String name,
      VideoSetting setting,
      ClipSource clips,
      ClipSource unseen,
      Path directory,
      long steps) {
    this.name = name;
    this.setting = setting;
    this.steps = steps;
    this.clips = clips;
    this.unseen = unseen;
    video = new VideoTraining(setting, clips, SEED, steps);
    shipped = new ShippedTraining(name, directory, video.training(), EVERY);
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
    shipped.run(steps, until -> video.run(until, (n, loss) -> {}), 10 * EVERY, this::ship);
  }

  private void ship() {
    Path file = shipped.writeCheckpoint();
    shipped.write(
        new RunCard()
            .note("file", file.getFileName().toString())
            .note("sha256", Sha256.of(file))
            .note("command", "notebooks/checkpoints/train " + name + " " + steps)
            .note("steps", video.training().steps())
            .note("seed", SEED)
            .note("options", VideoTraining.OPTIONS.toString())
            .note("setting", setting.toString())
            .note("data", clips.toString())
            .note("parameters", setting.network().parameterCount())
            .machine()
            .note("seconds", Math.rint(shipped.seconds()))
            .note("held-out loss per pixel, moving average", heldOut()));
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

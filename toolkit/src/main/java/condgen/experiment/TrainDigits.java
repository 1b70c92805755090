package condgen.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.data.LabelledImages;
import condgen.data.Mnist;
import condgen.diffusion.NoisePredictor;
import condgen.tensor.Devices;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Sha256;
import condgen.training.Stage;
import condgen.training.Stages;
import condgen.training.Training;
import condgen.training.WarmUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Trains a shipped model of digits: {@code notebooks/checkpoints/train MODEL STEPS DIRECTORY}. It
 * leaves {@code mnist-MODEL.safetensors} (moving average and learning curve), its run card and
 * {@code mnist-MODEL.state.safetensors}, from which the same command goes on after it was stopped
 * at any moment.
 */
public final class TrainDigits {

  private static final long SEED = 2023;
  private static final int EVERY = 100;
  private static final int HELD_OUT = 256;

  private static final Training.Options OPTIONS =
      new Training.Options(2e-3, 100, 1, 0.999, WarmUp.FROM_ZERO);

  private final DigitModel model;
  private final long steps;
  private final LabelledImages digits;
  private final LabelledImages unseen;
  private final Seeds seeds = Seeds.of(SEED);
  private final Training training;
  private final ShippedTraining shipped;

  TrainDigits(
      DigitModel model, LabelledImages digits, LabelledImages unseen, Path directory, long steps) {
    this.model = model;
    this.digits = model.prepare(digits);
    this.unseen = model.prepare(unseen);
    this.steps = steps;
    NDList theta = model.network().initialize(seeds.part("weights"));
    Stage rise = Stages.warmUp(OPTIONS.learningRate(), OPTIONS.warmUp(), OPTIONS.convention());
    training =
        new Training(theta, OPTIONS)
            .replace("schedule", Stages.fall(rise, 4 * steps / 5, steps))
            .note("model", model.file())
            .note("network", model.describeNetwork())
            .note("data", this.digits.toString())
            .note("batch", Integer.toString(model.batch()))
            .note("seed", Long.toString(SEED));
    shipped = new ShippedTraining(model.file(), directory, training, EVERY);
  }

  /**
   * Arguments: a model such as {@code ddpm} or {@code patch-ni-ddpm}, the number of steps in all, a
   * directory.
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      throw new IllegalArgumentException(
          "arguments must be MODEL STEPS DIRECTORY, but are " + arguments.length);
    }
    DigitModel model = DigitModel.valueOf(arguments[0].toUpperCase(Locale.ROOT).replace('-', '_'));
    long steps = Long.parseLong(arguments[1]);
    Path directory = Files.createDirectories(Path.of(arguments[2]));
    new TrainDigits(model, Mnist.train(), Mnist.test(), directory, steps).run();
  }

  /** Trains until the steps were taken; leaves checkpoint and card. */
  void run() {
    shipped.run(
        steps,
        until -> training.run(until, n -> theta -> loss(n, theta), (n, loss) -> {}),
        10 * EVERY,
        this::ship);
  }

  private NDArray loss(long n, NDList theta) {
    NDArray x0 = digits.batch(SEED, n, model.batch()).images();
    return model.loss(model.predictor(theta), seeds, n, x0);
  }

  private void ship() {
    Path file = shipped.writeCheckpoint();
    String command = model.file().substring("mnist-".length());
    shipped.write(
        new RunCard()
            .note("file", file.getFileName().toString())
            .note("sha256", Sha256.of(file))
            .note("command", "notebooks/checkpoints/train " + command + " " + steps)
            .note("steps", training.steps())
            .note("seed", SEED)
            .note("batch", model.batch())
            .note("options", OPTIONS.toString())
            .note("data", digits.toString())
            .note("network", model.describeNetwork())
            .note("parameters", model.network().parameterCount())
            .note("threads", Devices.threads())
            .note("processors", Runtime.getRuntime().availableProcessors())
            .note("seconds", Math.rint(shipped.seconds()))
            .note("held-out loss per pixel, moving average", heldOut(training.average())));
  }

  /** Loss at ten levels on test digits. */
  private Map<String, Double> heldOut(NDList theta) {
    NoisePredictor predictor = model.predictor(theta);
    Map<String, Double> losses = new LinkedHashMap<>();
    for (int k = 1; k <= 10; k++) {
      int level = model.levels() * k / 10;
      double loss =
          Scope.call(
              () ->
                  model.lossAt(
                      predictor,
                      seeds,
                      level,
                      unseen.batch(SEED, 0, Math.min(HELD_OUT, unseen.size())).images()));
      losses.put("level " + level, Math.rint(loss * 1e5) / 1e5);
    }
    return losses;
  }
}

package condgen.experiment;

import condgen.data.LabelledImages;
import condgen.data.Mnist;
import condgen.tensor.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Trains one resolution of a shipped flow: {@code notebooks/checkpoints/train mnist-mrcnf-1 STEPS
 * DIRECTORY}. The resolutions know nothing of each other, so their commands may run side by side.
 * It leaves {@code MODEL.safetensors} (moving average and learning curve), its run card and {@code
 * MODEL.state.safetensors}, from which the same command goes on after it was stopped at any moment.
 */
public final class TrainFlow {

  private static final long SEED = 2023;
  private static final int EVERY = 100;

  private TrainFlow() {}

  /** Arguments: a model such as {@code mnist-mrcnf-1}, the number of steps in all, a directory. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      throw new IllegalArgumentException(
          "arguments must be MODEL STEPS DIRECTORY, but are " + arguments.length);
    }
    run(
        ShippedFlow.named(arguments[0]),
        ShippedFlow.prepare(Mnist.train()),
        Long.parseLong(arguments[1]),
        Files.createDirectories(Path.of(arguments[2])));
  }

  static void run(ShippedFlow.Resolution model, LabelledImages digits, long steps, Path directory) {
    FlowSetting setting = model.flow().setting(digits);
    FlowTraining flow = new FlowTraining(setting, digits, model.s(), SEED, steps);
    ShippedTraining shipped = new ShippedTraining(model.file(), directory, flow.training(), EVERY);
    shipped.run(
        steps,
        until -> flow.run(until, (n, loss) -> {}),
        10 * EVERY,
        () -> {
          Path file = shipped.writeCheckpoint();
          shipped.write(
              new RunCard()
                  .note("file", file.getFileName().toString())
                  .note("sha256", Sha256.of(file))
                  .note("command", "notebooks/checkpoints/train " + model.file() + " " + steps)
                  .note("steps", flow.training().steps())
                  .note("seed", SEED)
                  .note("setting", setting.toString())
                  .note("data", digits.toString())
                  .note("parameters", flow.parameterCount())
                  .machine()
                  .note("seconds", Math.rint(shipped.seconds())));
        });
  }
}

package condgen.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.data.Mnist;
import condgen.data.StochasticMovingMnist;
import condgen.metrics.ClipFeatures;
import condgen.metrics.ClipNetwork;
import condgen.tensor.Devices;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.training.Stages;
import condgen.training.Training;
import condgen.training.WarmUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Trains the network in whose features clips are compared: {@code
 * notebooks/checkpoints/train-clip-features STEPS [DIRECTORY]}. It leaves {@code
 * clip-features.safetensors} (moving average and learning curve), its run card and {@code
 * clip-features.state.safetensors}, from which the same command goes on after it was stopped at any
 * moment.
 *
 * <p>Each clip of Stochastic Moving MNIST is spoiled in one of the ways of {@link
 * condgen.metrics.Spoiling}; the network says which, which digits are there, and how they move, so
 * its features see appearance and motion.
 */
public final class TrainClipFeatures {

  private static final String NAME = "clip-features";
  private static final long SEED = 2024;
  private static final int EVERY = 50;
  private static final int BATCH = 32;
  private static final int FRAMES = 15;
  private static final int JUDGED = 512;

  private static final Training.Options OPTIONS =
      new Training.Options(2e-3, 100, 1, 0.99, WarmUp.FROM_ZERO);

  private final ClipNetwork network = new ClipNetwork();
  private final StochasticMovingMnist source;
  private final StochasticMovingMnist unseen;
  private final long steps;
  private final int judged;
  private final Training training;
  private final ShippedTraining shipped;

  TrainClipFeatures(
      StochasticMovingMnist source,
      StochasticMovingMnist unseen,
      Path directory,
      long steps,
      int judged) {
    this.source = source;
    this.unseen = unseen;
    this.steps = steps;
    this.judged = judged;
    training =
        new Training(network.initialize(Seeds.of(SEED).part("weights")), OPTIONS)
            .replace(
                "schedule",
                Stages.fall(
                    Stages.warmUp(OPTIONS.learningRate(), OPTIONS.warmUp(), OPTIONS.convention()),
                    steps / 2,
                    steps))
            .note("model", NAME)
            .note("batch", BATCH + " clips of " + FRAMES + " frames")
            .note("seed", Long.toString(SEED));
    shipped = new ShippedTraining(NAME, directory, training, EVERY);
  }

  /** Arguments: the number of steps in all, a directory. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException(
          "arguments must be STEPS DIRECTORY, but are " + arguments.length);
    }
    new TrainClipFeatures(
            new StochasticMovingMnist(Mnist.train(), 2, ClipNetwork.SIDE),
            new StochasticMovingMnist(Mnist.test(), 2, ClipNetwork.SIDE),
            Files.createDirectories(Path.of(arguments[1])),
            Long.parseLong(arguments[0]),
            JUDGED)
        .run();
  }

  /** Trains until the steps were taken; leaves checkpoint and card. */
  void run() {
    shipped.run(
        steps,
        until -> training.run(until, n -> theta -> loss(n, theta), (n, loss) -> {}),
        steps,
        this::ship);
  }

  private NDArray loss(long n, NDList theta) {
    SpoiledBatch batch = SpoiledBatch.draw(source, SEED, n, BATCH, FRAMES);
    NDArray answers = network.apply(theta, batch.clips().transpose(0, 2, 1, 3, 4), null);
    return batch.loss(answers);
  }

  private void ship() {
    Path file = shipped.writeCheckpoint();
    ClipFeatures features = ClipFeatures.read(file);
    SpoiledBatch.Accuracy accuracy = accuracy(features);
    System.out.println(accuracy);
    shipped.write(
        new RunCard()
            .note("file", file.getFileName().toString())
            .note("sha256", features.sha256())
            .note("command", "notebooks/checkpoints/train-clip-features " + steps)
            .note("steps", training.steps())
            .note("seed", SEED)
            .note("batch", BATCH + " clips of " + FRAMES + " frames, an eighth of each kind")
            .note("options", OPTIONS.toString())
            .note("data", "Stochastic Moving MNIST, 2 training digits, 32 x 32 pixels")
            .note("parameters", network.parameterCount())
            .note("features", features.dimension())
            .note("threads", Devices.threads())
            .note("processors", Runtime.getRuntime().availableProcessors())
            .note("seconds", Math.rint(shipped.seconds()))
            .note("clips of test digits that were judged", judged)
            .note("share of them whose spoiling is named, by kind", accuracy.kinds())
            .note("test digits' presence told rightly", accuracy.digits())
            .note("variance of motion explained", accuracy.motion()));
  }

  private SpoiledBatch.Accuracy accuracy(ClipFeatures features) {
    return Scope.call(
        () -> {
          SpoiledBatch all = SpoiledBatch.draw(unseen, SEED, 0, judged, FRAMES);
          return all.accuracy(features.answers(all.clips()));
        });
  }
}

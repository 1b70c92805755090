package condgen.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.data.LabelledImages;
import condgen.data.Minibatch;
import condgen.data.Mnist;
import condgen.metrics.DigitClassifier;
import condgen.metrics.DigitNetwork;
import condgen.noise.GaussianFreeField;
import condgen.noise.GaussianNoise;
import condgen.noise.WhiteNoise;
import condgen.tensor.Devices;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.training.Stages;
import condgen.training.Training;
import condgen.training.WarmUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Trains the classifier of digits: {@code notebooks/checkpoints/train classifier STEPS DIRECTORY}.
 * It leaves {@code mnist-classifier.safetensors} (moving average and learning curve), its run card
 * and {@code mnist-classifier.state.safetensors}, from which the same command goes on after it was
 * stopped at any moment.
 *
 * <p>Every batch holds digits, with their classes as targets, and {@link NoiseImages}, whose target
 * gives each class a tenth.
 */
public final class TrainClassifier {

  private static final String NAME = "mnist-classifier";
  private static final long SEED = 2023;
  private static final int EVERY = 100;
  private static final int DIGITS = 96;
  private static final int NOISE = 32;
  private static final int SHOWN = 2_000;

  private static final Training.Options OPTIONS =
      new Training.Options(2e-3, 100, 1, 0.995, WarmUp.FROM_ZERO);

  private final DigitNetwork network = new DigitNetwork();
  private final LabelledImages digits;
  private final LabelledImages unseen;
  private final long steps;
  private final Seeds seeds = Seeds.of(SEED);
  private final NoiseImages noise = new NoiseImages(seeds.part("noise images"));
  private final Training training;
  private final ShippedTraining shipped;

  TrainClassifier(LabelledImages digits, LabelledImages unseen, Path directory, long steps) {
    this.digits = digits;
    this.unseen = unseen;
    this.steps = steps;
    training =
        new Training(network.initialize(seeds.part("weights")), OPTIONS)
            .replace(
                "schedule",
                Stages.fall(
                    Stages.warmUp(OPTIONS.learningRate(), OPTIONS.warmUp(), OPTIONS.convention()),
                    steps / 2,
                    steps))
            .note("model", NAME)
            .note("data", digits.toString())
            .note("batch", DIGITS + " digits, " + NOISE + " noise")
            .note("seed", Long.toString(SEED));
    shipped = new ShippedTraining(NAME, directory, training, EVERY);
  }

  /** Arguments: the number of steps in all, a directory. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException(
          "arguments must be STEPS DIRECTORY, but are " + arguments.length);
    }
    Path directory = Files.createDirectories(Path.of(arguments[1]));
    long steps = Long.parseLong(arguments[0]);
    new TrainClassifier(Mnist.train(), Mnist.test(), directory, steps).run();
  }

  /** Trains until the steps were taken; leaves checkpoint and card. */
  void run() {
    shipped.run(
        steps,
        until -> training.run(until, n -> theta -> loss(n, theta), (n, loss) -> {}),
        steps,
        this::ship);
  }

  /** Cross-entropy of the targets, the mean over the batch, in nats. */
  private NDArray loss(long n, NDList theta) {
    Minibatch batch = digits.batch(SEED, n, DIGITS);
    NDArray grainy = noise.grain(n, batch.images());
    NDArray images = NDArrays.concat(new NDList(grainy, noise.draw(n, buried(batch.images()))));
    NDArray logits = network.apply(theta, images.clip(-1, 1), null);
    NDArray sum = logits.logSoftmax(1).mul(targets(batch.labels())).sum();
    return Scalars.scale(sum, -1.0 / (DIGITS + NOISE));
  }

  private static NDArray buried(NDArray digits) {
    return digits.get("0:" + NOISE);
  }

  private static NDArray targets(int[] labels) {
    float[] targets = new float[10 * (DIGITS + NOISE)];
    for (int i = 0; i < DIGITS + NOISE; i++) {
      for (int c = 0; c < 10; c++) {
        targets[10 * i + c] = i >= DIGITS ? 0.1f : labels[i] == c ? 1 : 0;
      }
    }
    return Tensors.of(targets, new Shape(DIGITS + NOISE, 10));
  }

  private void ship() {
    Path file = shipped.writeCheckpoint();
    DigitClassifier classifier = DigitClassifier.read(file);
    shipped.write(
        new RunCard()
            .note("file", file.getFileName().toString())
            .note("sha256", classifier.sha256())
            .note("command", "notebooks/checkpoints/train classifier " + steps)
            .note("steps", training.steps())
            .note("seed", SEED)
            .note(
                "batch",
                DIGITS + " digits, half with a grain of up to 0.2, and " + NOISE + " of noise")
            .note(
                "noise",
                "half white, half Gaussian free fields, of sizes 0.05 to 3, a third of them with up to"
                    + " 0.3 of a digit; the target gives each class a tenth")
            .note("options", OPTIONS.toString())
            .note("data", digits.toString())
            .note("parameters", network.parameterCount())
            .note("features", classifier.dimension())
            .note("threads", Devices.threads())
            .note("processors", Runtime.getRuntime().availableProcessors())
            .note("seconds", Math.rint(shipped.seconds()))
            .note("test accuracy", accuracy(classifier))
            .note("share given a class with probability 0.9 or more", shares(classifier)));
  }

  private double accuracy(DigitClassifier classifier) {
    int[] labels = Scope.call(() -> classifier.labels(unseen.images()));
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      right += labels[i] == unseen.label(i) ? 1 : 0;
    }
    return (double) right / labels.length;
  }

  private Map<String, Double> shares(DigitClassifier classifier) {
    Map<String, Double> shares = new LinkedHashMap<>();
    shares.put(
        "real test digits", Scope.call(() -> classifier.recognised(unseen.images()).share()));
    shares.put("white noise", ofNoise(classifier, new WhiteNoise()));
    for (double gamma : new double[] {0.5, 1, 1.5}) {
      shares.put("free field, gamma " + gamma, ofNoise(classifier, new GaussianFreeField(gamma)));
    }
    return shares;
  }

  private double ofNoise(DigitClassifier classifier, GaussianNoise field) {
    Shape sample = new Shape(1, digits.rows(), digits.columns());
    return Scope.call(
        () ->
            classifier
                .recognised(field.sample(seeds.part("unseen noise"), 0, sample, SHOWN))
                .share());
  }
}

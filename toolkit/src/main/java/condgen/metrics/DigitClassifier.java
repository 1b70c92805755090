package condgen.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import condgen.tensor.Arguments;
import condgen.tensor.Dual;
import condgen.tensor.Scope;
import condgen.tensor.Sha256;
import condgen.tensor.Tensors;
import condgen.training.Checkpoint;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * A small classifier of 28 × 28 digits, trained in this project: it says which share of samples are
 * recognisable digits, and the 32 numbers before its last layer are features in which sets of
 * digits are compared. It was trained to be undecided about noise.
 */
public final class DigitClassifier implements FeatureNetwork {

  /** A digit counts as recognised from this probability on. */
  public static final double SURE = 0.9;

  private static final int BATCH = 512;
  private static final DigitNetwork NETWORK = new DigitNetwork();

  private final NDList theta;
  private final String sha256;

  /**
   * A classifier.
   *
   * @param theta parameters of a {@link DigitNetwork}, which stay the caller's
   * @param sha256 of the file that they came from
   * @throws IllegalArgumentException unless they have the network's number and shapes
   */
  public DigitClassifier(NDList theta, String sha256) {
    NETWORK.requireParameters(theta);
    this.theta = theta;
    this.sha256 = sha256;
  }

  /**
   * Reads a trained classifier, such as {@code checkpoints/mnist-classifier.safetensors}; it lives
   * as long as the process.
   *
   * @throws java.io.UncheckedIOException if the file is damaged
   */
  public static DigitClassifier read(Path safetensors) {
    NDList theta = Checkpoint.read(safetensors).parameters("average", NETWORK);
    theta.forEach(Scope::disown);
    return new DigitClassifier(theta, Sha256.of(safetensors));
  }

  /**
   * Probabilities of the ten digits.
   *
   * @param images (N, 1, 28, 28) in [−1, 1], N at least 1; values outside are clipped
   * @return (N, 10), each row adds up to 1
   */
  public NDArray probabilities(NDArray images) {
    return inBatches(images, x -> NETWORK.apply(theta, x, null).softmax(1));
  }

  @Override
  public NDArray features(NDArray images) {
    return inBatches(images, x -> NETWORK.features(theta, Dual.of(x)).value());
  }

  private static NDArray inBatches(NDArray images, UnaryOperator<NDArray> map) {
    Arguments.requireShape(images, "images", -1, 1, DigitNetwork.SIDE, DigitNetwork.SIDE);
    Arguments.requireRows(images, "images", 1);
    try (Scope scope = Scope.open()) {
      NDList parts = new NDList();
      long count = images.getShape().get(0);
      for (long from = 0; from < count; from += BATCH) {
        try (Scope batch = Scope.open()) {
          NDArray some = images.get(from + ":" + Math.min(count, from + BATCH));
          parts.add(batch.keep(map.apply(some.clip(-1, 1))));
        }
      }
      return scope.keep(parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts, 0));
    }
  }

  /**
   * What a classifier makes of a set of images.
   *
   * @param share of images to which some digit is given with probability {@link #SURE} or more
   * @param labelEntropy of the most probable digits of all images, in nats: 0 if all are the same,
   *     log 10 = 2.303 if each is as frequent as the others
   */
  public record Recognition(double share, double labelEntropy) {}

  /**
   * Which share of images it recognises, and how varied they are.
   *
   * @param images (N, 1, 28, 28) in [−1, 1], N at least 1
   */
  public Recognition recognised(NDArray images) {
    double[][] rows = rows(images);
    int sure = 0;
    double[] counts = new double[10];
    for (double[] row : rows) {
      int label = greatest(row);
      counts[label]++;
      sure += row[label] >= SURE ? 1 : 0;
    }
    double entropy = 0;
    for (double count : counts) {
      double p = count / rows.length;
      entropy -= p == 0 ? 0 : p * Math.log(p);
    }
    return new Recognition((double) sure / rows.length, entropy);
  }

  /** The most probable digit of each image. */
  public int[] labels(NDArray images) {
    double[][] rows = rows(images);
    int[] labels = new int[rows.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = greatest(rows[i]);
    }
    return labels;
  }

  private double[][] rows(NDArray images) {
    double[] flat = Scope.call(() -> Tensors.toDoubles(probabilities(images)));
    double[][] rows = new double[flat.length / 10][10];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(flat, 10 * i, rows[i], 0, 10);
    }
    return rows;
  }

  private static int greatest(double[] row) {
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      best = row[i] > row[best] ? i : best;
    }
    return best;
  }

  @Override
  public int dimension() {
    return DigitNetwork.FEATURES;
  }

  @Override
  public String name() {
    return "digit classifier of this project";
  }

  @Override
  public String sha256() {
    return sha256;
  }
}

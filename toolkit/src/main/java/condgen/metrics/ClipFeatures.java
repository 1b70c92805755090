package condgen.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Dual;
import condgen.tensor.Scope;
import condgen.tensor.Sha256;
import condgen.training.Checkpoint;
import java.nio.file.Path;

/**
 * Features of clips from a small network over time, rows and columns that was trained in this
 * project on Stochastic Moving MNIST, to tell digits, motion and ways of spoiling a clip. A Fréchet
 * distance in them is no FVD: it has another scale, and on other data than moving digits it says
 * little. What the network learnt stands in the run card beside its file: it names most ways of
 * spoiling, but hardly reversal, and knows which digits are there only a little better than by
 * guessing.
 */
public final class ClipFeatures implements ClipFeatureNetwork {

  private static final int BATCH = 64;
  private static final int LEAST_FRAMES = 4;
  private static final ClipNetwork NETWORK = new ClipNetwork();

  private final NDList theta;
  private final String sha256;

  /**
   * Features by given parameters.
   *
   * @param theta parameters of a {@link ClipNetwork}, which stay the caller's
   * @param sha256 of the file that they came from
   * @throws IllegalArgumentException unless they have the network's number and shapes
   */
  public ClipFeatures(NDList theta, String sha256) {
    NETWORK.requireParameters(theta);
    this.theta = theta;
    this.sha256 = sha256;
  }

  /**
   * Reads a trained network, such as {@code checkpoints/clip-features.safetensors}; it lives as
   * long as the process.
   *
   * @throws java.io.UncheckedIOException if the file is damaged
   */
  public static ClipFeatures read(Path safetensors) {
    NDList theta = Checkpoint.read(safetensors).parameters("average", NETWORK);
    theta.forEach(Scope::disown);
    return new ClipFeatures(theta, Sha256.of(safetensors));
  }

  /**
   * What the network sees: one channel (the mean of several), 32 × 32 pixels.
   *
   * @param clips (B, frames, C, H, W) in [−1, 1]
   * @return (B, 1, frames, 32, 32)
   */
  static NDArray prepared(NDArray clips) {
    UnitFrames.requireClip(clips, "clips");
    Shape shape = clips.getShape();
    if (shape.get(1) < LEAST_FRAMES) {
      throw new IllegalArgumentException(
          "clips must have at least 4 frames, but have shape " + shape);
    }
    NDArray grey = UnitFrames.flat(clips).clip(-1, 1).mean(new int[] {1}, true);
    NDArray square = SquareFrames.of(grey, ClipNetwork.SIDE);
    return square.reshape(shape.get(0), 1, shape.get(1), ClipNetwork.SIDE, ClipNetwork.SIDE);
  }

  @Override
  public NDArray features(NDArray clips) {
    return Batches.of(
        clips, BATCH, some -> NETWORK.features(theta, Dual.of(prepared(some))).value());
  }

  /**
   * The answers of the network's last layer, on which it was trained.
   *
   * @param clips (B, frames, C, H, W) in [−1, 1]
   * @return (B, 10 + 3 + 8); see {@link ClipNetwork}
   */
  public NDArray answers(NDArray clips) {
    return Batches.of(clips, BATCH, some -> NETWORK.apply(theta, prepared(some), null));
  }

  /**
   * For each way of spoiling, in their order, the probability that the network gives to it.
   *
   * @param clips (B, frames, C, H, W) in [−1, 1]
   * @return (B, 8), each row adds up to 1
   */
  public NDArray spoilings(NDArray clips) {
    int first = ClipNetwork.DIGITS + ClipNetwork.MOTIONS;
    return Batches.of(
        clips,
        BATCH,
        some -> NETWORK.apply(theta, prepared(some), null).get(":, " + first + ":").softmax(1));
  }

  @Override
  public int dimension() {
    return ClipNetwork.FEATURES;
  }

  @Override
  public String name() {
    return "the clip network of this project";
  }

  @Override
  public String preparation() {
    return "grey, the shorter side resized to 32 pixels, centre cut out";
  }

  @Override
  public String sha256() {
    return sha256;
  }
}

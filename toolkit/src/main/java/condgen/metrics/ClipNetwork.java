package condgen.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.nn.ClipConv;
import condgen.nn.Composite;
import condgen.nn.Dense;
import condgen.tensor.Activation;
import condgen.tensor.Dual;
import condgen.tensor.LinearMap;
import condgen.tensor.Scalars;
import condgen.tensor.Tensors;
import java.util.List;

/**
 * The network of {@link ClipFeatures}: three convolutions over time, rows and columns bring F
 * frames of 32 × 32 to F/4 of 4 × 4; their mean over time and place goes through a dense layer to
 * 64 features. A last layer answers three questions at once, on which it was trained: which digits
 * are there, how they move, and what was done to the clip.
 */
public final class ClipNetwork extends Composite {

  /** Rows and columns of a frame. */
  public static final int SIDE = 32;

  /** Features before the last layer. */
  public static final int FEATURES = 64;

  /** Answers about digits: one per class. */
  public static final int DIGITS = 10;

  /** Answers about motion: speed of the slower and the faster digit, bounces. */
  public static final int MOTIONS = 3;

  private final List<ClipConv> convolutions;
  private final Dense hidden;
  private final Dense head;

  /** The network; it has 75,957 parameters. */
  public ClipNetwork() {
    convolutions =
        List.of(
            part("conv1", new ClipConv(1, 16, 3, 5, 1, 2)),
            part("conv2", new ClipConv(16, 32, 3, 3, 2, 2)),
            part("conv3", new ClipConv(32, 64, 3, 3, 2, 2)));
    hidden = part("hidden", new Dense(64, FEATURES));
    head = part("head", new Dense(FEATURES, DIGITS + MOTIONS + Spoiling.values().length));
  }

  /**
   * Answers.
   *
   * @param x (B, 1, F, 32, 32) in [−1, 1]
   * @return (B, 10 + 3 + 8): logits of each digit's presence, motion, logits of {@link Spoiling}
   */
  @Override
  public Dual apply(NDList theta, Dual x, NDArray unused) {
    return run(head, theta, features(theta, x), null);
  }

  /** What the last layer sees: (B, 1, F, 32, 32) to (B, 64). Black, −1, becomes 0 first. */
  Dual features(NDList theta, Dual x) {
    Dual h = x.add(1);
    for (ClipConv convolution : convolutions) {
      h = Activation.SWISH.apply(run(convolution, theta, h, null));
    }
    long[] size = h.shape().getShape();
    long places = size[2] * size[3] * size[4];
    NDArray mean = Scalars.scale(Tensors.ones(new Shape(1, places)), 1.0 / places);
    Dual pooled = LinearMap.linear(h.reshape(-1, places), mean, null).reshape(-1, size[1]);
    return Activation.SWISH.apply(run(hidden, theta, pooled, null));
  }
}

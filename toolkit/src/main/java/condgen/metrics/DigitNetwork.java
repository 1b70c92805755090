package condgen.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.nn.Composite;
import condgen.nn.Conv;
import condgen.nn.Dense;
import condgen.tensor.Activation;
import condgen.tensor.Dual;
import java.util.List;

/**
 * The classifier's network: three convolutions that halve 28 × 28 pixels to 4 × 4, a dense layer to
 * 32 features, and a dense layer to the ten digits.
 */
public final class DigitNetwork extends Composite {

  /** Rows and columns of a digit. */
  static final int SIDE = 28;

  /** Features before the last layer. */
  static final int FEATURES = 32;

  private static final int FLAT = 32 * 4 * 4;

  private final List<Conv> convolutions;
  private final Dense hidden;
  private final Dense head;

  /** The network; it has 31,050 parameters. */
  public DigitNetwork() {
    convolutions =
        List.of(
            part("conv1", new Conv(1, 16, 5, 2, false)),
            part("conv2", new Conv(16, 32, 3, 2, false)),
            part("conv3", new Conv(32, 32, 3, 2, false)));
    hidden = part("hidden", new Dense(FLAT, FEATURES));
    head = part("head", new Dense(FEATURES, 10));
  }

  /**
   * The logarithms of the probabilities, up to a constant per image.
   *
   * @param x (B, 1, 28, 28)
   * @return (B, 10)
   */
  @Override
  public Dual apply(NDList theta, Dual x, NDArray unused) {
    return run(head, theta, features(theta, x), null);
  }

  /** What the last layer sees: (B, 1, 28, 28) to (B, 32). */
  Dual features(NDList theta, Dual x) {
    Dual h = x;
    for (Conv convolution : convolutions) {
      h = Activation.SWISH.apply(run(convolution, theta, h, null));
    }
    return Activation.SWISH.apply(run(hidden, theta, h.reshape(-1, FLAT), null));
  }
}

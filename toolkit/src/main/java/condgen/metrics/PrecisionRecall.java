package condgen.metrics;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Arguments;

/**
 * Improved precision and recall (Kynkäänniemi et al., 2019): the share of generated samples that
 * lie within the {@linkplain NeighbourBalls balls} of real ones (are they good?), and the share of
 * real ones within the balls of generated ones (are all kinds there?).
 *
 * @param precision in [0, 1]
 * @param recall in [0, 1]
 */
public record PrecisionRecall(double precision, double recall) {

  /** The k that the thesis uses. */
  public static final int NEIGHBOURS = 3;

  /**
   * Compares two sets.
   *
   * @param realFeatures (N, d), N above k
   * @param generatedFeatures (M, d), M above k; both numbers depend on N and M, so compare only at
   *     the same
   * @param k which neighbour a ball reaches to; 3 in the thesis
   */
  public static PrecisionRecall of(NDArray realFeatures, NDArray generatedFeatures, int k) {
    Arguments.requireShape(realFeatures, "realFeatures", -1, -1);
    Arguments.requireShape(
        generatedFeatures, "generatedFeatures", -1, realFeatures.getShape().get(1));
    NeighbourBalls real = NeighbourBalls.of(realFeatures, k);
    NeighbourBalls generated = NeighbourBalls.of(generatedFeatures, k);
    return new PrecisionRecall(real.share(generatedFeatures), generated.share(realFeatures));
  }
}

package condgen.flow;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Scalars;
import condgen.thesis.Equation;

/**
 * What training makes small: the mean bits per dimension, plus the regularisers' means times their
 * weights.
 *
 * @param kinetic weight of the kinetic energy
 * @param jacobian weight of the size of the Jacobian
 */
public record MultiResolutionLoss(double kinetic, double jacobian) {

  /** The released code's weights, of {@link Regularizer#RELEASED_MEAN}. */
  public static final MultiResolutionLoss RELEASED = new MultiResolutionLoss(0.01, 0.01);

  /** Likelihood alone. */
  public static final MultiResolutionLoss LIKELIHOOD = new MultiResolutionLoss(0, 0);

  /**
   * The loss of one resolution, a 0-d array.
   *
   * @param logDensity of the images at this resolution in nats, (batch)
   * @param dimensions D by which bits are divided
   * @param bits of a level of the images
   */
  @Equation({"4.3.13", "4.3.14", "4.3.15"})
  public NDArray of(NDArray logDensity, long dimensions, int bits, Passage passage) {
    NDArray loss = BitsPerDimension.ofLevels(logDensity, dimensions, bits).mean();
    return regularized(loss, passage);
  }

  /** Adds the regularisers of a passage to a loss. */
  NDArray regularized(NDArray loss, Passage passage) {
    NDArray sum = loss;
    if (passage.kinetic() != null) {
      sum = kinetic == 0 ? sum : Scalars.axpy(kinetic, passage.kinetic().mean(), sum);
      sum = jacobian == 0 ? sum : Scalars.axpy(jacobian, passage.jacobian().mean(), sum);
    }
    return sum;
  }
}

package condgen.noise;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Seeds;
import condgen.thesis.Equation;

/**
 * A zero-mean Gaussian distribution N(0, Σ) over one sample; Σ acts on every sample of a batch
 * alike.
 *
 * <p>All operators are linear in x and keep its shape (batch, sample...), type and device.
 */
public interface GaussianNoise {

  /** √Σ x, with the symmetric root. It turns white noise into noise of this distribution. */
  NDArray sqrt(NDArray x);

  /** Σ^(-1/2) x. */
  NDArray inverseSqrt(NDArray x);

  /** Σ x. */
  NDArray covariance(NDArray x);

  /** Σ⁻¹ x. */
  NDArray precision(NDArray x);

  /**
   * log det Σ for one sample.
   *
   * @param sample shape of one sample, without the batch
   */
  double logDeterminant(Shape sample);

  /**
   * Draws for a step of a run; sample i depends on (seeds, step, i) alone, not on how many are
   * drawn.
   *
   * @param sample shape of one sample
   * @param count how many
   * @return (count, sample...)
   */
  @Equation({"6.5.5", "6.5.9", "6.5.11"})
  default NDArray sample(Seeds seeds, long step, Shape sample, int count) {
    return sqrt(white(seeds, step, sample, count));
  }

  /** The white noise z that {@link #sample} shapes: (count, sample...). */
  static NDArray white(Seeds seeds, long step, Shape sample, int count) {
    return seeds.part("step " + step).normal(sample, count);
  }
}

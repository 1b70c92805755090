package condgen.flow;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Scalars;
import condgen.thesis.Equation;

/**
 * The negative log density of an image in bits per number: −log₂ p / D. Densities here are of
 * pixels in [0, 1] and in nats, so a division by log 2 belongs to it, which the thesis's formula
 * leaves to the base of its logarithm. An 8-bit image has 256 levels in that interval, hence 8 bits
 * more.
 */
public final class BitsPerDimension {

  private static final double LOG_2 = Math.log(2);

  private BitsPerDimension() {}

  /**
   * Of pixels in [0, 1].
   *
   * @param logDensity log p(x) in nats, any shape
   * @param dimensions D, how many numbers an image has
   * @return of logDensity's shape
   */
  @Equation("4.3.13")
  public static NDArray ofUnit(NDArray logDensity, long dimensions) {
    requireDimensions(dimensions);
    return Scalars.scale(logDensity, -1 / (LOG_2 * dimensions));
  }

  /**
   * Of images of 2^bits levels, whose density was computed for pixels divided by that number: each
   * number then has so many bits more.
   *
   * @param logDensity log p of the divided pixels in nats, any shape
   * @param dimensions D, how many numbers an image has
   * @param bits of a level; 8 for bytes
   * @return of logDensity's shape
   */
  @Equation({"4.3.13", "4.3.5-8bit"})
  public static NDArray ofLevels(NDArray logDensity, long dimensions, int bits) {
    return Scalars.add(ofUnit(logDensity, dimensions), bits);
  }

  private static void requireDimensions(long dimensions) {
    if (dimensions < 1) {
      throw new IllegalArgumentException("dimensions must be at least 1, but is " + dimensions);
    }
  }
}

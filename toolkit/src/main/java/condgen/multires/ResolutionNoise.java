package condgen.multires;

import condgen.thesis.Equation;

/**
 * What white noise becomes when it is taken apart like an image: every part is white again, with a
 * standard deviation of its own. The details of a split with divisor c have the deviation 2/c of
 * the fine noise, the coarse pixel 2/a; so the average has a quarter of the variance, and the
 * unimodular details 2^(2/3) = c times it.
 *
 * @param split the transform
 * @param unitSide side of the image whose noise has variance one: the finest image's in the thesis,
 *     always 64 in the released code
 */
public record ResolutionNoise(PatchSplit split, int unitSide) {

  /** The released code's choice: an image of side 64 has noise of variance one. */
  public static final int RELEASED_UNIT = 64;

  /** Checks the side. */
  public ResolutionNoise {
    if (unitSide < 1) {
      throw new IllegalArgumentException("unitSide must be at least 1, but is " + unitSide);
    }
  }

  /**
   * Standard deviation of the noise of a whole image x_s.
   *
   * @param side of x_s: {@link #unitSide} halved as often as levels lie between
   */
  @Equation("4.3.4-noise")
  public double coarse(int side) {
    return Math.pow(2 / split.a(), levels(side));
  }

  /**
   * Standard deviation of the noise of the details y_s.
   *
   * @param side of the image x_s that they belong to, twice their own
   */
  @Equation("4.3.4-noise")
  public double details(int side) {
    return 2 / split.c() * coarse(side);
  }

  /** Levels between the unit and a side; negative for a larger image. */
  private double levels(int side) {
    if (side < 1) {
      throw new IllegalArgumentException("side must be at least 1, but is " + side);
    }
    return Math.log((double) unitSide / side) / Math.log(2);
  }
}

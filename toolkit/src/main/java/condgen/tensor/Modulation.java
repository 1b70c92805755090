package condgen.tensor;

import ai.djl.ndarray.types.Shape;

/** Scale and shift of normalised images: y (1 + s) + b. */
public final class Modulation {

  private Modulation() {}

  /**
   * One pair per channel.
   *
   * @param y (B, C, H, W)
   * @param levels (B, 2C), all s, then all b
   * @return (B, C, H, W)
   */
  public static Dual byChannel(Dual y, Dual levels) {
    Shape s = y.shape();
    Arguments.requireShape(levels.value(), "levels", s.get(0), 2 * s.get(1));
    Dual scale = Slicing.slice(levels, 1, 0, s.get(1), 1).reshape(s.get(0), s.get(1), 1, 1);
    Dual shift =
        Slicing.slice(levels, 1, s.get(1), 2 * s.get(1), 1).reshape(s.get(0), s.get(1), 1, 1);
    return y.mul(scale.add(1)).add(shift);
  }

  /**
   * One pair per channel and pixel.
   *
   * @param y (B, C, H, W)
   * @param gamma s, of y's shape
   * @param beta b, of y's shape
   * @return (B, C, H, W)
   */
  public static Dual byPixel(Dual y, Dual gamma, Dual beta) {
    Arguments.requireSameShape(y.value(), "y", gamma.value(), "gamma");
    return y.mul(gamma.add(1)).add(beta);
  }
}

package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Dual;

/**
 * A network that sees square patches of pixels as channels: (B, C, H, W) becomes (B, C·side²,
 * H/side, W/side), goes through a network that keeps height and width, and comes back: K·side²
 * channels of the inner network are K channels of pixels. Work falls by about side².
 */
public final class Patches extends Composite {

  private final Layer inner;
  private final int side;

  /**
   * Patches of side × side pixels.
   *
   * @param inner a network of C·side² channels in and K·side² channels out; K may differ from C
   * @param side pixels, at least 1
   */
  public Patches(Layer inner, int side) {
    if (side < 1) {
      throw new IllegalArgumentException("side must be at least 1, but is " + side);
    }
    this.inner = part("patches", inner);
    this.side = side;
  }

  @Override
  public Dual apply(NDList theta, Dual x, NDArray t) {
    Shape s = x.shape();
    if (s.dimension() != 4 || s.get(2) % side != 0 || s.get(3) % side != 0) {
      throw new IllegalArgumentException(
          "x must have shape (batch, channels, height, width) with height and width divisible by "
              + side
              + ", but has "
              + s);
    }
    long b = s.get(0);
    long c = s.get(1);
    long h = s.get(2) / side;
    long w = s.get(3) / side;
    Dual patches =
        x.reshape(b, c, h, side, w, side)
            .transpose(0, 1, 3, 5, 2, 4)
            .reshape(b, c * side * side, h, w);
    Dual y = run(inner, theta, patches, t);
    Shape found = y.shape();
    long k = found.dimension() == 4 ? found.get(1) / (side * side) : 0;
    if (!found.equals(new Shape(b, k * side * side, h, w))) {
      throw new IllegalArgumentException(
          "the network of patches must answer (%d, a multiple of %d, %d, %d), but answers %s"
              .formatted(b, side * side, h, w, found));
    }
    return y.reshape(b, k, side, side, h, w)
        .transpose(0, 1, 4, 2, 5, 3)
        .reshape(b, k, h * side, w * side);
  }
}

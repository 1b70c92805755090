package condgen.flow;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Scalars;

/**
 * y = log s − log(1 − s) with s = α + (1 − 2α) x: pixels in [0, 1] become numbers on the whole
 * line, where a flow may move them freely. L. Dinh, J. Sohl-Dickstein, S. Bengio, Density
 * estimation using Real NVP, ICLR 2017.
 *
 * @param alpha how far the ends 0 and 1 are kept from infinity, in (0, 1/2); the released code has
 *     0.05, and 1e-6 for MNIST
 */
public record LogitTransform(double alpha) implements Bijection {

  /** The released code's α for colour images. */
  public static final LogitTransform RELEASED = new LogitTransform(0.05);

  /** Checks α. */
  public LogitTransform {
    if (!(alpha > 0 && alpha < 0.5)) {
      throw new IllegalArgumentException("alpha must be in (0, 1/2), but is " + alpha);
    }
  }

  private NDArray inside(NDArray x) {
    return Scalars.add(Scalars.scale(x, 1 - 2 * alpha), alpha);
  }

  @Override
  public NDArray forward(NDArray x) {
    NDArray s = inside(x);
    return s.log().sub(Scalars.subtractFrom(1, s).log());
  }

  @Override
  public NDArray logDeterminant(NDArray x) {
    Samples.require(x, "x");
    NDArray s = inside(x);
    NDArray slopes = s.sub(s.mul(s)).log().neg();
    return Scalars.add(Samples.sum(slopes), Samples.size(x) * Math.log(1 - 2 * alpha));
  }

  @Override
  public NDArray inverse(NDArray y) {
    NDArray s = Scalars.pow(Scalars.add(y.neg().exp(), 1), -1);
    return Scalars.scale(Scalars.add(s, -alpha), 1 / (1 - 2 * alpha));
  }
}

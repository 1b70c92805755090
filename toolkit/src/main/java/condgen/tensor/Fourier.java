package condgen.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Products in Fourier space over the last two axes, in O(N log N) for N pixels, on any device and
 * recorded for gradients like any other operator.
 *
 * <p>The forward transform is exp(−2πi kn/n) without factor, the inverse carries 1/N. The engine's
 * complex arrays stay in here: their real part has a trailing axis of 2, and their type is unknown
 * in double precision.
 */
public final class Fourier {

  private Fourier() {}

  /**
   * Re IFFT2(m · FFT2(x)): the linear operator whose eigenvalue for the wave (i, j) is m_ij. With a
   * real m that is even (m_(−i, −j) = m_ij) the imaginary part is rounding only and the operator is
   * symmetric.
   *
   * @param multiplier m, h rows of w real numbers, in row-major order
   * @param x (..., h, w), float32 or float64
   * @return the shape and type of x
   */
  public static NDArray multiply(double[] multiplier, NDArray x) {
    Shape shape = x.getShape();
    int axes = shape.dimension();
    if (axes < 2 || shape.get(axes - 2) * shape.get(axes - 1) != multiplier.length) {
      throw new IllegalArgumentException(
          "x must end in height and width with "
              + multiplier.length
              + " pixels in all, but has shape "
              + shape);
    }
    DataType type = x.getDataType();
    if (type != DataType.FLOAT32 && type != DataType.FLOAT64) {
      throw new IllegalArgumentException("x must be float32 or float64, but is " + type);
    }
    long h = shape.get(axes - 2);
    long w = shape.get(axes - 1);
    long[] sizes = {h, w};
    long[] last = {-2, -1};
    NDArray m = Tensors.of(multiplier, new Shape(h, w)).toType(type, false);
    NDArray pairs = x.fft2(sizes, last).mul(m).ifft2(sizes, last).real();
    return pairs.split(2, axes).get(0).reshape(shape);
  }
}

package condgen.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.thesis.Equation;

/**
 * Products in Fourier space over the last two axes, in O(N log N) for N pixels, on any device and
 * recorded for gradients like any other operator.
 *
 * <p>The forward transform is exp(−2πi kn/n) without factor, the inverse carries 1/N, as in NumPy
 * and PyTorch. The engine's complex arrays stay in here: their real part has a trailing axis of 2,
 * and in double precision their type is unknown. Real images need only half of their waves, since
 * the other half are the conjugates; so this costs about as much as one transform of all waves.
 */
public final class Fourier {

  private Fourier() {}

  /**
   * Re IFFT2(m · FFT2(x)): the linear operator whose eigenvalue for the wave (i, j) is m_ij. With a
   * real m that is even (m_(−i, −j) = m_ij) the imaginary part is zero and the operator is
   * symmetric; of any other real m the even part (m_(i, j) + m_(−i, −j)) / 2 acts.
   *
   * <p>Nothing but the result survives the call. The multiplier becomes an array anew each time,
   * which takes a few microseconds.
   *
   * @param multiplier m, h rows of w real numbers, in row-major order: index i is the wave of i or
   *     i − h periods
   * @param x (..., h, w), float32 or float64, real
   * @return the shape and type of x
   * @throws IllegalArgumentException when x has another size or type
   */
  @Equation({"6.5.3", "6.5.10"})
  public static NDArray multiply(double[] multiplier, NDArray x) {
    Arguments.requireOpen(x, "x");
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
    int h = (int) shape.get(axes - 2);
    int w = (int) shape.get(axes - 1);
    try (Scope scope = Scope.inherit()) {
      NDArray half = Tensors.of(evenHalf(multiplier, h, w), new Shape(h, w / 2 + 1));
      NDArray waves = x.rfft(w, -1).fft(h, -2);
      NDArray product = waves.mul(half.toType(type, false));
      return scope.keep(product.ifft(h, -2).irfft(w, -1));
    }
  }

  /** The even part of m at the waves that the transform of a real image keeps: (h, w / 2 + 1). */
  private static double[] evenHalf(double[] m, int h, int w) {
    int kept = w / 2 + 1;
    double[] half = new double[h * kept];
    for (int i = 0; i < h; i++) {
      for (int j = 0; j < kept; j++) {
        half[i * kept + j] = (m[i * w + j] + m[(h - i) % h * w + (w - j) % w]) / 2;
      }
    }
    return half;
  }
}

package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Arguments;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;

/**
 * Cosines and sines of a time t at frequencies that fall from about 1 to 1/10000: how a network
 * reads a noise level. The thesis prints one, Vaswani et al. (2017) another, and the released video
 * models use a third.
 */
public final class PositionalEncoding {

  /** The constant c of all three. */
  public static final double C = 10_000;

  private PositionalEncoding() {}

  /**
   * As printed: (..., cos(t c^(−2d/D)), sin(t c^(−2d/D)), ...) for d = 1 ... D/2. With t in [0, 1]
   * no angle exceeds 1, so the embedding hardly moves.
   *
   * @param t (B)
   * @param width D, even
   * @return (B, D)
   */
  @Equation("7.2.9")
  public static NDArray printed(NDArray t, int width) {
    return interleaved(t, width, 1);
  }

  /**
   * Vaswani et al. (2017): the same pairs for d = 0 ... D/2 − 1, so the first frequency is 1.
   *
   * @param t (B)
   * @param width D, even
   * @return (B, D)
   */
  public static NDArray vaswani(NDArray t, int width) {
    return interleaved(t, width, 0);
  }

  private static NDArray interleaved(NDArray t, int width, int first) {
    if (width < 2 || width % 2 != 0) {
      throw new IllegalArgumentException("width must be even and at least 2, but is " + width);
    }
    double[] frequencies = new double[width / 2];
    for (int d = 0; d < frequencies.length; d++) {
      frequencies[d] = Math.pow(C, -2.0 * (d + first) / width);
    }
    NDArray angles = angles(t, Tensors.ofDoubles(frequencies));
    NDArray pairs = NDArrays.stack(new NDList(angles.cos(), angles.sin()), 2);
    return pairs.reshape(new Shape(-1, width));
  }

  /**
   * As released: first the sines, then the cosines, at frequencies c^(−i/(D/2 − 1)) for i = 0 ...
   * D/2 − 1, of the step's label, a whole number. An odd width ends with a zero.
   *
   * @param t (B), labels
   * @param width D, at least 4
   * @return (B, D)
   */
  public static NDArray released(NDArray t, int width) {
    if (width < 4) {
      throw new IllegalArgumentException("width must be at least 4, but is " + width);
    }
    int half = width / 2;
    float step = (float) (-Math.log(C) / (half - 1));
    double[] exponents = new double[half];
    for (int i = 0; i < half; i++) {
      exponents[i] = i * step;
    }
    NDArray angles = angles(t, Tensors.of(exponents).exp());
    NDList parts = new NDList(angles.sin(), angles.cos());
    if (width % 2 == 1) {
      parts.add(Tensors.zeros(new Shape(t.getShape().get(0), 1), t.getDataType()));
    }
    return NDArrays.concat(parts, 1);
  }

  private static NDArray angles(NDArray t, NDArray frequencies) {
    Arguments.requireShape(t, "t", -1);
    NDArray row = frequencies.toType(t.getDataType(), false).reshape(new Shape(1, -1));
    return t.reshape(new Shape(-1, 1)).mul(row);
  }
}

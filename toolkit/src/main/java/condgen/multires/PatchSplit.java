package condgen.multires;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Arguments;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;

/**
 * Takes every 2 × 2 patch (x₁ x₂ / x₃ x₄) apart into three details and one coarse pixel, and puts
 * it together again: y₁ = (x₁ + x₂ − x₃ − x₄)/c, y₂ = (x₁ − x₂ + x₃ − x₄)/c, y₃ = (x₁ − x₂ − x₃ +
 * x₄)/c, coarse = (x₁ + x₂ + x₃ + x₄)/a.
 *
 * <p>The four rows are orthogonal, so each choice of c and a is invertible, with |det M⁻¹| = 16/(c³
 * a) per patch and colour. (The rows that the thesis prints for x₃, x₄ and y₃ have lost signs; the
 * printed M of 4.3.4 has determinant 0.)
 *
 * @param c divisor of the details, positive
 * @param a divisor of the coarse pixel, positive; 4 makes it the average
 */
public record PatchSplit(double c, double a) {

  /** The discrete Haar transform with an average: c = 2, a = 4; |det M⁻¹| = 1/2. */
  public static final PatchSplit HAAR = new PatchSplit(2, 4);

  /** The thesis's variant of determinant one, which still averages: c = 2^(2/3), a = 4. */
  public static final PatchSplit UNIMODULAR = new PatchSplit(Math.cbrt(4), 4);

  /** The orthogonal Haar transform: c = a = 2; |det M⁻¹| = 1, but the coarse pixel is doubled. */
  public static final PatchSplit ORTHOGONAL = new PatchSplit(2, 2);

  private static final int[][] SIGNS = {
    {1, 1, -1, -1}, {1, -1, 1, -1}, {1, -1, -1, 1}, {1, 1, 1, 1},
  };

  /** What a split gives. */
  public record Parts(NDArray details, NDArray coarse) {}

  /** Checks the divisors. */
  public PatchSplit {
    if (!(c > 0 && a > 0) || Double.isInfinite(c) || Double.isInfinite(a)) {
      throw new IllegalArgumentException(
          "c and a must be positive and finite, but are " + c + " and " + a);
    }
  }

  /** M⁻¹, rows y₁, y₂, y₃, coarse; columns x₁ to x₄. */
  @Equation({"4.3.2", "4.3.4"})
  public double[][] inverse() {
    double[][] m = new double[4][4];
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 4; column++) {
        m[row][column] = SIGNS[row][column] / (row < 3 ? c : a);
      }
    }
    return m;
  }

  /** M, rows x₁ to x₄; columns y₁, y₂, y₃, coarse. */
  @Equation({"4.3.2", "4.3.4"})
  public double[][] matrix() {
    double[][] m = new double[4][4];
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 4; column++) {
        m[row][column] = SIGNS[column][row] * (column < 3 ? c : a) / 4;
      }
    }
    return m;
  }

  /** log |det M⁻¹| of one patch of one colour: log 1/2 for {@link #HAAR}, 0 for the other two. */
  @Equation({"4.3.3", "4.3.5"})
  public double logDeterminant() {
    return Math.log(16 / (c * c * c * a));
  }

  /**
   * log |det M⁻¹| of one image: that of a patch times the numbers of its coarse image.
   *
   * @param coarse shape of one coarse image, channels × rows × columns
   */
  @Equation({"4.3.7", "4.3.8", "4.3.9"})
  public double logDeterminant(Shape coarse) {
    return coarse.size() * logDeterminant();
  }

  /**
   * M⁻¹ on every patch.
   *
   * @param fine (B, C, 2h, 2w)
   * @return details (B, 3C, h, w), all colours of y₁, then of y₂, then of y₃; coarse (B, C, h, w)
   * @throws IllegalArgumentException when a side is odd
   */
  @Equation("4.3.6")
  public Parts split(NDArray fine) {
    Arguments.requireShape(fine, "fine", -1, -1, -1, -1);
    Shape s = fine.getShape();
    if (s.get(2) % 2 != 0 || s.get(3) % 2 != 0) {
      throw new IllegalArgumentException("fine must have even sides, but has shape " + s);
    }
    long batch = s.get(0);
    long h = s.get(2) / 2;
    long w = s.get(3) / 2;
    NDArray patches =
        fine.reshape(batch, s.get(1), h, 2, w, 2)
            .transpose(0, 3, 5, 1, 2, 4)
            .reshape(batch, 4, s.get(1) * h * w);
    NDArray parts = array(inverse(), fine.getDataType()).matMul(patches);
    parts = parts.reshape(batch, 4 * s.get(1), h, w);
    long details = 3 * s.get(1);
    return new Parts(channels(parts, 0, details), channels(parts, details, 4 * s.get(1)));
  }

  /**
   * M on every patch.
   *
   * @param details (B, 3C, h, w)
   * @param coarse (B, C, h, w)
   * @return (B, C, 2h, 2w)
   */
  @Equation("4.3.6")
  public NDArray merge(NDArray details, NDArray coarse) {
    Arguments.requireShape(coarse, "coarse", -1, -1, -1, -1);
    Shape s = coarse.getShape();
    long batch = s.get(0);
    long h = s.get(2);
    long w = s.get(3);
    Arguments.requireShape(details, "details", batch, 3 * s.get(1), h, w);
    NDArray parts = details.concat(coarse, 1).reshape(batch, 4, s.get(1) * h * w);
    return array(matrix(), coarse.getDataType())
        .matMul(parts)
        .reshape(batch, 2, 2, s.get(1), h, w)
        .transpose(0, 3, 4, 1, 5, 2)
        .reshape(batch, s.get(1), 2 * h, 2 * w);
  }

  private static NDArray channels(NDArray x, long from, long to) {
    return x.get(new NDIndex().addAllDim().addSliceDim(from, to));
  }

  /** (1, 4, 4), a batch of one, which is spread over the batch. */
  private static NDArray array(double[][] m, DataType type) {
    double[] flat = new double[16];
    for (int i = 0; i < 16; i++) {
      flat[i] = m[i / 4][i % 4];
    }
    return Tensors.of(flat, new Shape(1, 4, 4)).toType(type, false);
  }
}

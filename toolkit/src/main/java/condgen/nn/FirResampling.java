package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Dual;
import condgen.tensor.SeparableMap;
import condgen.tensor.Tensors;

/**
 * Halves and doubles the size of images with the filter (1, 3, 3, 1) in each axis, which smooths
 * where leaving out and repeating pixels would not (Karras et al., 2020). Outside the image are
 * zeros.
 */
public final class FirResampling {

  private static final double[] FILTER = {1, 3, 3, 1};

  private FirResampling() {}

  /**
   * Half the size: y[i] = Σₐ k[a]/8 · x[2i − 1 + a] in each axis.
   *
   * @param x (B, C, H, W), H and W even
   * @return (B, C, H/2, W/2)
   */
  public static Dual down(Dual x) {
    Shape s = x.shape();
    if (s.dimension() != 4 || s.get(2) % 2 != 0 || s.get(3) % 2 != 0) {
      throw new IllegalArgumentException(
          "x must have shape (batch, channels, height, width) with even height and width, but has "
              + s);
    }
    DataType type = x.value().getDataType();
    NDArray rows = halving((int) s.get(2), type);
    NDArray columns = s.get(3) == s.get(2) ? rows : halving((int) s.get(3), type);
    return SeparableMap.map(x, rows, columns);
  }

  /**
   * Twice the size: y[2i] = (x[i − 1] + 3 x[i]) / 4 and y[2i + 1] = (3 x[i] + x[i + 1]) / 4 in each
   * axis.
   *
   * @param x (B, C, H, W)
   * @return (B, C, 2H, 2W)
   */
  public static Dual up(Dual x) {
    Shape s = x.shape();
    if (s.dimension() != 4) {
      throw new IllegalArgumentException(
          "x must have shape (batch, channels, height, width), but has " + s);
    }
    DataType type = x.value().getDataType();
    NDArray rows = doubling((int) s.get(2), type);
    NDArray columns = s.get(3) == s.get(2) ? rows : doubling((int) s.get(3), type);
    return SeparableMap.map(x, rows, columns);
  }

  /** The matrix (n/2, n) of halving one axis. */
  private static NDArray halving(int n, DataType type) {
    double[] matrix = new double[n / 2 * n];
    for (int i = 0; i < n / 2; i++) {
      for (int a = 0; a < FILTER.length; a++) {
        int j = 2 * i - 1 + a;
        if (j >= 0 && j < n) {
          matrix[i * n + j] = FILTER[a] / 8;
        }
      }
    }
    return Tensors.of(matrix, new Shape(n / 2, n)).toType(type, false);
  }

  /** The matrix (2n, n) of doubling one axis: twice the transpose of halving. */
  private static NDArray doubling(int n, DataType type) {
    NDArray halving = halving(2 * n, type);
    return halving.add(halving).transpose(1, 0);
  }
}

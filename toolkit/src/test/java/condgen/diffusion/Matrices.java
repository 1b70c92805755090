package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Tensors;
import java.util.function.UnaryOperator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/** Linear maps and covariances as plain matrices, so that tests can compute by brute force. */
final class Matrices {

  private Matrices() {}

  /** A covariance of four numbers with no symmetry: variances 0.8 to 2, correlations up to 0.7. */
  static double[][] four() {
    return new double[][] {
      {1.0, 0.6, 0.2, -0.1},
      {0.6, 1.5, 0.5, 0.3},
      {0.2, 0.5, 0.8, 0.4},
      {-0.1, 0.3, 0.4, 2.0}
    };
  }

  /** Another one, which does not commute with {@link #four}: covariance of data. */
  static double[][] dataOfFour() {
    return new double[][] {
      {0.5, -0.2, 0.1, 0.0},
      {-0.2, 0.9, 0.3, 0.1},
      {0.1, 0.3, 0.4, -0.1},
      {0.0, 0.1, -0.1, 0.3}
    };
  }

  static RealMatrix of(double[][] rows) {
    return new Array2DRowRealMatrix(rows, true);
  }

  /** (n, D) as a matrix. */
  static RealMatrix of(NDArray x) {
    int n = (int) x.getShape().get(0);
    double[] flat = Tensors.toDoubles(x);
    int d = flat.length / n;
    RealMatrix out = new Array2DRowRealMatrix(n, d);
    for (int i = 0; i < flat.length; i++) {
      out.setEntry(i / d, i % d, flat[i]);
    }
    return out;
  }

  /** Rows as samples of a shape: (rows, sample...). */
  static NDArray samples(RealMatrix rows, Shape sample) {
    int d = rows.getColumnDimension();
    double[] flat = new double[rows.getRowDimension() * d];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = rows.getEntry(i / d, i % d);
    }
    return Tensors.of(flat, new Shape(rows.getRowDimension()).addAll(sample));
  }

  /** The matrix of a linear map on samples of a shape: column k is the image of unit vector k. */
  static RealMatrix linear(UnaryOperator<NDArray> map, Shape sample) {
    RealMatrix unit = MatrixUtils.createRealIdentityMatrix((int) sample.size());
    return of(map.apply(samples(unit, sample))).transpose();
  }

  static RealMatrix inverse(RealMatrix m) {
    return new LUDecomposition(m).getSolver().getInverse();
  }

  static double apart(RealMatrix a, RealMatrix b) {
    double most = 0;
    for (int i = 0; i < a.getRowDimension(); i++) {
      for (int j = 0; j < a.getColumnDimension(); j++) {
        most = Math.max(most, Math.abs(a.getEntry(i, j) - b.getEntry(i, j)));
      }
    }
    return most;
  }

  /** The covariance of n samples (n, D). */
  static RealMatrix sampleCovariance(NDArray x) {
    long n = x.getShape().get(0);
    NDArray flat = x.reshape(n, x.size() / n);
    NDArray centred = flat.sub(flat.mean(new int[] {0}));
    return of(centred.transpose().matMul(centred)).scalarMultiply(1.0 / n);
  }

  /**
   * The largest error of a sample covariance in units of its standard error √((C_ii C_jj + C_ij²) /
   * n).
   */
  static double standardErrors(RealMatrix measured, RealMatrix exact, int n) {
    double most = 0;
    for (int i = 0; i < exact.getRowDimension(); i++) {
      for (int j = 0; j <= i; j++) {
        double c = exact.getEntry(i, j);
        double error = Math.sqrt((exact.getEntry(i, i) * exact.getEntry(j, j) + c * c) / n);
        most = Math.max(most, Math.abs(measured.getEntry(i, j) - c) / error);
      }
    }
    return most;
  }
}

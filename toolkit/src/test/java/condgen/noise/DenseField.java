package condgen.noise;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Tensors;
import org.apache.commons.math3.complex.Complex;
import org.apache.commons.math3.complex.ComplexField;
import org.apache.commons.math3.linear.Array2DRowFieldMatrix;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.FieldMatrix;
import org.apache.commons.math3.linear.RealMatrix;

/** The matrices of section 6.5 written out, N × N for N = h · w pixels, without any FFT. */
final class DenseField {

  private DenseField() {}

  /** W_N, the transform of both axes: exp(−2πi (ka/h + lb/w)) at row (k, l), column (a, b). */
  static FieldMatrix<Complex> transform(int h, int w) {
    Complex[][] rows = new Complex[h * w][h * w];
    for (int p = 0; p < h * w; p++) {
      for (int q = 0; q < h * w; q++) {
        double turns = (double) (p / w * (q / w)) / h + (double) (p % w * (q % w)) / w;
        rows[p][q] = Complex.I.multiply(-2 * Math.PI * turns).exp();
      }
    }
    return new Array2DRowFieldMatrix<>(ComplexField.getInstance(), rows, false);
  }

  /** W* / N. */
  static FieldMatrix<Complex> inverseTransform(int h, int w) {
    Complex[][] rows = transform(h, w).getData();
    for (Complex[] row : rows) {
      for (int q = 0; q < row.length; q++) {
        row[q] = row[q].conjugate().divide(h * w);
      }
    }
    return new Array2DRowFieldMatrix<>(ComplexField.getInstance(), rows, false);
  }

  /** W⁻¹ diag(m) W, complex. */
  static FieldMatrix<Complex> complexOperator(double[][] m) {
    FieldMatrix<Complex> right = transform(m.length, m[0].length);
    int w = m[0].length;
    for (int p = 0; p < right.getRowDimension(); p++) {
      for (int q = 0; q < right.getColumnDimension(); q++) {
        right.multiplyEntry(p, q, new Complex(m[p / w][p % w]));
      }
    }
    return inverseTransform(m.length, w).multiply(right);
  }

  /** Real(W⁻¹ diag(m) W). */
  static RealMatrix operator(double[][] m) {
    return real(complexOperator(m));
  }

  static RealMatrix real(FieldMatrix<Complex> matrix) {
    RealMatrix real = new Array2DRowRealMatrix(matrix.getRowDimension(), matrix.getRowDimension());
    for (int p = 0; p < matrix.getRowDimension(); p++) {
      for (int q = 0; q < matrix.getColumnDimension(); q++) {
        real.setEntry(p, q, matrix.getEntry(p, q).getReal());
      }
    }
    return real;
  }

  static double largestImaginary(FieldMatrix<Complex> matrix) {
    double largest = 0;
    for (Complex[] row : matrix.getData()) {
      for (Complex number : row) {
        largest = Math.max(largest, Math.abs(number.getImaginary()));
      }
    }
    return largest;
  }

  /** m to a power, by element. */
  static double[][] power(double[][] m, double exponent) {
    double[][] out = new double[m.length][m[0].length];
    for (int i = 0; i < m.length; i++) {
      for (int j = 0; j < m[i].length; j++) {
        out[i][j] = Math.pow(m[i][j], exponent);
      }
    }
    return out;
  }

  static double mean(double[][] m) {
    double sum = 0;
    for (double[] row : m) {
      for (double number : row) {
        sum += number;
      }
    }
    return sum / m.length / m[0].length;
  }

  /** The index of 6.5 read literally: √(i² + j²) of i, j = 0 … n − 1, with 1 at (0, 0). */
  static double[][] unwrapped(int n) {
    double[][] k = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        k[i][j] = i + j == 0 ? 1 : Math.hypot(i, j);
      }
    }
    return k;
  }

  /** Largest absolute difference. */
  static double distance(RealMatrix a, RealMatrix b) {
    double largest = 0;
    RealMatrix difference = a.subtract(b);
    for (double[] row : difference.getData()) {
      for (double number : row) {
        largest = Math.max(largest, Math.abs(number));
      }
    }
    return largest;
  }

  /** What an operator of the library makes of each pixel, as the columns of a matrix; float64. */
  static RealMatrix columns(java.util.function.UnaryOperator<NDArray> operator, int h, int w) {
    int n = h * w;
    double[] unit = new double[n * n];
    for (int p = 0; p < n; p++) {
      unit[p * n + p] = 1;
    }
    return matrix(operator.apply(Tensors.of(unit, new Shape(n, h, w))), n).transpose();
  }

  /** n rows of an array. */
  static RealMatrix matrix(NDArray array, int n) {
    double[] flat = Tensors.toDoubles(array);
    return new Array2DRowRealMatrix(Grid.rows(flat, flat.length / n), false);
  }

  /** xᵀx / count of samples (count, N), each entry read back. */
  static RealMatrix covariance(NDArray samples) {
    long count = samples.getShape().get(0);
    NDArray flat = samples.reshape(count, samples.size() / count);
    NDArray sum = flat.transpose().matMul(flat);
    return matrix(sum, (int) flat.getShape().get(1)).scalarMultiply(1.0 / count);
  }
}

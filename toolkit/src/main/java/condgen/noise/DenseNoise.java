package condgen.noise;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Arguments;
import condgen.tensor.Tensors;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Correlated noise with any covariance matrix Σ = V diag(λ) Vᵀ, for samples of few numbers: a
 * sample of shape (D) or any other shape of D numbers, row-major.
 *
 * <p>Every operator is V diag(p(λ)) Vᵀ with p = √λ, 1/√λ, λ or 1/λ, so all are symmetric and
 * commute. Each call multiplies by a D × D matrix; up to a few hundred numbers this is cheap.
 */
public final class DenseNoise implements GaussianNoise {

  /** Smaller relative differences than this are rounding. */
  private static final double ROUNDING = 1e-12;

  private final double[] eigenvalues;
  private final RealMatrix root;
  private final RealMatrix inverseRoot;
  private final RealMatrix covariance;
  private final RealMatrix precision;

  /**
   * Noise with this covariance.
   *
   * @param covariance Σ, D rows of D numbers, symmetric and positive definite
   * @throws IllegalArgumentException when it is not square, not finite, not symmetric or not
   *     positive definite, saying where
   */
  public DenseNoise(double[][] covariance) {
    requireSquare(covariance);
    double largest = requireFinite(covariance);
    requireSymmetric(covariance, ROUNDING * largest);
    RealMatrix sigma = new Array2DRowRealMatrix(covariance, true);
    EigenDecomposition parts =
        new EigenDecomposition(sigma.add(sigma.transpose()).scalarMultiply(0.5));
    eigenvalues = parts.getRealEigenvalues();
    double least = eigenvalues[eigenvalues.length - 1];
    if (!(least > ROUNDING * eigenvalues[0])) {
      throw new IllegalArgumentException(
          "covariance must be positive definite, but its least eigenvalue is "
              + least
              + " and its greatest "
              + eigenvalues[0]);
    }
    root = matrix(parts, Math::sqrt);
    inverseRoot = matrix(parts, lambda -> 1 / Math.sqrt(lambda));
    this.covariance = matrix(parts, lambda -> lambda);
    precision = matrix(parts, lambda -> 1 / lambda);
  }

  /** The same with Σ as an array (D, D). */
  public static DenseNoise of(NDArray covariance) {
    Arguments.requireShape(covariance, "covariance", -1, -1);
    int rows = (int) covariance.getShape().get(0);
    int columns = (int) covariance.getShape().get(1);
    double[] flat = Tensors.toDoubles(covariance);
    double[][] matrix = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(flat, i * columns, matrix[i], 0, columns);
    }
    return new DenseNoise(matrix);
  }

  private static void requireSquare(double[][] matrix) {
    for (double[] row : matrix) {
      if (row.length != matrix.length) {
        throw new IllegalArgumentException(
            "covariance must be square, but has "
                + matrix.length
                + " rows and a row of "
                + row.length);
      }
    }
    if (matrix.length == 0) {
      throw new IllegalArgumentException("covariance must hold at least one number, but is empty");
    }
  }

  private static double requireFinite(double[][] matrix) {
    double largest = 0;
    for (double[] row : matrix) {
      for (double number : row) {
        if (!Double.isFinite(number)) {
          throw new IllegalArgumentException("covariance must be finite, but holds " + number);
        }
        largest = Math.max(largest, Math.abs(number));
      }
    }
    return largest;
  }

  private static void requireSymmetric(double[][] matrix, double tolerance) {
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < i; j++) {
        if (Math.abs(matrix[i][j] - matrix[j][i]) > tolerance) {
          throw new IllegalArgumentException(
              "covariance must be symmetric, but holds %s at (%d, %d) and %s at (%d, %d)"
                  .formatted(matrix[i][j], i, j, matrix[j][i], j, i));
        }
      }
    }
  }

  private static RealMatrix matrix(EigenDecomposition parts, DoubleUnaryOperator p) {
    RealMatrix v = parts.getV();
    RealMatrix scaled = v.copy();
    double[] lambda = parts.getRealEigenvalues();
    for (int i = 0; i < lambda.length; i++) {
      scaled.setColumnVector(i, v.getColumnVector(i).mapMultiply(p.applyAsDouble(lambda[i])));
    }
    return scaled.multiply(v.transpose());
  }

  /** D, the number of numbers in a sample. */
  public int dimension() {
    return eigenvalues.length;
  }

  /** The eigenvalues λ of Σ, greatest first. */
  public double[] eigenvalues() {
    return eigenvalues.clone();
  }

  @Override
  public NDArray sqrt(NDArray x) {
    return times(x, root);
  }

  @Override
  public NDArray inverseSqrt(NDArray x) {
    return times(x, inverseRoot);
  }

  @Override
  public NDArray covariance(NDArray x) {
    return times(x, covariance);
  }

  @Override
  public NDArray precision(NDArray x) {
    return times(x, precision);
  }

  @Override
  public double logDeterminant(Shape sample) {
    requireDimension(sample.size(), sample);
    double sum = 0;
    for (double lambda : eigenvalues) {
      sum += Math.log(lambda);
    }
    return sum;
  }

  private NDArray times(NDArray x, RealMatrix matrix) {
    Shape shape = x.getShape();
    requireDimension(x.size() / shape.get(0), shape);
    int d = dimension();
    double[] flat = new double[d * d];
    for (int i = 0; i < d; i++) {
      System.arraycopy(matrix.getRow(i), 0, flat, i * d, d);
    }
    NDArray array = Tensors.of(flat, new Shape(d, d)).toType(x.getDataType(), false);
    return x.reshape(-1, d).matMul(array).reshape(shape);
  }

  private void requireDimension(long numbers, Shape came) {
    if (numbers != dimension()) {
      throw new IllegalArgumentException(
          "a sample must hold " + dimension() + " numbers, but the shape is " + came);
    }
  }
}

package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Dual;
import condgen.tensor.Fourier;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * Images N(m, C) of side n, every channel alike, whose covariance C has the waves of the image as
 * its eigenvectors, as the noise's has: in Fourier space everything is known. The density takes the
 * other way, over dense matrices.
 *
 * @param sde the diffusion, with noise of the eigenvalues {@code noise}
 * @param noise of Σ, n · n
 * @param data of C, n · n
 */
record FieldData(DiffusionSde sde, double[] noise, double[] data) implements DualScore {

  /** Eigenvalues of mean {@code variance} that fall with the frequency's power 2γ. */
  static double[] power(double gamma, double variance, int n) {
    double[] lambda = new double[n * n];
    for (int k = 0; k < n * n; k++) {
      double i = k / n <= (n - 1) / 2 ? k / n : k / n - n;
      double j = k % n <= (n - 1) / 2 ? k % n : k % n - n;
      lambda[k] = k == 0 ? 1 : Math.pow(Math.hypot(i, j), -2 * gamma);
    }
    double sum = IntStream.range(0, n * n).mapToDouble(k -> lambda[k]).sum();
    return IntStream.range(0, n * n).mapToDouble(k -> lambda[k] * variance * n * n / sum).toArray();
  }

  int side() {
    return (int) Math.round(Math.sqrt(noise.length));
  }

  /** Eigenvalues of the covariance at t. */
  double[] spectrum(double t) {
    double a = sde.meanFactor(t);
    double s = sde.deviation(t);
    return IntStream.range(0, noise.length)
        .mapToDouble(k -> a * a * data[k] + s * s * noise[k])
        .toArray();
  }

  private double mean(int k) {
    return 0.3 + 0.5 * Math.cos(2 * Math.PI * (k / side()) / side());
  }

  /** The mean image at t: (1, 1, n, n), float64. */
  NDArray mean(double t) {
    double a = sde.meanFactor(t);
    double[] m = IntStream.range(0, noise.length).mapToDouble(k -> a * mean(k)).toArray();
    return Tensors.of(m, new Shape(1, 1, side(), side()));
  }

  @Override
  public Dual at(Dual x, double t) {
    double[] pull = spectrum(t);
    for (int k = 0; k < pull.length; k++) {
      pull[k] = -1 / pull[k];
    }
    SymmetricMap map = new SymmetricMap(v -> Fourier.multiply(pull, v));
    return Dual.apply(map, x.sub(Dual.of(mean(t).toType(x.value().getDataType(), false))));
  }

  /** Draws from p_t: (count, channels, n, n), float64. */
  NDArray sample(Seeds seeds, int count, int channels, double t) {
    double[] root = spectrum(t);
    for (int k = 0; k < root.length; k++) {
      root[k] = Math.sqrt(root[k]);
    }
    NDArray z = seeds.normal(0, new Shape(count, channels, side(), side()), DataType.FLOAT64);
    return Fourier.multiply(root, z).add(mean(t));
  }

  /** The covariance of the pixels that has these eigenvalues: a sum over waves. */
  static RealMatrix dense(double[] eigenvalues) {
    int n = (int) Math.round(Math.sqrt(eigenvalues.length));
    RealMatrix covariance = new Array2DRowRealMatrix(n * n, n * n);
    for (int p = 0; p < n * n; p++) {
      for (int q = 0; q < n * n; q++) {
        double sum = 0;
        for (int k = 0; k < n * n; k++) {
          int turns = k / n * (p / n - q / n) + k % n * (p % n - q % n);
          sum += eigenvalues[k] * Math.cos(2 * Math.PI * turns / n);
        }
        covariance.setEntry(p, q, sum / (n * n));
      }
    }
    return covariance;
  }

  /** log p_t of each image, over dense matrices. */
  double[] logDensity(NDArray x, double t) {
    int pixels = noise.length;
    LUDecomposition parts = new LUDecomposition(dense(spectrum(t)));
    double constant = pixels * Math.log(2 * Math.PI) + Math.log(parts.getDeterminant());
    double[] flat = Tensors.toDoubles(x);
    int channels = (int) x.getShape().get(1);
    double[] log = new double[(int) x.getShape().get(0)];
    for (int c = 0; c < log.length * channels; c++) {
      double[] r = new double[pixels];
      for (int k = 0; k < pixels; k++) {
        r[k] = flat[c * pixels + k] - sde.meanFactor(t) * mean(k);
      }
      RealVector residual = new Array2DRowRealMatrix(r).getColumnVector(0);
      double square = residual.dotProduct(parts.getSolver().solve(residual));
      log[c / channels] -= 0.5 * (constant + square);
    }
    return log;
  }
}

package condgen.noise;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import org.apache.commons.math3.complex.Complex;
import org.apache.commons.math3.linear.FieldMatrix;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which white noise z a field is made of: section 6.5 by sampling, 8 × 8 pixels unless said. */
class FieldSourcesTest {

  private static final int N = 64;
  private static final int DRAWS = 200_000;
  private static final double[][] K = GaussianFreeField.waveNumbers(8, 8);
  private static final double C = Math.sqrt(DenseField.mean(DenseField.power(K, -2)));
  private static final GaussianFreeField FIELD = new GaussianFreeField(1);

  private static NDArray normal(long step, int... shape) {
    long[] sizes = java.util.Arrays.stream(shape).asLongStream().toArray();
    return Seeds.of(11).normal(step, new Shape(sizes));
  }

  /** Real and imaginary part of complex standard normal noise, of variance 1/2 each. */
  private static NDArray half(long step, int count, int n) {
    return normal(step, count, n).mul((float) Math.sqrt(0.5));
  }

  private static RealMatrix sigma() {
    return DenseField.operator(FIELD.spectrum(8, 8).eigenvalues());
  }

  private static RealMatrix product(NDArray a, NDArray b) {
    int n = (int) a.getShape().get(1);
    return DenseField.matrix(a.transpose().matMul(b), n).scalarMultiply(1.0 / a.getShape().get(0));
  }

  @Test
  @Equation({"6.5.1", "6.5.2"})
  void complexNormal_hasUnitCovarianceAndNoPseudoCovariance() {
    try (Scope scope = Scope.open()) {
      NDArray x = half(0, DRAWS, 4);
      NDArray y = half(1, DRAWS, 4);
      RealMatrix xx = product(x, x);
      RealMatrix yy = product(y, y);
      RealMatrix xy = product(x, y);
      RealMatrix yx = product(y, x);
      RealMatrix one = MatrixUtils.createRealIdentityMatrix(4);
      double error = 4 / Math.sqrt(DRAWS);
      assertEquals(0, DenseField.distance(one, xx.add(yy)), error);
      assertEquals(0, DenseField.distance(yx, xy), error);
      assertEquals(0, DenseField.distance(xx, yy), error);
      assertEquals(0, DenseField.distance(yx.add(xy), one.subtract(one)), error);
      assertExpansion(x, y, xx.add(yy), yx.subtract(xy), -1);
      assertExpansion(x, y, xx.subtract(yy), yx.add(xy), 1);
    }
  }

  /** The mean of z_i z_j, with z_j conjugated for sign −1, number by number. */
  private static void assertExpansion(
      NDArray x, NDArray y, RealMatrix real, RealMatrix imaginary, int sign) {
    double[] re = Tensors.toDoubles(x);
    double[] im = Tensors.toDoubles(y);
    double sumReal = 0;
    double sumImaginary = 0;
    for (int d = 0; d < DRAWS; d++) {
      Complex first = new Complex(re[4 * d], im[4 * d]);
      Complex other = new Complex(re[4 * d + 2], sign * im[4 * d + 2]);
      sumReal += first.multiply(other).getReal() / DRAWS;
      sumImaginary += first.multiply(other).getImaginary() / DRAWS;
    }
    assertEquals(sumReal, real.getEntry(0, 2), 1e-5);
    assertEquals(sumImaginary, imaginary.getEntry(0, 2), 1e-5);
  }

  @ParameterizedTest
  @Equation({"6.5.5", "6.5.9", "6.5.8"})
  @CsvSource({"8, 8, 1", "8, 8, 0", "7, 7, 1", "6, 8, 1.5", "8, 8, 2"})
  void realNoise_hasTheCovariance(int h, int w, double gamma) {
    GaussianFreeField field = new GaussianFreeField(gamma);
    try (Scope scope = Scope.open()) {
      NDArray g = field.sqrt(normal(2, DRAWS, h, w));
      RealMatrix expected = DenseField.operator(field.spectrum(h, w).eigenvalues());
      assertEquals(
          0, DenseField.distance(expected, DenseField.covariance(g)), 4 * Math.sqrt(2.0 / DRAWS));
    }
  }

  @Test
  @Equation({"6.5.5", "6.5.9"})
  void samples_haveTheCovariance_independentlyForEachChannel() {
    try (Scope scope = Scope.open()) {
      int n = 5000;
      NDArray g = FIELD.sample(Seeds.of(12), 0, new Shape(2, 4, 4), n);
      RealMatrix found = DenseField.covariance(g);
      RealMatrix one = DenseField.operator(FIELD.spectrum(4, 4).eigenvalues());
      RealMatrix expected = MatrixUtils.createRealMatrix(32, 32);
      expected.setSubMatrix(one.getData(), 0, 0);
      expected.setSubMatrix(one.getData(), 16, 16);
      assertEquals(0, DenseField.distance(expected, found), 4.5 * Math.sqrt(2.0 / n));
    }
  }

  @Test
  @Equation({"6.5.4", "6.5.8"})
  void complexNoiseOfPixels_givesHalfTheCovariance_unlessScaled() {
    try (Scope scope = Scope.open()) {
      NDArray re = half(3, DRAWS, N).reshape(DRAWS, 8, 8);
      RealMatrix found = DenseField.covariance(FIELD.sqrt(re));
      double error = 4 * Math.sqrt(2.0 / DRAWS);
      assertEquals(0, DenseField.distance(sigma().scalarMultiply(0.5), found), error / 2);
      assertEquals(0, DenseField.distance(sigma(), found.scalarMultiply(2)), error);
    }
  }

  @Test
  @Equation("6.5.4")
  void marginalVariance_ofTheFourReadings() {
    double sigmaN = C / Math.sqrt(2 * N);
    assertEquals(0.0039, variance(true, C), 2e-5);
    assertEquals(1.0 / (4 * N), variance(true, C), 2e-5);
    assertEquals(1.0 / (2 * N), variance(false, C), 4e-5);
    assertEquals(0.5, variance(true, sigmaN), 3e-3);
    assertEquals(1, variance(false, sigmaN), 6e-3);
    assertEquals(1, variance(true, C / Math.sqrt(4 * N)), 6e-3);
  }

  /** Mean over pixels of the variance of 6.5.4, from z complex or real. */
  private static double variance(boolean complex, double sigmaN) {
    return Scope.call(
        () -> {
          NDArray z = (complex ? half(4, 50_000, N) : normal(4, 50_000, N)).reshape(50_000, 8, 8);
          Spectrum powers = Spectrum.of(DenseField.power(K, -2));
          double scale = 1 / (Math.sqrt(2 * N) * sigmaN);
          return scale * scale * Tensors.item(powers.sqrt(z).square().mean());
        });
  }

  @Test
  @Equation("6.5.4")
  void inverse_givesBackRealNoise_butOfComplexNoiseTheRealPartOnly() {
    try (Scope scope = Scope.open()) {
      NDArray x = Seeds.of(13).normal(0, new Shape(1, 8, 8), DataType.FLOAT64);
      NDArray y = Seeds.of(13).normal(1, new Shape(1, 8, 8), DataType.FLOAT64);
      FieldMatrix<Complex> raw = DenseField.complexOperator(DenseField.power(K, -1));
      Complex[] z = new Complex[N];
      double[] re = Tensors.toDoubles(x);
      double[] im = Tensors.toDoubles(y);
      for (int p = 0; p < N; p++) {
        z[p] = new Complex(re[p], im[p]);
      }
      double[] g = new double[N];
      Complex[] mapped = raw.operate(z);
      for (int p = 0; p < N; p++) {
        g[p] = mapped[p].getReal() / C;
      }
      NDArray field = Tensors.of(g, new Shape(1, 8, 8));
      double[] back = Tensors.toDoubles(FIELD.inverseSqrt(field));
      assertArrayEquals(re, back, 1e-13);
      assertTrue(Tensors.item(y.square().mean()) > 0.5, "the imaginary part is lost");
    }
  }

  @Test
  @Equation({"6.5.11", "6.5.12"})
  void complexNoiseOfWaves_hasMeanZeroAndTheCovariance() {
    int draws = 100_000;
    double sigmaN = C / Math.sqrt(2 * N);
    try (Scope scope = Scope.open()) {
      NDArray g = ofWaves(draws, 1).mul((float) (1 / sigmaN));
      double[] mean = Tensors.toDoubles(g.mean(new int[] {0}));
      for (double m : mean) {
        assertEquals(0, m, 5 / Math.sqrt(draws));
      }
      RealMatrix found = DenseField.covariance(g);
      double error = 4 * Math.sqrt(2.0 / draws);
      assertEquals(0, DenseField.distance(sigma(), found), error);
      double scale = 1 / (2 * N * sigmaN * sigmaN);
      RealMatrix single = DenseField.operator(DenseField.power(K, -1)).scalarMultiply(scale);
      assertTrue(DenseField.distance(single, found) > 0.9, "K⁻¹ stands twice");
    }
  }

  @Test
  @Equation("6.5.11")
  void mean_isZero_ofTheFieldOf653_whoseVarianceIsAnother() {
    try (Scope scope = Scope.open()) {
      NDArray g = FIELD.sqrt(normal(7, DRAWS, 8, 8)).reshape(DRAWS, N);
      for (double m : Tensors.toDoubles(g.mean(new int[] {0}))) {
        assertEquals(0, m, 5 / Math.sqrt(DRAWS));
      }
      double[] other = Tensors.toDoubles(ofWaves(1000, 1).square().mean());
      assertEquals(C * C / (2 * N), other[0], 0.1 * C * C / (2 * N));
    }
  }

  /** Real(W⁻¹ K^(−p) ζ) of complex noise ζ of waves, by the matrices: (draws, N). */
  private static NDArray ofWaves(int draws, double p) {
    FieldMatrix<Complex> inverse = DenseField.inverseTransform(8, 8);
    double[] re = new double[N * N];
    double[] im = new double[N * N];
    for (int row = 0; row < N; row++) {
      for (int wave = 0; wave < N; wave++) {
        double factor = Math.pow(K[wave / 8][wave % 8], -p);
        re[wave * N + row] = inverse.getEntry(row, wave).getReal() * factor;
        im[wave * N + row] = -inverse.getEntry(row, wave).getImaginary() * factor;
      }
    }
    NDArray first = half(5, draws, N).matMul(single(re));
    return first.add(half(6, draws, N).matMul(single(im)));
  }

  private static NDArray single(double[] matrix) {
    return Tensors.of(matrix, new Shape(N, N)).toType(DataType.FLOAT32, false);
  }
}

package condgen.noise;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scope;
import condgen.thesis.Equation;
import org.apache.commons.math3.complex.Complex;
import org.apache.commons.math3.linear.FieldMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;

/** Section 6.5 by matrices, for 8 × 8 pixels: N = 64. */
class FieldDerivationTest {

  private static final int N = 64;
  private static final double[][] K = GaussianFreeField.waveNumbers(8, 8);
  private static final double C = Math.sqrt(DenseField.mean(DenseField.power(K, -2)));

  /** √(2N) σ_N = c. */
  private static final double SIGMA = C / Math.sqrt(2 * N);

  private static final GaussianFreeField FIELD = new GaussianFreeField(1);
  private static final RealMatrix ONE = MatrixUtils.createRealIdentityMatrix(N);

  /** Real(W⁻¹ K^p W). */
  private static RealMatrix waves(double p) {
    return DenseField.operator(DenseField.power(K, p));
  }

  private static double largest(FieldMatrix<Complex> difference) {
    double largest = 0;
    for (Complex[] row : difference.getData()) {
      for (Complex number : row) {
        largest = Math.max(largest, number.abs());
      }
    }
    return largest;
  }

  @Test
  @Equation("6.5.10")
  void transform_isSymmetric_andItsInverseIsTheConjugateOverN() {
    FieldMatrix<Complex> w = DenseField.transform(8, 8);
    FieldMatrix<Complex> inverse = DenseField.inverseTransform(8, 8);
    FieldMatrix<Complex> product = w.multiply(inverse);
    for (int p = 0; p < N; p++) {
      product.addToEntry(p, p, Complex.ONE.negate());
    }
    assertEquals(0, largest(product), 1e-13);
    assertEquals(0, largest(w.subtract(w.transpose())), 1e-15);
    assertEquals(0, largest(inverse.subtract(inverse.transpose())), 1e-15);
    assertTrue(largest(inverse.subtract(w)) > 0.9, "the inverse is not W itself");
  }

  @Test
  @Equation("6.5.10")
  void transform_timesItsInverse_isWhatTheLibraryMultiplies() {
    try (Scope scope = Scope.open()) {
      RealMatrix library = DenseField.columns(FIELD::sqrt, 8, 8);
      assertEquals(0, DenseField.distance(waves(-1).scalarMultiply(1 / C), library), 1e-14);
    }
  }

  @Test
  @Equation("6.5-K")
  void index_withoutWrapping_givesNoSymmetricRoot() {
    double[][] literal = DenseField.unwrapped(8);
    RealMatrix a = DenseField.operator(DenseField.power(literal, -1));
    RealMatrix square = DenseField.operator(DenseField.power(literal, -2));
    double share = DenseField.distance(a.multiply(a.transpose()), square) / square.getEntry(0, 0);
    assertEquals(0.2, share, 0.03);
    RealMatrix back = DenseField.operator(literal);
    assertEquals(0.24, DenseField.distance(ONE, a.multiply(back)), 0.01);
    FieldMatrix<Complex> complex = DenseField.complexOperator(DenseField.power(literal, -1));
    assertTrue(DenseField.largestImaginary(complex) > 0.01);
  }

  @Test
  @Equation("6.5-K")
  void index_wrapped_givesARealSymmetricRoot_butNeedsTheConstantWave() {
    RealMatrix a = waves(-1);
    assertEquals(0, DenseField.distance(a.multiply(a.transpose()), waves(-2)), 1e-14);
    assertEquals(0, DenseField.distance(a.transpose(), a), 1e-14);
    FieldMatrix<Complex> complex = DenseField.complexOperator(DenseField.power(K, -1));
    assertEquals(0, DenseField.largestImaginary(complex), 1e-14);
    double[][] zero = GaussianFreeField.waveNumbers(8, 8);
    zero[0][0] = 0;
    assertEquals(Double.POSITIVE_INFINITY, DenseField.power(zero, -1)[0][0]);
    assertFalse(Double.isFinite(DenseField.operator(DenseField.power(zero, -1)).getEntry(0, 1)));
  }

  @Test
  @Equation("6.5.3")
  void complexField_isUndone_andHasUnitVarianceForSigmaEqualToC() {
    RealMatrix forth = waves(-1).scalarMultiply(1 / C);
    RealMatrix back = waves(1).scalarMultiply(C);
    assertEquals(0, DenseField.distance(ONE, back.multiply(forth)), 1e-13);
    double raw = waves(-1).multiply(waves(-1).transpose()).getEntry(5, 5);
    assertEquals(0.20208743, raw, 1e-8);
    assertEquals(0.44954135, Math.sqrt(raw), 1e-8);
    assertEquals(C, Math.sqrt(raw), 1e-14);
    assertEquals(C, FIELD.rawDeviation(8, 8), 1e-15);
    double other = raw / (SIGMA * SIGMA);
    assertEquals(2 * N, other, 1e-10);
  }

  @Test
  @Equation("6.5.6")
  void covariance_isTheSquareOfItsRoot() {
    try (Scope scope = Scope.open()) {
      RealMatrix root = DenseField.columns(FIELD::sqrt, 8, 8);
      RealMatrix sigma = DenseField.columns(FIELD::covariance, 8, 8);
      assertEquals(0, DenseField.distance(sigma, root.multiply(root.transpose())), 3e-15);
      assertEquals(0, DenseField.distance(sigma, root.multiply(root)), 3e-15);
    }
  }

  @Test
  @Equation({"6.5.7", "6.5.13"})
  void root_isTheThesisMatrix_withTheSigmaOfCOverRootTwoN() {
    RealMatrix root = waves(-1).scalarMultiply(1 / (Math.sqrt(2 * N) * SIGMA));
    RealMatrix sigma = waves(-2).scalarMultiply(1 / (2 * N * SIGMA * SIGMA));
    assertEquals(0, DenseField.distance(sigma, root.multiply(root.transpose())), 1e-14);
    try (Scope scope = Scope.open()) {
      assertEquals(0, DenseField.distance(root, DenseField.columns(FIELD::sqrt, 8, 8)), 1e-14);
    }
    RealMatrix other = waves(-1).scalarMultiply(1 / (Math.sqrt(2 * N) * C));
    double variance = other.multiply(other.transpose()).getEntry(0, 0);
    assertEquals(1.0 / (2 * N), variance, 1e-14);
  }

  @Test
  @Equation({"6.5.12", "6.5.14", "6.5.15"})
  void covarianceAndInverses_areTheThesisMatrices() {
    double scale = 2 * N * SIGMA * SIGMA;
    RealMatrix inverse = waves(2).scalarMultiply(scale);
    RealMatrix inverseRoot = waves(1).scalarMultiply(Math.sqrt(scale));
    RealMatrix sigma = waves(-2).scalarMultiply(1 / scale);
    assertEquals(0, DenseField.distance(ONE, sigma.multiply(inverse)), 3e-14);
    assertEquals(0, DenseField.distance(inverse, inverseRoot.multiply(inverseRoot)), 3e-13);
    try (Scope scope = Scope.open()) {
      assertEquals(
          0, DenseField.distance(sigma, DenseField.columns(FIELD::covariance, 8, 8)), 1e-14);
      assertEquals(
          0, DenseField.distance(inverse, DenseField.columns(FIELD::precision, 8, 8)), 1e-12);
      assertEquals(
          0, DenseField.distance(inverseRoot, DenseField.columns(FIELD::inverseSqrt, 8, 8)), 1e-13);
    }
    RealMatrix single = waves(-1).scalarMultiply(1 / scale);
    assertTrue(DenseField.distance(sigma, single) > 0.9, "K⁻¹ stands twice in 6.5.12");
  }

  @Test
  @Equation({"6.5.14", "6.5.15"})
  void inverses_ofTheIndexWithoutWrapping_areNone() {
    double[][] literal = DenseField.unwrapped(8);
    RealMatrix root = DenseField.operator(DenseField.power(literal, -1));
    RealMatrix inverseRoot = DenseField.operator(literal);
    assertEquals(0.24, DenseField.distance(ONE, root.multiply(inverseRoot)), 0.03);
    RealMatrix sigma = root.multiply(root.transpose());
    RealMatrix precision = DenseField.operator(DenseField.power(literal, 2));
    assertTrue(DenseField.distance(ONE, sigma.multiply(precision)) > 0.2);
  }

  @Test
  @Equation("6.5.1-sec")
  void sigma_isTheRootOfTheMeanOver2N() {
    double c = FIELD.rawDeviation(32, 32);
    assertEquals(0.0211851904, c * c, 1e-10);
    assertEquals(0.1455513325, c, 1e-10);
    assertEquals(0.0032162604, c / Math.sqrt(2 * 1024), 1e-10);
    assertEquals(1, FIELD.spectrum(32, 32).covarianceAtLags()[0][0], 1e-12);
    RealMatrix raw = waves(-1);
    double variance = raw.multiply(raw.transpose()).getTrace() / N;
    assertEquals(variance, Math.pow(FIELD.rawDeviation(8, 8), 2), 1e-15);
  }

  @Test
  @Equation("6.5.2-sec")
  void logDeterminant_takesTheScalarToThePowerN() {
    double scalar = Math.sqrt(2 * N) * SIGMA;
    double ofK = 0;
    for (double[] row : K) {
      for (double k : row) {
        ofK -= Math.log(k);
      }
    }
    double right = -N * Math.log(scalar) + ofK;
    RealMatrix root = waves(-1).scalarMultiply(1 / scalar);
    double dense = Math.log(Math.abs(new LUDecomposition(root).getDeterminant()));
    assertEquals(-15.8321922, dense, 1e-7);
    assertEquals(dense, right, 1e-10);
    assertEquals(dense, FIELD.logDeterminant(new Shape(8, 8)) / 2, 1e-10);
    double printed = ofK / scalar;
    assertEquals(-149.0451, printed, 1e-4);
    assertTrue(Math.abs(printed - dense) > 100);
    assertEquals(-3.8002066999, FIELD.logDeterminant(new Shape(4, 4)), 1e-10);
  }
}

package condgen.diffusion;

import static condgen.diffusion.FourNumbers.row;
import static condgen.diffusion.FourNumbers.vector;
import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.noise.DenseNoise;
import condgen.noise.GaussianFreeField;
import condgen.noise.GaussianNoise;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What section 6.4 prints and does not hold, for white noise and for a covariance of four numbers.
 */
class SideBySideErrataTest {

  private static final String BOTH = "condgen.diffusion.FourNumbers#both";
  private static final double[] MEAN = {0.8, 1.4, -0.6, 0.3};
  private static final FourNumbers CORRELATED = FourNumbers.correlated();

  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static NDArray draw(int step, int n) {
    return Seeds.of(64).normal(step, new Shape(n, 4), DataType.FLOAT64);
  }

  /**
   * Data N(m, C): score and E[x₀ | x_t] in closed form. The expected denoised sample as printed is
   * √ᾱ times that; only with √ᾱ x₀* are both lines true.
   */
  @ParameterizedTest
  @MethodSource(BOTH)
  @Equation({"6.4.8", "6.4.9", "6.4.22", "6.4.23"})
  void expectedDenoised_asPrinted_lacksTheRootOfAlphaBar(FourNumbers four) {
    RealMatrix data = Matrices.of(Matrices.dataOfFour());
    RealMatrix noisy = data.scalarMultiply(0.25).add(four.sigma().scalarMultiply(0.75));
    RealVector gap = four.noisy().subtract(vector(MEAN).mapMultiply(0.5));
    RealVector whitened = Matrices.inverse(noisy).operate(gap);
    RealVector exact = vector(MEAN).add(data.operate(whitened).mapMultiply(0.5));
    RealVector score = whitened.mapMultiply(-1);
    NDArray xt = row(four.noisy().toArray());
    NDArray found = four.process().expectedDenoised(xt, row(score.toArray()), 2);
    assertArrayEquals(exact.toArray(), Tensors.toDoubles(found), 1e-12);
    NDArray back = four.process().score(row(exact.toArray()), xt, 2);
    assertArrayEquals(score.toArray(), Tensors.toDoubles(back), 1e-12);
    RealVector printed23 = four.noisy().add(four.sigma().operate(score).mapMultiply(0.75));
    assertEquals(0, printed23.subtract(exact.mapMultiply(0.5)).getLInfNorm(), 1e-12);
    assertTrue(printed23.getLInfDistance(exact) > 0.3);
    RealVector printed22 = four.inverse().operate(exact.subtract(four.noisy())).mapDivide(0.75);
    assertTrue(printed22.getLInfDistance(score) > 0.3);
    double factor = four.inverse().getTrace() / 0.75;
    RealVector scalar = exact.subtract(four.noisy()).mapMultiply(factor);
    assertTrue(scalar.getLInfDistance(score) > 1, "with E‖score‖², a number, in place of Σ⁻¹");
  }

  /** One number, x₀ ~ N(0, 1): x_t is N(0, 1) too and E[x₀ | x_t] = √ᾱ x_t. */
  @Test
  @Equation({"6.4.8", "6.4.9", "Fig6.2-eds"})
  void expectedDenoised_ofOneNumber_is1_andHalfAsPrinted() {
    ForwardProcess process = new ForwardProcess(FourNumbers.SCHEDULE);
    NDArray xt = Tensors.ofDoubles(2);
    NDArray score = Tensors.ofDoubles(-2);
    NDArray found = process.expectedDenoised(xt, score, 2);
    assertEquals(1, Tensors.item(found), 1e-14);
    double variance = 1 - process.schedule().alphaBar(2);
    NDArray printed = Scalars.axpy(variance, process.noise().covariance(score), xt);
    assertEquals(0.5, Tensors.item(printed), 1e-14, "as printed");
    NDArray clean = process.denoisedEstimate(xt, Tensors.ofDoubles(3).sqrt(), 2);
    assertEquals(1, Tensors.item(clean), 1e-14, "from ε* = √(1 − ᾱ) x_t");
  }

  /** The example in the plane, with data N((1, 2), ½ I). */
  @Test
  @Equation({"6.4.22", "6.4.23", "Fig6.2-eds"})
  void expectedDenoised_ofTheExampleInThePlane() {
    NDArray score = PlaneExample.row(PlaneExample.vector("gauss score"));
    NDArray found =
        PlaneExample.process().expectedDenoised(PlaneExample.noisy(), score, PlaneExample.T);
    assertArrayEquals(PlaneExample.vector("E[x0|xt]"), Tensors.toDoubles(found), 1e-9);
    double[] printed = PlaneExample.vector("printed EDS");
    assertArrayEquals(printed, Tensors.toDoubles(found.mul(0.5)), 1e-9);
    NDArray shaped = PlaneExample.process().noise().covariance(score).mul(0.75);
    assertArrayEquals(printed, Tensors.toDoubles(PlaneExample.noisy().add(shaped)), 1e-9);
  }

  /**
   * The exact score of one data point has loss 0 at x_t = √ᾱ x₀ + √(1 − ᾱ) √Σ ε. At the input that
   * 6.4.12 prints, without √Σ, it has tr((Σ^(−½) − Σ⁻¹)²) / (1 − ᾱ): for white noise the two are
   * one.
   */
  @ParameterizedTest
  @MethodSource(BOTH)
  @Equation("6.4.12")
  void scoreLoss_ofTheExactScore_is0AtTheNoisySample_notAtThePrintedInput(FourNumbers four) {
    int n = 20_000;
    NDArray epsilon = draw(1, n);
    NDArray x0 = row(FourNumbers.X0).broadcast(epsilon.getShape());
    NDArray xt = four.process().diffuse(x0, 2, epsilon);
    NDArray target = four.process().scoreOfNoise(epsilon, 2);
    NDArray loss = four.process().score(x0, xt, 2).sub(target).square().sum(new int[] {1});
    assertEquals(0, Tensors.item(loss.mean()), 1e-25);
    NDArray printed = x0.mul(0.5).add(epsilon.mul(Math.sqrt(0.75)));
    NDArray other = four.process().score(x0, printed, 2).sub(target).square().sum(new int[] {1});
    RealMatrix apart = Matrices.inverse(four.root()).subtract(four.inverse());
    double exact = apart.multiply(apart).getTrace() / 0.75;
    double mean = Tensors.item(other.mean());
    double error = Math.sqrt(Tensors.item(other.sub(mean).square().mean()) / n);
    assertEquals(exact, mean, 5 * error + 1e-20);
    assertEquals(four.name().equals("correlated"), mean > 0.3, "loss " + mean);
  }

  /** As a covariance 6.4.13 is right; the mean square norm that it prints is a number. */
  @Test
  @Equation("6.4.13")
  void varianceOfTheScore_isAMatrix_itsMeanSquareNormTheTrace() {
    int n = 200_000;
    NDArray score = CORRELATED.process().scoreOfNoise(draw(2, n), 2);
    RealMatrix exact = CORRELATED.inverse().scalarMultiply(1 / 0.75);
    assertTrue(Matrices.standardErrors(Matrices.sampleCovariance(score), exact, n) < 5);
    double square = Tensors.item(score.square().sum(new int[] {1}).mean());
    assertEquals(exact.getTrace(), square, 0.01 * exact.getTrace());
    double ofNoise = Tensors.item(draw(2, n).square().sum(new int[] {1}).mean());
    assertEquals(4, ofNoise, 0.02, "E‖ε‖² is D, not 1");
    RealMatrix printed = exact.scalarMultiply(ofNoise);
    assertEquals(
        4 * square, printed.getTrace(), 0.02 * 4 * square, "a matrix, with E‖ε‖² too large");
  }

  /** rᵀ (1 − ᾱ) Σ r is the right side; the number (1 − ᾱ) ‖r‖² is not. */
  @Test
  @Equation({"6.4.14", "Fig6.2-smloss"})
  void weightOfTheScoreLoss_isAQuadraticForm_notAFactor() {
    NDArray s = CORRELATED.process().scoreOfNoise(row(FourNumbers.PREDICTED), 2);
    NDArray xt = row(CORRELATED.noisy().toArray());
    NDArray x0 = row(FourNumbers.X0);
    RealVector r = vector(Tensors.toDoubles(s.sub(CORRELATED.process().score(x0, xt, 2))));
    double form = 0.75 * r.dotProduct(CORRELATED.sigma().operate(r));
    RealVector right =
        CORRELATED.root().operate(vector(Tensors.toDoubles(s))).mapMultiply(Math.sqrt(0.75));
    double rightSide = Math.pow(right.add(vector(FourNumbers.EPSILON)).getNorm(), 2);
    assertEquals(form, rightSide, 1e-12);
    NoiseMatching matching = new NoiseMatching(CORRELATED.process());
    assertEquals(form, 2 * Tensors.item(matching.weightedScoreLoss(s, x0, xt, 2)), 1e-12);
    double scalar = 0.75 * r.dotProduct(r);
    assertEquals(scalar, 1.5 * Tensors.item(matching.scoreLoss(s, x0, xt, 2)), 1e-12);
    assertTrue(Math.abs(form - scalar) > 0.1, form + " against " + scalar);
  }

  /** A Σ with an eigenvalue of 0 is enough to add noise, but has no inverse, hence no score. */
  @Test
  @Equation("6.4.10-text")
  void semiDefiniteCovariance_addsNoise_butHasNoScore() {
    double[][] flat = {{1, 0}, {0, 0}};
    assertThrows(SingularMatrixException.class, () -> Matrices.inverse(Matrices.of(flat)));
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new DenseNoise(flat));
    assertTrue(refused.getMessage().contains("positive definite"));
    GaussianNoise field = GaussianFreeField.zeroMean(1);
    ForwardProcess process = new ForwardProcess(FourNumbers.SCHEDULE, field);
    NDArray x0 = Tensors.zeros(new Shape(2, 1, 4, 4), DataType.FLOAT64);
    NDArray epsilon = Seeds.of(65).normal(0, x0.getShape(), DataType.FLOAT64);
    NDArray xt = process.diffuse(x0, 2, epsilon);
    assertTrue(Tensors.item(xt.abs().max()) > 0.1);
    assertEquals(0, Tensors.item(xt.sum(new int[] {1, 2, 3}).abs().max()), 1e-12);
    assertThrows(UnsupportedOperationException.class, () -> process.score(x0, xt, 2));
  }
}

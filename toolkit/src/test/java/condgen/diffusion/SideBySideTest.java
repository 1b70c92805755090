package condgen.diffusion;

import static condgen.diffusion.FourNumbers.vector;
import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.Arrays;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Section 6.4 and figure 6.2: each formula of the summary holds for white noise and for a
 * covariance of four numbers, by the same code; the other route is that of matrices.
 */
class SideBySideTest {

  private static final String BOTH = "condgen.diffusion.FourNumbers#both";
  private static final double ROOT = Math.sqrt(0.75);

  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static void near(RealVector expected, NDArray found, double tolerance) {
    assertArrayEquals(expected.toArray(), Tensors.toDoubles(found), tolerance);
  }

  private static void near(RealMatrix expected, RealMatrix found) {
    assertEquals(0, Matrices.apart(expected, found), 1e-12);
  }

  private static NDArray row(double... numbers) {
    return FourNumbers.row(numbers);
  }

  private static NDArray row(RealVector v) {
    return FourNumbers.row(v.toArray());
  }

  /** Two transitions from the unit vectors and from 0 give factor and covariance of the jump. */
  @ParameterizedTest
  @MethodSource(BOTH)
  @Equation({"6.4.1", "6.4.10", "Fig6.2-forward"})
  void jump_hasMeanAndCovarianceOfTheSteps(FourNumbers four) {
    ForwardProcess process = four.process();
    NDArray unit = Tensors.eye(4).toType(DataType.FLOAT64, false);
    NDArray none = Tensors.zerosLike(unit);
    NDArray kept = process.transition(process.transition(unit, 1, none), 2, none);
    NDArray first = process.transition(process.transition(none, 1, unit), 2, none);
    NDArray second = process.transition(none, 2, unit);
    RealMatrix gathered =
        Matrices.of(first.transpose().matMul(first).add(second.transpose().matMul(second)));
    near(MatrixUtils.createRealIdentityMatrix(4).scalarMultiply(0.5), Matrices.of(kept));
    near(four.sigma().scalarMultiply(0.75), gathered);
    NDArray xt = process.diffuse(row(FourNumbers.X0), 2, row(FourNumbers.EPSILON));
    near(four.noisy(), xt, 1e-12);
    near(vector(FourNumbers.EPSILON), process.noiseBetween(row(FourNumbers.X0), xt, 2), 1e-12);
  }

  /** x_(t−1) given x_t and x̂₀, by conditioning their joint Gaussian. */
  @ParameterizedTest
  @MethodSource(BOTH)
  @Equation({"6.4.2", "6.4.3", "6.4.18"})
  void reverseStep_isTheConditionalDistribution(FourNumbers four) {
    RealMatrix prior = four.sigma().scalarMultiply(0.6);
    RealMatrix across = prior.scalarMultiply(Math.sqrt(0.625));
    RealMatrix noisy = prior.scalarMultiply(0.625).add(four.sigma().scalarMultiply(0.375));
    RealMatrix gain = across.multiply(Matrices.inverse(noisy));
    RealVector start = vector(FourNumbers.X0).mapMultiply(Math.sqrt(0.4));
    RealVector gap = four.noisy().subtract(start.mapMultiply(Math.sqrt(0.625)));
    RealVector mean = start.add(gain.operate(gap));
    RealMatrix covariance = prior.subtract(gain.multiply(across));
    NDArray xt = row(four.noisy());
    near(mean, four.process().posteriorMean(row(FourNumbers.X0), xt, 2), 1e-12);
    AncestralSampler sampler = new AncestralSampler(four.process());
    NDArray unit = Tensors.eye(4).toType(DataType.FLOAT64, false);
    NDArray many = xt.broadcast(new Shape(4, 4));
    NDArray exact = row(FourNumbers.EPSILON).broadcast(new Shape(4, 4));
    NDArray moved = sampler.step(many, 2, exact, unit);
    NDArray drawn = moved.sub(sampler.step(many, 2, exact, Tensors.zerosLike(unit)));
    near(mean, sampler.step(xt, 2, row(FourNumbers.EPSILON), Tensors.zerosLike(xt)), 1e-12);
    near(covariance, Matrices.of(drawn.transpose().matMul(drawn)));
    assertEquals(0.3, FourNumbers.SCHEDULE.betaTilde(2), 1e-14);
    near(four.sigma().scalarMultiply(0.3), covariance);
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  @Equation({"6.4.17", "Fig6.2-ddpm"})
  void cleanEstimate_undoesTheJump_withTheBarOverAlpha(FourNumbers four) {
    NDArray xt = row(four.noisy());
    NDArray exact = four.process().denoisedEstimate(xt, row(FourNumbers.EPSILON), 2);
    near(vector(FourNumbers.X0), exact, 1e-12);
    RealVector shaped = four.root().operate(vector(FourNumbers.PREDICTED)).mapMultiply(ROOT);
    RealVector left = four.noisy().subtract(shaped);
    NDArray estimate = four.process().denoisedEstimate(xt, row(FourNumbers.PREDICTED), 2);
    near(left.mapDivide(0.5), estimate, 1e-12);
    double withoutBar = left.mapDivide(Math.sqrt(0.625)).getEntry(0);
    assertTrue(Math.abs(withoutBar - left.getEntry(0) / 0.5) > 0.3, "√α_t as in figure 6.2");
  }

  /** By differences of the density of commons-math's matrices. */
  @ParameterizedTest
  @MethodSource(BOTH)
  @Equation({"6.4.5", "6.4.11", "Fig6.2-score"})
  void score_isTheSlopeOfTheLogDensity_andTheScaledNoise(FourNumbers four) {
    NDArray score = four.process().score(row(FourNumbers.X0), row(four.noisy()), 2);
    double h = 1e-5;
    for (int k = 0; k < 4; k++) {
      RealVector step = vector(0, 0, 0, 0);
      step.setEntry(k, h);
      double up = logDensity(four, four.noisy().add(step));
      double down = logDensity(four, four.noisy().subtract(step));
      assertEquals((up - down) / (2 * h), Tensors.toDoubles(score)[k], 1e-8);
    }
    RealVector white = Matrices.inverse(four.root()).operate(vector(FourNumbers.EPSILON));
    near(white.mapMultiply(-1 / ROOT), score, 1e-12);
    near(
        white.mapMultiply(-1 / ROOT),
        four.process().scoreOfNoise(row(FourNumbers.EPSILON), 2),
        1e-12);
    double log = logDensity(four, four.noisy());
    NDArray found = four.process().logDensity(row(FourNumbers.X0), row(four.noisy()), 2);
    assertEquals(log, Tensors.item(found), 1e-12);
  }

  private static double logDensity(FourNumbers four, RealVector xt) {
    RealVector r = xt.subtract(vector(FourNumbers.X0).mapMultiply(0.5));
    LUDecomposition parts = new LUDecomposition(four.sigma().scalarMultiply(0.75));
    double constant = 4 * Math.log(2 * Math.PI) + Math.log(parts.getDeterminant());
    return -0.5 * (constant + r.dotProduct(parts.getSolver().solve(r)));
  }

  /** Data N(0, C): the best linear network has the loss tr(I − (1 − ᾱ) √Σ Cov(x_t)⁻¹ √Σ). */
  @ParameterizedTest
  @MethodSource(BOTH)
  @Equation({"6.4.4", "6.4.16", "Fig6.2-nmloss"})
  void noiseLoss_is0ForTheExactNoise_andTheClosedFormForTheBestLinearNetwork(FourNumbers four) {
    int n = 100_000;
    int[] t = new int[n];
    Arrays.fill(t, 2);
    RealMatrix data = Matrices.of(Matrices.dataOfFour());
    NDArray spread = Matrices.samples(FourNumbers.rootOf(data), new Shape(4));
    NDArray x0 = Seeds.of(5).normal(0, new Shape(n, 4), DataType.FLOAT64).matMul(spread);
    NDArray epsilon = Seeds.of(5).normal(1, new Shape(n, 4), DataType.FLOAT64);
    NoiseMatching matching = new NoiseMatching(four.process());
    assertEquals(0, Tensors.item(matching.loss((x, s) -> epsilon, x0, t, epsilon)), 0);
    RealMatrix noisy = data.scalarMultiply(0.25).add(four.sigma().scalarMultiply(0.75));
    RealMatrix best = Matrices.inverse(noisy).multiply(four.root()).scalarMultiply(ROOT);
    NDArray map = Matrices.samples(best, new Shape(4));
    double loss = Tensors.item(matching.loss((x, s) -> x.matMul(map), x0, t, epsilon));
    double exact = 4 - four.root().multiply(best).scalarMultiply(ROOT).getTrace();
    assertEquals(exact, loss, 0.01 * exact);
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  @Equation({"6.4.6", "6.4.7", "6.4.15", "6.4.16"})
  void weightedScoreLoss_isTheNoiseLoss(FourNumbers four) {
    RealMatrix unroot = Matrices.inverse(four.root());
    RealVector score = unroot.operate(vector(FourNumbers.PREDICTED)).mapMultiply(-1 / ROOT);
    NDArray byLibrary = four.process().scoreOfNoise(row(FourNumbers.PREDICTED), 2);
    near(score, byLibrary, 1e-12);
    RealVector r = score.add(unroot.operate(vector(FourNumbers.EPSILON)).mapDivide(ROOT));
    double weighted = 0.75 * r.dotProduct(four.sigma().operate(r));
    RealVector sum = four.root().operate(score).mapMultiply(ROOT).add(vector(FourNumbers.EPSILON));
    double byNoise = vector(FourNumbers.EPSILON).subtract(vector(FourNumbers.PREDICTED)).getNorm();
    assertEquals(weighted, sum.dotProduct(sum), 1e-12);
    assertEquals(weighted, byNoise * byNoise, 1e-12);
    NDArray predicted = row(FourNumbers.PREDICTED);
    NDArray x0 = row(FourNumbers.X0);
    NoiseMatching matching = new NoiseMatching(four.process());
    int[] t = {2};
    NDArray loss = matching.loss((x, s) -> predicted, x0, t, row(FourNumbers.EPSILON));
    assertEquals(weighted, Tensors.item(loss), 1e-12);
    NDArray xt = row(four.noisy());
    double half = Tensors.item(matching.weightedScoreLoss(byLibrary, x0, xt, 2));
    assertEquals(weighted, 2 * half, 1e-12, "6.4.6 has no ½, 6.2.5 has");
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  @Equation({"6.4.20", "6.4.21", "Fig6.2-ddim"})
  void ddimStep_keepsTheNoise(FourNumbers four) {
    NDArray xt = row(four.noisy());
    DdimSampler sampler = new DdimSampler(four.process());
    RealVector shaped = four.root().operate(vector(FourNumbers.EPSILON));
    RealVector start = vector(FourNumbers.X0).mapMultiply(Math.sqrt(0.4));
    RealVector law = four.noisy().subtract(vector(FourNumbers.X0).mapMultiply(0.5));
    RealVector expected = start.add(law.mapMultiply(Math.sqrt(0.6) / ROOT));
    near(expected, row(start.add(shaped.mapMultiply(Math.sqrt(0.6)))), 1e-12);
    NDArray z = row(1, 2, 3, 4);
    near(expected, sampler.step(xt, 2, row(FourNumbers.EPSILON), z), 1e-12);
    RealVector other = four.root().operate(vector(FourNumbers.PREDICTED));
    RealVector clean = four.noisy().subtract(other.mapMultiply(ROOT)).mapDivide(0.5);
    RealVector next = clean.mapMultiply(Math.sqrt(0.4)).add(other.mapMultiply(Math.sqrt(0.6)));
    near(next, sampler.step(xt, 2, row(FourNumbers.PREDICTED), z), 1e-12);
  }

  /** x₀ ~ N(0, Σ): then x_(t−1) given x_t alone is N(√(1 − β) x_t, β Σ). */
  @ParameterizedTest
  @MethodSource(BOTH)
  @Equation("6.4.19")
  void variance_betaSigma_isExactForDataOfTheNoisesLaw(FourNumbers four) {
    RealMatrix across = four.sigma().scalarMultiply(Math.sqrt(0.625));
    RealMatrix gain = across.multiply(four.inverse());
    RealMatrix covariance = four.sigma().subtract(gain.multiply(across.transpose()));
    near(four.sigma().scalarMultiply(0.375), covariance);
    NDArray xt = row(four.noisy());
    NDArray best = four.noise().inverseSqrt(xt).mul(ROOT);
    AncestralSampler sampler =
        new AncestralSampler(four.process(), AncestralSampler.Variance.BETA, false);
    NDArray mean = sampler.step(xt, 2, best, Tensors.zerosLike(xt));
    near(gain.operate(four.noisy()), mean, 1e-12);
    near(four.noisy().mapMultiply(Math.sqrt(0.625)), mean, 1e-12);
    NDArray unit = Tensors.eye(4).toType(DataType.FLOAT64, false);
    NDArray drawn =
        sampler
            .step(xt.broadcast(new Shape(4, 4)), 2, best.broadcast(new Shape(4, 4)), unit)
            .sub(mean);
    near(covariance, Matrices.of(drawn.transpose().matMul(drawn)));
  }

  /** The continuous time at which e^(−∫β) = 0.25 has the law of the chain's second level. */
  @ParameterizedTest
  @MethodSource(BOTH)
  @Equation({"6.4.24", "6.4.25", "Fig6.2-sde"})
  void transitionOfTheEquation_isTheJumpAtTheSameLevel(FourNumbers four) {
    VariancePreserving sde = new VariancePreserving(2, 2, four.noise());
    double t = Math.log(4) / 2;
    NDArray xt = sde.diffuse(row(FourNumbers.X0), t, row(FourNumbers.EPSILON));
    near(four.noisy(), xt, 1e-12);
    double log = Tensors.item(sde.logDensity(row(FourNumbers.X0), row(four.noisy()), t));
    assertEquals(logDensity(four, four.noisy()), log, 1e-12);
    NDArray drift = sde.forward().drift(t, row(FourNumbers.X0));
    near(vector(FourNumbers.X0).mapMultiply(-1), drift, 1e-12);
    NDArray spread = sde.forward().diffusion(t, xt, row(FourNumbers.EPSILON));
    RealVector shaped = four.root().operate(vector(FourNumbers.EPSILON));
    near(shaped.mapMultiply(Math.sqrt(2)), spread, 1e-12);
  }
}

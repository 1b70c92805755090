package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import condgen.noise.DenseNoise;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;

/** Section 6.3.12. */
class LangevinVarianceTest {

  private static final double MIN = 1e-4;

  private static RealMatrix sigma() {
    return new Array2DRowRealMatrix(
        new double[][] {
          {1, 0.5, 0.2, 0.1}, {0.5, 1, 0.4, 0.2}, {0.2, 0.4, 1, 0.3}, {0.1, 0.2, 0.3, 1}
        });
  }

  /** λ of the field of γ = 1 on 32 x 32 pixels with mean 1, for a given |k₀₀|; ∞ leaves it out. */
  private static double[] field(double k00) {
    double[] lambda = new double[1024];
    for (int k = 0; k < 1024; k++) {
      int i = k / 32 - 16;
      int j = k % 32 - 16;
      lambda[k] = i == 0 && j == 0 ? 1 / (k00 * k00) : 1.0 / (i * i + j * j);
    }
    double mean = DoubleStream.of(lambda).average().orElseThrow();
    return DoubleStream.of(lambda).filter(l -> l > 0).map(l -> l / mean).toArray();
  }

  /** (A) V ← P V P + 2αΣ step by step; (B) the formula with powers; (C) with transposes. */
  @Test
  @Equation("6.3.25")
  void formula_isTheRecursion_ifPTIsAPower() {
    double g = 1.0376;
    double eta = 0.05;
    RealMatrix s = sigma();
    RealMatrix inverse = new LUDecomposition(s).getSolver().getInverse();
    RealMatrix p = MatrixUtils.createRealIdentityMatrix(4).subtract(inverse.scalarMultiply(eta));
    RealMatrix recursion = s.scalarMultiply(g * g);
    RealMatrix powers = p.power(5).multiply(s).multiply(p.power(5)).scalarMultiply(g * g);
    RealMatrix transposes = p.transpose().multiply(s).multiply(p.transpose()).scalarMultiply(g * g);
    for (int t = 0; t < 5; t++) {
      recursion = p.multiply(recursion).multiply(p).add(s.scalarMultiply(2 * eta));
      RealMatrix term = p.power(t).multiply(s).multiply(p.power(t)).scalarMultiply(2 * eta);
      powers = powers.add(term);
      transposes = transposes.add(term);
    }
    assertEquals(0, recursion.subtract(powers).getNorm(), 1e-14);
    assertTrue(recursion.subtract(transposes).getNorm() > 0.1);
    LangevinVariance variance = new LangevinVariance(g, 5);
    double[] lambda = new EigenDecomposition(s).getRealEigenvalues();
    double[] found = DoubleStream.of(lambda).map(l -> variance.printed(eta, l)).toArray();
    double[] dense = new EigenDecomposition(recursion).getRealEigenvalues();
    Arrays.sort(found);
    Arrays.sort(dense);
    assertArrayEquals(dense, found, 1e-13);
  }

  @Test
  @Equation("6.3.12-sec-proof")
  void bothFormsOfP_agree_ifAlphaIsThatOfTheLevel() {
    double epsilon = 3.1e-7;
    double level = 0.37;
    DenseNoise noise = new DenseNoise(sigma().getData());
    ScaledNoise process = new ScaledNoise(NoiseScales.of(0.01, level), noise);
    double alpha = new LangevinSampler(process, 5, epsilon).alpha(2);
    RealMatrix inverse = new LUDecomposition(sigma()).getSolver().getInverse();
    double[] bySmallest = flat(inverse.scalarMultiply(epsilon / MIN));
    Scope.run(
        () -> {
          NDArray one = Tensors.eye(4).toType(DataType.FLOAT64, false);
          NDArray drift = process.score(Tensors.zerosLike(one), one, 2);
          double[] byLevel = Tensors.toDoubles(Scalars.scale(drift, -alpha));
          assertArrayEquals(bySmallest, byLevel, 1e-14);
        });
    double step = new LangevinVariance(1, 1).printed(epsilon / MIN, 0.4);
    double byAlpha =
        Math.pow(1 - alpha / (level * level * 0.4), 2) * 0.4 + 2 * alpha * 0.4 / level / level;
    assertEquals(byAlpha, step, 1e-15);
  }

  private static double[] flat(RealMatrix matrix) {
    return Arrays.stream(matrix.getData()).flatMapToDouble(Arrays::stream).toArray();
  }

  /** Printed: the variance tends to Σ², after it has hardly moved; preconditioned: to Σ. */
  @Test
  @Equation({"6.3.25-crit", "6.3.25"})
  void printedRecursion_tendsToTheSquare_preconditionedToTheCovarianceItself() {
    double eta = 0.01;
    for (double lambda : new double[] {0.4, 1, 1.6}) {
      LangevinVariance many = new LangevinVariance(1.0376, 5000);
      assertEquals(lambda * lambda / (1 - eta / (2 * lambda)), many.printed(eta, lambda), 1e-9);
      assertEquals(lambda * lambda + eta * lambda / 2, many.printed(eta, lambda), 1e-4);
      assertEquals(1 / (1 - eta / 2), many.preconditioned(eta), 1e-12);
    }
    double[] lambda = field(1);
    double small = 3.1e-7 / MIN;
    assertEquals(1.0766, new LangevinVariance(1.0376, 5).printed(1e-9, lambda), 5e-5);
    assertEquals(1.0755, new LangevinVariance(1.0376, 5).printed(small, lambda), 5e-5);
    assertEquals(3.61, new LangevinVariance(1.0376, 1000).printed(small, lambda), 5e-3);
    assertEquals(15.27, new LangevinVariance(1.0376, 100_000).printed(small, lambda), 5e-3);
  }

  @Test
  @Equation("6.3.12-sec-eps")
  void stepSizes_areThoseOfTheThesis_byTheRuleThatDoesNotHelp() {
    LangevinVariance five = new LangevinVariance(1.0376, 5);
    LangevinVariance one = new LangevinVariance(1.0376, 1);
    double[][] found = new double[3][];
    double[] choices = {1, Double.POSITIVE_INFINITY, Math.sqrt(2)};
    for (int k = 0; k < 3; k++) {
      double[] lambda = field(choices[k]);
      found[k] = new double[] {five.printedEta(lambda) * MIN, one.printedEta(lambda) * MIN};
    }
    assertArrayEquals(new double[] {3.02e-7, 1.96e-6}, found[0], 6e-9);
    assertArrayEquals(new double[] {3.12e-7, 2.01e-6}, found[2], 6e-9);
    assertEquals(3.17e-7, found[1][0], 6e-9);
    assertEquals(2.03e-6, found[1][1], 2e-8);
    double[] lambda = field(1);
    assertEquals(1.0755, five.printed(five.printedEta(lambda), lambda), 5e-5);
    double[] ratio = {0.0922, 1, 47.2};
    double[] end = DoubleStream.of(ratio).map(l -> five.printed(0.0031, l) / l).toArray();
    assertArrayEquals(new double[] {0.792, 1.074, 1.107}, end, 1e-3);
  }

  /** One step size for all modes, that of white noise: 6.2e-6 is printed for SMLD. */
  @Test
  @Equation("6.3.12-sec-eps")
  void preconditionedStepSizes_areThoseOfWhiteNoise() {
    LangevinVariance five = new LangevinVariance(1.0376, 5);
    assertEquals(6.19e-6, five.eta() * MIN, 5e-9);
    assertEquals(7.116e-6, new LangevinVariance(1.0376, 1).eta() * MIN, 5e-10);
    assertEquals(1.0555, five.preconditioned(five.eta()), 5e-5);
    double[] white = {1, 1, 1};
    assertEquals(five.eta(), five.printedEta(white), 1e-6);
    double g2 = 1.0376 * 1.0376;
    assertEquals((g2 - 1) / g2, new LangevinVariance(1.0376, 1).eta(), 1e-6, "by calculus");
    double p10 = Math.pow(1 - 0.06, 10);
    assertEquals(g2 * p10 + (1 - p10) / 0.97, five.preconditioned(0.06), 1e-14);
  }

  /** 207 levels of five steps each: what is left of the noise, over the smallest variance. */
  @Test
  @Equation({"6.3.13", "6.3.12-sec-eps"})
  void wholeRun_withThePrintedDrift_leavesMillionsOfTimesTheVariance() {
    double printed = 0;
    double[] lambda = field(1);
    for (double l : lambda) {
      printed += wholeRun(3.1e-7, (variance, eta) -> variance.printed(eta, l), l) / lambda.length;
    }
    assertEquals(2.15e6, printed, 0.01e6);
    assertEquals(1.13, wholeRun(6.19e-6, LangevinVariance::preconditioned, 1), 5e-3);
  }

  /** Five steps take a variance v to share v + fresh, whatever growth it comes from. */
  private static double wholeRun(
      double epsilon, ToDoubleBiFunction<LangevinVariance, Double> variance, double lambda) {
    NoiseScales scales = NoiseScales.geometric(207, 0.01, 20);
    LangevinSampler sampler = new LangevinSampler(new ScaledNoise(scales), 5, epsilon);
    double v = lambda;
    for (int i = 207; i >= 1; i--) {
      double eta = sampler.alpha(i) / (scales.sigma(i) * scales.sigma(i));
      double one = variance.applyAsDouble(new LangevinVariance(1, 5), eta);
      double four = variance.applyAsDouble(new LangevinVariance(2, 5), eta);
      double share = (four - one) / (3 * lambda);
      double above = i == 207 ? 1 : scales.growth(i + 1);
      v = share * above * above * v + one - share * lambda;
    }
    return v;
  }

  @Test
  void badNumbers_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> new LangevinVariance(0.9, 5));
    assertThrows(IllegalArgumentException.class, () -> new LangevinVariance(1.1, 0));
    LangevinVariance variance = new LangevinVariance(1.1, 1);
    assertThrows(IllegalArgumentException.class, () -> variance.printed(0, 1));
    assertThrows(IllegalArgumentException.class, () -> variance.printed(0.1, 0));
    double infinite = Double.POSITIVE_INFINITY;
    assertThrows(IllegalArgumentException.class, () -> variance.printed(infinite, 1));
    assertThrows(IllegalArgumentException.class, () -> variance.printed(0.1, infinite));
    assertThrows(IllegalArgumentException.class, () -> variance.printed(0.1, new double[0]));
    assertThrows(IllegalArgumentException.class, () -> variance.printedEta(new double[0]));
    assertThrows(IllegalArgumentException.class, () -> variance.printedEta(new double[] {1, -1}));
    for (double eta : new double[] {0, 2, 2.5, infinite, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> variance.preconditioned(eta));
    }
    assertTrue(variance.preconditioned(1.99) > 1);
  }
}

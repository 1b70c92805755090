package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
import java.util.stream.Stream;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Thesis 6.2.7 and 6.2.8: one reverse step with correlated noise. */
class CorrelatedReverseTest {

  private static final NoiseSchedule SCHEDULE = NoiseSchedule.linear(10, 0.02, 0.3);

  /** A noise, the shape of its samples, and Σ by another way. */
  static Stream<Arguments> noises() {
    double[][] four = Matrices.four();
    return Stream.of(
        arguments(new DenseNoise(four), new Shape(4), Matrices.of(four)),
        arguments(
            new GaussianFreeField(1),
            new Shape(4, 4),
            Matrices.of(FieldByCosines.covariance(1, 4, 4))));
  }

  private static NDArray draw(int step, Shape shape) {
    return Seeds.of(64).normal(step, shape, DataType.FLOAT64);
  }

  private static AncestralSampler sampler() {
    return new AncestralSampler(PlaneExample.process());
  }

  @Test
  @Equation({"6.2.15", "6.2.23", "6.2.25"})
  void denoisedEstimate_ofTheTrueNoiseIsTheCleanSample_ofAnotherTheNumberOfTheExample() {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = PlaneExample.process();
      NDArray xt = PlaneExample.noisy();
      NDArray exact = process.denoisedEstimate(xt, PlaneExample.row(PlaneExample.EPSILON), 2);
      assertArrayEquals(PlaneExample.X0, Tensors.toDoubles(exact), 1e-12);
      NDArray predicted = PlaneExample.row(PlaneExample.vector("eps_theta"));
      assertArrayEquals(
          PlaneExample.vector("x0hat(eps_theta)"),
          Tensors.toDoubles(process.denoisedEstimate(xt, predicted, 2)),
          1e-10);
    }
  }

  /** Brute force: condition the joint Gaussian of (x_(t−1), x_t) given x₀ on x_t. */
  @ParameterizedTest
  @MethodSource("noises")
  @Equation({"6.2.16", "6.2.17"})
  void posterior_isTheJointGaussianConditioned(GaussianNoise noise, Shape one, RealMatrix sigma) {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = new ForwardProcess(SCHEDULE, noise);
      int t = 6;
      double before = SCHEDULE.alphaBar(t - 1);
      double root = Math.sqrt(1 - SCHEDULE.beta(t));
      RealMatrix u = sigma.scalarMultiply(1 - before);
      RealMatrix v = u.scalarMultiply(root * root).add(sigma.scalarMultiply(SCHEDULE.beta(t)));
      RealMatrix gain = u.scalarMultiply(root).multiply(Matrices.inverse(v));
      RealMatrix left = u.subtract(gain.multiply(u.scalarMultiply(root)));
      NDArray x0 = draw(1, new Shape(1).addAll(one));
      NDArray xt = draw(2, new Shape(1).addAll(one));
      RealMatrix clean = Matrices.of(x0).transpose().scalarMultiply(Math.sqrt(before));
      RealMatrix surprise = Matrices.of(xt).transpose().subtract(clean.scalarMultiply(root));
      RealMatrix mean = clean.add(gain.multiply(surprise));
      RealMatrix found = Matrices.of(process.posteriorMean(x0, xt, t)).transpose();
      assertEquals(0, Matrices.apart(mean, found), 1e-12);
      RealMatrix tilde = sigma.scalarMultiply(SCHEDULE.betaTilde(t));
      assertEquals(0, Matrices.apart(left, tilde), 1e-12);
    }
  }

  private static RealMatrix bishopCovariance(RealMatrix prior, double a, RealMatrix noise) {
    RealMatrix ofData = Matrices.inverse(noise).scalarMultiply(a * a);
    return Matrices.inverse(Matrices.inverse(prior).add(ofData));
  }

  /** Bishop's 2.116 in 6.2.16, with the transition as p(v | u), and with the jump in its place. */
  @Test
  @Equation({"6.2.16", "6.2.16-note"})
  void bishopsFormula_withTheTransitionGivesThePosterior_withTheJumpOnlyThePrior() {
    RealMatrix sigma = Matrices.of(Matrices.four());
    int t = 6;
    double beta = SCHEDULE.beta(t);
    RealMatrix prior = sigma.scalarMultiply(1 - SCHEDULE.alphaBar(t - 1));
    RealMatrix c = bishopCovariance(prior, Math.sqrt(1 - beta), sigma.scalarMultiply(beta));
    RealMatrix tilde = sigma.scalarMultiply(SCHEDULE.betaTilde(t));
    assertEquals(0, Matrices.apart(c, tilde), 1e-12);
    RealMatrix jump = sigma.scalarMultiply(1 - SCHEDULE.alphaBar(t));
    RealMatrix withJump = bishopCovariance(prior, 0, jump);
    assertEquals(0, Matrices.apart(prior, withJump), 1e-12, "p(x_t | x₀) does not depend on u");
    assertTrue(Matrices.apart(withJump, tilde) > 0.3);
    RealMatrix x0 = Matrices.of(new double[][] {{1, -1, 0.5, 2}}).transpose();
    RealMatrix xt = Matrices.of(new double[][] {{0.3, 0.7, -1, 1}}).transpose();
    RealMatrix mu = x0.scalarMultiply(Math.sqrt(SCHEDULE.alphaBar(t - 1)));
    RealMatrix ofData = Matrices.inverse(sigma).scalarMultiply(Math.sqrt(1 - beta) / beta);
    RealMatrix mean = c.multiply(ofData.multiply(xt).add(Matrices.inverse(prior).multiply(mu)));
    try (Scope scope = Scope.open()) {
      NDArray library =
          new ForwardProcess(SCHEDULE, new DenseNoise(Matrices.four()))
              .posteriorMean(
                  Matrices.samples(x0.transpose(), new Shape(4)),
                  Matrices.samples(xt.transpose(), new Shape(4)),
                  t);
      assertEquals(0, Matrices.apart(mean.transpose(), Matrices.of(library)), 1e-12);
    }
  }

  @Test
  @Equation("6.2.17")
  void posterior_ofTheExample() {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = PlaneExample.process();
      NDArray x0 = PlaneExample.row(PlaneExample.X0);
      double[] mean = Tensors.toDoubles(process.posteriorMean(x0, PlaneExample.noisy(), 2));
      assertArrayEquals(PlaneExample.vector("mutilde"), mean, 1e-10);
      double tilde = process.schedule().betaTilde(2);
      assertEquals(PlaneExample.number("betatilde"), tilde, 1e-12);
      assertEquals(PlaneExample.number("beta_t"), process.schedule().beta(2), 1e-12);
    }
  }

  @Test
  @Equation("6.2.18")
  void step_ofManyDraws_isSpreadAroundThePosteriorMeanByBetaTildeSigma() {
    try (Scope scope = Scope.open()) {
      int n = 100_000;
      NDArray zero = Tensors.zeros(new Shape(n, 2), DataType.FLOAT64);
      NDArray predicted = PlaneExample.row(PlaneExample.vector("eps_theta"));
      NDArray x =
          sampler()
              .step(
                  zero.add(PlaneExample.noisy()), 2, zero.add(predicted), draw(3, zero.getShape()));
      RealMatrix exact = Matrices.of(PlaneExample.sigma()).scalarMultiply(0.3);
      assertTrue(Matrices.standardErrors(Matrices.sampleCovariance(x), exact, n) < 4);
      double[] mean = Tensors.toDoubles(x.mean(new int[] {0}));
      double error = 4 * Math.sqrt(0.3 / n);
      assertArrayEquals(PlaneExample.vector("mutilde(x0hat)"), mean, error);
    }
  }

  /** 6.2.18 leads to 6.2.20 with nothing in between, whatever stood under the number 6.2.19. */
  @Test
  @Equation({"6.2.19", "6.2.20", "6.2.21", "6.2.22"})
  void oneLine_isTheStepOverTheCleanSample_alsoWithTheScore_butNotItsLineBefore() {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = PlaneExample.process();
      NDArray xt = PlaneExample.noisy();
      NDArray predicted = PlaneExample.row(PlaneExample.vector("eps_theta"));
      NDArray zero = Tensors.zerosLike(xt);
      double[] two = Tensors.toDoubles(sampler().step(xt, 2, predicted, zero));
      double[] one = Tensors.toDoubles(sampler().stepInOneLine(xt, 2, predicted, zero));
      assertArrayEquals(PlaneExample.vector("mutilde(x0hat)"), two, 1e-10);
      assertArrayEquals(PlaneExample.vector("6.2.21 mean"), one, 1e-10);
      assertArrayEquals(two, one, 1e-12);
      NDArray score = process.scoreOfNoise(predicted, 2);
      NDArray ofScore = Scalars.axpy(0.375, process.noise().covariance(score), xt);
      double[] third = Tensors.toDoubles(Scalars.scale(ofScore, 1 / Math.sqrt(0.625)));
      assertArrayEquals(PlaneExample.vector("6.2.22 mean"), third, 1e-10);
      assertArrayEquals(one, third, 1e-12);
      NDArray shaped = process.noise().sqrt(predicted);
      NDArray lineBefore =
          Scalars.axpy(-0.375 / Math.sqrt(0.75), shaped, Scalars.scale(xt, 0.375 / 0.75));
      double[] printed = Tensors.toDoubles(Scalars.scale(lineBefore, 1 / Math.sqrt(0.625)));
      assertArrayEquals(PlaneExample.vector("6.2.20 penult printed"), printed, 1e-9);
      assertTrue(Math.abs(printed[0] - one[0]) > 0.5, "β / (1 − ᾱ) where 1 has to stand");
    }
  }

  @ParameterizedTest
  @MethodSource("noises")
  @Equation({"6.2.19", "6.2.20", "6.2.21", "6.2.22"})
  void oneLine_isTheStep_withNoise_atEveryLevel(GaussianNoise noise, Shape one, RealMatrix sigma) {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = new ForwardProcess(SCHEDULE, noise);
      AncestralSampler sampler = new AncestralSampler(process);
      Shape batch = new Shape(3).addAll(one);
      NDArray x = draw(4, batch);
      NDArray epsilon = draw(5, batch);
      NDArray z = draw(6, batch);
      for (int t = 10; t >= 1; t--) {
        double[] two = Tensors.toDoubles(sampler.step(x, t, epsilon, z));
        assertArrayEquals(two, Tensors.toDoubles(sampler.stepInOneLine(x, t, epsilon, z)), 1e-12);
        double beta = SCHEDULE.beta(t);
        RealMatrix s = Matrices.of(process.scoreOfNoise(epsilon, t));
        RealMatrix mean =
            Matrices.of(x)
                .add(s.multiply(sigma).scalarMultiply(beta))
                .scalarMultiply(1 / Math.sqrt(1 - beta));
        NDArray still = sampler.step(x, t, epsilon, Tensors.zerosLike(z));
        assertEquals(0, Matrices.apart(mean, Matrices.of(still)), 1e-11);
      }
    }
  }

  @Test
  @Equation("6.2.24")
  void barsOnBeta_readAsBetaAndBetaTilde_elseTheMeanIsWrong() {
    try (Scope scope = Scope.open()) {
      int t = 6;
      DenseNoise noise = new DenseNoise(Matrices.four());
      ForwardProcess process = new ForwardProcess(SCHEDULE, noise);
      NDArray x = draw(7, new Shape(1, 4));
      NDArray epsilon = draw(8, new Shape(1, 4));
      NDArray clean = process.denoisedEstimate(x, epsilon, t);
      NDArray zero = Tensors.zerosLike(x);
      NDArray right = new AncestralSampler(process).stepInOneLine(x, t, epsilon, zero);
      double product = 1;
      for (int s = 1; s <= t; s++) {
        product *= SCHEDULE.beta(s);
      }
      assertEquals(0, apart(right, mean(clean, x, t, SCHEDULE.beta(t))), 1e-12);
      assertTrue(apart(right, mean(clean, x, t, 1 - SCHEDULE.alphaBar(t))) > 0.1, "1 − ᾱ");
      assertTrue(apart(right, mean(clean, x, t, product)) > 0.05, "the product of the betas");
      RealMatrix root = Matrices.linear(noise::sqrt, new Shape(4));
      RealMatrix added =
          Matrices.linear(
              z -> new AncestralSampler(process).step(zeros(z), t, zeros(z), z), new Shape(4));
      RealMatrix tilde = root.scalarMultiply(Math.sqrt(SCHEDULE.betaTilde(t)));
      assertEquals(0, Matrices.apart(tilde, added), 1e-12);
      assertEquals(
          0,
          Matrices.apart(
              MatrixUtils.createRealIdentityMatrix(4),
              Matrices.linear(noise::inverseSqrt, new Shape(4)).multiply(root)),
          1e-12);
    }
  }

  private static NDArray zeros(NDArray like) {
    return Tensors.zerosLike(like);
  }

  /** 6.2.24 without its noise, with whatever the bar is to mean. */
  private static NDArray mean(NDArray clean, NDArray x, int t, double underBar) {
    double left = 1 - SCHEDULE.alphaBar(t);
    double before = SCHEDULE.alphaBar(t - 1);
    return Scalars.axpy(
        Math.sqrt(before) * SCHEDULE.beta(t) / left,
        clean,
        Scalars.scale(x, Math.sqrt(1 - underBar) * (1 - before) / left));
  }

  private static double apart(NDArray a, NDArray b) {
    return Tensors.item(a.sub(b).abs().max());
  }
}

package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.noise.DenseNoise;
import condgen.ode.BrownianPath;
import condgen.ode.DormandPrince;
import condgen.ode.EulerMaruyama;
import condgen.ode.LinearMoments;
import condgen.ode.Ode;
import condgen.ode.Sde;
import condgen.ode.StepObserver;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Section 6.2.11, row by row, on four numbers with a covariance Σ. */
class NivpTest {

  private static final double[][] SIGMA = {
    {1.2, 0.5, 0.1, -0.2}, {0.5, 0.9, 0.3, 0}, {0.1, 0.3, 1.1, 0.4}, {-0.2, 0, 0.4, 0.8}
  };
  private static final double[] MEAN = {2, -1, 0.5, 1.5};
  private static final double[] START = {.5, .1, 0, 0, .1, .3, 0, 0, 0, 0, .2, .05, 0, 0, .05, .6};

  /** β(t) = 0.1 + 1.9 t, so ∫β = 1.05 up to t = 1. */
  private static final VariancePreserving SDE =
      new VariancePreserving(0.1, 2, new DenseNoise(SIGMA));

  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static NDArray matrix(double... numbers) {
    return Tensors.of(numbers, new Shape(numbers.length / 4, 4));
  }

  private static double[] flat(double[][] rows) {
    double[] flat = new double[16];
    for (int k = 0; k < 16; k++) {
      flat[k] = rows[k / 4][k % 4];
    }
    return flat;
  }

  /** 20,000 Euler steps of mean and covariance, in plain numbers. */
  @Test
  @Equation({"6.2.33", "6.4.24"})
  void momentsOfTheEquation_stepByStep_areThoseOfTheTransition() {
    int n = 20_000;
    double[] mean = MEAN.clone();
    double[] covariance = START.clone();
    double[] sigma = flat(SIGMA);
    for (int i = 0; i < n; i++) {
      double beta = 0.1 + 1.9 * (i + 0.5) / n;
      for (int k = 0; k < 4; k++) {
        mean[k] -= 0.5 * beta * mean[k] / n;
      }
      for (int k = 0; k < 16; k++) {
        covariance[k] += beta * (sigma[k] - covariance[k]) / n;
      }
    }
    assertArrayEquals(mean, Tensors.toDoubles(SDE.mean(matrix(MEAN), 1)), 2e-5);
    assertArrayEquals(covariance, Tensors.toDoubles(SDE.covariance(matrix(START), 1)), 4e-5);
    NDList end = moments(matrix(MEAN), matrix(START));
    assertArrayEquals(mean, Tensors.toDoubles(end.get(0)), 2e-5);
    assertArrayEquals(covariance, Tensors.toDoubles(end.get(1)), 4e-5);
  }

  /** By the equation that the library's drift and diffusion imply, up to t = 1. */
  private static NDList moments(NDArray mean, NDArray covariance) {
    LinearMoments equations = new LinearMoments(SDE.forward());
    NDList start = new NDList(mean, covariance);
    double[] times = {0, 1};
    return Ode.solve(equations, start, times, DormandPrince.tolerances(1e-11, 1e-11)).last();
  }

  /** 20,000 paths of 100 steps; the bars are 5 standard errors and the steps' own bias. */
  @Test
  @Equation({"6.2.33", "6.2.34"})
  void ensembleFromOnePoint_hasTheMomentsOfTheTransition() {
    int n = 20_000;
    NDArray x0 = matrix(MEAN).broadcast(new Shape(n, 4));
    double[] times = {0, 1};
    BrownianPath path = BrownianPath.ofBatch(Seeds.of(1));
    NDArray x =
        Sde.solve(SDE.forward(), x0, times, EulerMaruyama.steps(100), path, StepObserver.NONE).x();
    NDArray jumped = SDE.diffuse(x0, 1, Seeds.of(2).normal(0, x0.getShape(), DataType.FLOAT64));
    requireTransition(x, n, 0.01);
    requireTransition(jumped, n, 0);
  }

  private static void requireTransition(NDArray x, int n, double bias) {
    NDArray mean = x.mean(new int[] {0}, true);
    NDArray centred = x.sub(mean);
    double[] covariance = Tensors.toDoubles(centred.transpose().matMul(centred).div(n));
    double[] found = Tensors.toDoubles(mean);
    for (int k = 0; k < 4; k++) {
      assertEquals(MEAN[k] * Math.exp(-0.525), found[k], 5 / Math.sqrt(n) + bias);
    }
    for (int k = 0; k < 16; k++) {
      double expected = .6500622509 * SIGMA[k / 4][k % 4];
      assertEquals(expected, covariance[k], 5 * Math.sqrt(2.0 / n) + bias);
    }
  }

  @Test
  @Equation({"6.2.34", "6.4.25"})
  void transition_isTheNormalDistributionWithTheCovarianceOfTheNoise() {
    assertEquals(.6500622509, SDE.deviation(1) * SDE.deviation(1), 1e-10);
    assertEquals(Math.exp(-0.525), SDE.meanFactor(1), 1e-14);
    double[] xt = {0.3, -1, 1.4, 0.2};
    RealVector r = new Array2DRowRealMatrix(xt).getColumnVector(0);
    for (int k = 0; k < 4; k++) {
      r.addToEntry(k, -MEAN[k] * Math.exp(-0.525));
    }
    RealMatrix covariance = new Array2DRowRealMatrix(SIGMA).scalarMultiply(-Math.expm1(-1.05));
    LUDecomposition parts = new LUDecomposition(covariance);
    RealVector score = parts.getSolver().solve(r).mapMultiply(-1);
    double log =
        -0.5 * (4 * Math.log(2 * Math.PI) + Math.log(parts.getDeterminant()))
            + 0.5 * r.dotProduct(score);
    NDArray from = matrix(MEAN);
    assertEquals(log, Tensors.item(SDE.logDensity(from, matrix(xt), 1)), 1e-12);
    assertArrayEquals(
        score.toArray(), Tensors.toDoubles(SDE.score(from, matrix(xt), 1)), 1e-12, "and its slope");
    NDList end = moments(from, matrix(new double[16]));
    assertArrayEquals(flat(covariance.getData()), Tensors.toDoubles(end.get(1)), 1e-9);
  }

  /** The chain of 6.2.1 with β_i = β(t_i) Δt: 10, 100 and 1,000 steps up to t = 1. */
  @Test
  @Equation("6.2.35")
  void chain_reachesTheEquation_withAnErrorOfFirstOrder() {
    double[] means = {.0523, .00492, .000489};
    double[] variances = {.0591, .00579, .000578};
    int steps = 10;
    for (int k = 0; k < 3; k++) {
      NoiseSchedule chain = SDE.chain(steps);
      double meanError = Math.abs(Math.sqrt(chain.alphaBar(steps)) - SDE.meanFactor(1));
      assertEquals(means[k], meanError, 1e-3 * means[k]);
      double variance = chainVariance(chain, steps);
      double error = Math.abs(variance - SDE.deviation(1) * SDE.deviation(1));
      assertEquals(variances[k], error, 1e-3 * variances[k]);
      steps *= 10;
    }
  }

  /** The share of Σ that a point has gathered, by the chain's own transitions. */
  private static double chainVariance(NoiseSchedule chain, int steps) {
    ForwardProcess process = new ForwardProcess(chain, SDE.noise());
    NDArray unit = Tensors.eye(4).toType(DataType.FLOAT64, false);
    NDArray none = Tensors.zerosLike(unit);
    double variance = 0;
    for (int i = 1; i <= steps; i++) {
      int step = i;
      double before = variance;
      variance =
          Scope.call(
              () -> {
                double kept = Tensors.item(process.transition(unit, step, none).get("0, 0"));
                NDArray added = process.transition(none, step, unit);
                return kept * kept * before + Tensors.item(added.square().sum()) / 4;
              });
    }
    return variance;
  }

  /**
   * As printed, E[−½β x xᵀ] twice plus β Σ, with E[x xᵀ] = Cov + μ μᵀ: right only for a mean of 0,
   * but the mean starts at x(0). With x − μ in the second place it is the transition's.
   */
  @Test
  @Equation("6.2.35-deriv")
  void covarianceEquation_holdsForDeviationsFromTheMean_notForTheStateItself() {
    int n = 20_000;
    double[] printed = new double[16];
    double[] centred = new double[16];
    double[] mean = MEAN.clone();
    double[] sigma = flat(SIGMA);
    for (int i = 0; i < n; i++) {
      double beta = 0.1 + 1.9 * (i + 0.5) / n;
      for (int k = 0; k < 16; k++) {
        double outer = mean[k / 4] * mean[k % 4];
        printed[k] += beta / n * (sigma[k] - printed[k] - outer);
        centred[k] += beta / n * (sigma[k] - centred[k]);
      }
      for (int k = 0; k < 4; k++) {
        mean[k] -= 0.5 * beta / n * mean[k];
      }
    }
    double[] right = Tensors.toDoubles(SDE.covariance(matrix(new double[16]), 1));
    double[] byEquation = Tensors.toDoubles(moments(matrix(MEAN), matrix(new double[16])).get(1));
    assertArrayEquals(right, centred, 4e-5);
    assertArrayEquals(right, byEquation, 1e-9);
    assertEquals(1.05 * 4 * Math.exp(-1.05), right[0] - printed[0], 1e-3, "∫β μ² e^(−∫β)");
    assertTrue(printed[0] < 0, "a variance below 0: " + printed[0]);
  }
}

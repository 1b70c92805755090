package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
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
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Section 2.4.11, row by row. */
class VariancePreservingTest {

  private static final VariancePreserving SDE = new VariancePreserving();
  private static final double[] MEAN = {2, -1};
  private static final double[] FULL = {0.5, 0.2, 0.2, 0.3};

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
    return Tensors.of(numbers, new Shape(numbers.length / 2, 2));
  }

  /** The midpoint rule with many points. */
  private static double integral(DoubleUnaryOperator f, double from, double to) {
    int n = 2000;
    double h = (to - from) / n;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += f.applyAsDouble(from + (i + 0.5) * h) * h;
    }
    return sum;
  }

  /** β = 3 for a time of 0.4, as e^(−1.2): the same as any β with this integral. */
  private static final VariancePreserving CONSTANT = new VariancePreserving(3, 3);

  @Test
  @Equation("2.4.68")
  void betaIntegral_isTheIntegralOfBeta() {
    for (double t : new double[] {0.1, 0.5, 1}) {
      assertEquals(integral(SDE::beta, 0, t), SDE.betaIntegral(t), 1e-12);
    }
    assertEquals(10.05, SDE.betaIntegral(1), 1e-14);
    assertEquals(.006571586, SDE.meanFactor(1), 1e-9);
  }

  /** 40,000 paths of 150 steps; the bars are those of the statement, above 4 sigma. */
  @Test
  @Equation({"2.4.44", "2.4.45", "2.4.50", "2.4.51"})
  void ensemble_hasTheMeanAndVarianceOfTheTransition() {
    int n = 40_000;
    NDArray x0 = Tensors.full(new Shape(n, 1), 2, DataType.FLOAT64);
    double[] times = {0, 0.5};
    BrownianPath path = BrownianPath.ofBatch(Seeds.of(1));
    NDArray x =
        Sde.solve(SDE.forward(), x0, times, EulerMaruyama.steps(150), path, StepObserver.NONE).x();
    double mean = Tensors.item(x.mean());
    double variance = Tensors.item(x.square().mean()) - mean * mean;
    assertEquals(.5624, mean, .025);
    assertEquals(.9209, variance, .03);
    assertEquals(.5624, 2 * SDE.meanFactor(0.5), 1e-4);
    assertEquals(.9209, Math.pow(SDE.deviation(0.5), 2), 1e-4);
    NDArray jumped = SDE.diffuse(x0, 0.5, Seeds.of(2).normal(0, x0.getShape(), DataType.FLOAT64));
    assertEquals(2 * SDE.meanFactor(0.5), Tensors.item(jumped.mean()), 5 / Math.sqrt(n));
    double spread = Tensors.item(jumped.sub(jumped.mean()).square().mean());
    assertEquals(Math.pow(SDE.deviation(0.5), 2), spread, 5 * Math.sqrt(2.0 / n));
  }

  @Test
  @Equation("2.4.45")
  void logDensity_integratesToOne_andItsSlopeIsTheScore() {
    double x0 = 0.7;
    double t = 0.3;
    NDArray clean = matrix(x0, x0);
    double total =
        integral(x -> Math.exp(logDensity(x0, x, t)) * Math.exp(logDensity(x0, 0, t)), -8, 8);
    assertEquals(Math.exp(logDensity(x0, 0, t)), total, 1e-9);
    NDArray xt = matrix(0.2, -0.4);
    double h = 1e-5;
    double[] score = Tensors.toDoubles(SDE.score(clean, xt, t));
    double up = Tensors.item(SDE.logDensity(clean, matrix(0.2 + h, -0.4), t));
    double down = Tensors.item(SDE.logDensity(clean, matrix(0.2 - h, -0.4), t));
    assertEquals((up - down) / (2 * h), score[0], 1e-8);
  }

  /** Of one number at t. */
  private static double logDensity(double x0, double xt, double t) {
    return Scope.call(
        () -> {
          NDArray a = Tensors.of(new double[] {x0}, new Shape(1, 1));
          NDArray b = Tensors.of(new double[] {xt}, new Shape(1, 1));
          return Tensors.item(SDE.logDensity(a, b, t));
        });
  }

  /** With β_i = β(t_i) Δt; without the factor Δt most 1 − β_i would be negative. */
  @Test
  @Equation({"2.4.46", "2.4.47"})
  void chainOfManySteps_hasTheMeanFactorOfTheEquation() {
    NoiseSchedule chain = SDE.chain(10_000);
    double limit = SDE.meanFactor(1);
    assertEquals(.006572, Math.sqrt(chain.alphaBar(10_000)), 0.02 * .006572);
    double error = Math.abs(Math.sqrt(chain.alphaBar(10_000)) - limit);
    double coarse = Math.abs(Math.sqrt(SDE.chain(5_000).alphaBar(5_000)) - limit);
    assertEquals(2, coarse / error, 0.05, "the distance falls with Δt");
    assertThrows(IllegalArgumentException.class, () -> SDE.chain(10));
    NDArray x = new ForwardProcess(chain).transition(matrix(1, 2), 1, matrix(0, 0));
    double kept = Math.sqrt(1 - SDE.beta(1e-4) * 1e-4);
    assertArrayEquals(new double[] {kept, 2 * kept}, Tensors.toDoubles(x), 1e-12);
  }

  @Test
  @Equation({"2.4.48", "2.4.49"})
  void shortStep_differsFromTheChainsInSecondOrder() {
    double t = 0.4;
    double[] error = new double[2];
    double[] moved = new double[2];
    for (int i = 0; i < 2; i++) {
      double dt = 0.01 / (1 << i);
      double beta = SDE.beta(t);
      error[i] = Math.abs(Math.sqrt(1 - beta * dt) - SDE.shortStep(t, dt)[0]);
      moved[i] = Math.abs(SDE.shortStep(t + dt, dt)[0] - SDE.shortStep(t, dt)[0]);
      assertEquals(beta * dt, Math.pow(SDE.shortStep(t, dt)[1], 2), 1e-15);
    }
    assertEquals(2, Math.log(error[0] / error[1]) / Math.log(2), 0.05, "root");
    assertEquals(2, Math.log(moved[0] / moved[1]) / Math.log(2), 0.05, "β(t + Δt) for β(t)");
  }

  private static NDList moments(NDArray mean, NDArray covariance) {
    LinearMoments equations = new LinearMoments(CONSTANT.forward());
    double[] times = {0, 0.4};
    NDList start = new NDList(mean, covariance);
    return Ode.solve(equations, start, times, DormandPrince.tolerances(1e-11, 1e-11)).last();
  }

  /** 60,000 paths; 0.02 is 3 standard errors or more. */
  @Test
  @Equation({"2.4.52", "2.4.53", "2.4.54", "2.4.59"})
  void momentEquations_areThoseOfAnEnsemble_andHaveTheClosedForm() {
    int n = 60_000;
    NDArray mean = matrix(MEAN);
    NDArray initial = matrix(FULL);
    NDList end = moments(mean, initial);
    NDArray root = matrix(cholesky(FULL));
    NDArray z = Seeds.of(3).normal(0, new Shape(n, 2), DataType.FLOAT64);
    NDArray x0 = z.matMul(root.transpose()).add(mean);
    double[] times = {0, 0.4};
    BrownianPath path = BrownianPath.ofBatch(Seeds.of(4));
    NDArray x =
        Sde.solve(CONSTANT.forward(), x0, times, EulerMaruyama.steps(100), path, StepObserver.NONE)
            .x();
    NDArray found = x.mean(new int[] {0}, true);
    NDArray centred = x.sub(found);
    NDArray covariance = centred.transpose().matMul(centred).div(n);
    assertArrayEquals(Tensors.toDoubles(end.get(0)), Tensors.toDoubles(found), 0.02);
    assertArrayEquals(Tensors.toDoubles(end.get(1)), Tensors.toDoubles(covariance), 0.02);
    assertArrayEquals(
        Tensors.toDoubles(CONSTANT.mean(mean, 0.4)), Tensors.toDoubles(end.get(0)), 1e-9);
    assertArrayEquals(
        Tensors.toDoubles(CONSTANT.covariance(initial, 0.4)), Tensors.toDoubles(end.get(1)), 1e-8);
  }

  /** Lower triangle of a 2 × 2 covariance. */
  private static double[] cholesky(double[] c) {
    double a = Math.sqrt(c[0]);
    double b = c[1] / a;
    return new double[] {a, 0, b, Math.sqrt(c[3] - b * b)};
  }

  @Test
  @Equation({"2.4.55", "2.4.56", "2.4.57", "2.4.58"})
  void mean_solvesItsEquation_forEitherSign() {
    double t = 0.4;
    double h = 1e-5;
    for (double start : MEAN) {
      DoubleUnaryOperator mean =
          u -> Tensors.item(SDE.mean(Tensors.of(new double[] {start}, new Shape(1)), u));
      double slope = (mean.applyAsDouble(t + h) - mean.applyAsDouble(t - h)) / (2 * h);
      assertEquals(-0.5 * SDE.beta(t) * mean.applyAsDouble(t), slope, 1e-8);
      double log = Math.log(mean.applyAsDouble(t) / start);
      assertEquals(-0.5 * integral(SDE::beta, 0, t), log, 1e-12, "a quotient has a logarithm");
      double relative = integral(u -> -0.5 * SDE.beta(u), 0, t);
      assertEquals(start * Math.exp(relative), mean.applyAsDouble(t), 1e-12);
    }
    assertEquals(1.0976, 2 * CONSTANT.meanFactor(0.4), 1e-4);
    assertEquals(-.5488, -CONSTANT.meanFactor(0.4), 1e-4);
  }

  /**
   * The printed right side −½ β E[x xᵀ] − ½ β E[x xᵀ] + β I, with E[x xᵀ] = Σ + μ μᵀ and the mean
   * that 2.4.66 gives, ends at a matrix that is no covariance. With E[x (x − μ)ᵀ] = Σ it ends at
   * the closed form. (If μ = 0, as the text says, both are one; but then μ(0) ≠ x(0).)
   */
  @Test
  @Equation({"2.4.60", "2.4.61"})
  void covarianceEquation_holdsWithDeviations_notWithTheStateItself() {
    double beta = 3;
    int n = 20_000;
    double dt = 0.4 / n;
    double[] printed = FULL.clone();
    double[] right = printed.clone();
    for (int i = 0; i < n; i++) {
      double decay = Math.exp(-beta * (i + 0.5) * dt);
      for (int k = 0; k < 4; k++) {
        double unit = k % 3 == 0 ? 1 : 0;
        double outer = MEAN[k / 2] * MEAN[k % 2] * decay;
        printed[k] += dt * beta * (unit - printed[k] - outer);
        right[k] += dt * beta * (unit - right[k]);
      }
    }
    assertArrayEquals(new double[] {-.596, .783, .783, .428}, printed, 1e-3);
    assertEquals(-1.02, leastEigenvalue(printed), 0.005, "no covariance");
    NDArray closed = CONSTANT.covariance(matrix(FULL), 0.4);
    assertArrayEquals(Tensors.toDoubles(closed), right, 1e-3);
    NDList end = moments(matrix(MEAN), matrix(FULL));
    assertArrayEquals(Tensors.toDoubles(closed), Tensors.toDoubles(end.get(1)), 1e-8);
    NDList centred = moments(matrix(0, 0), matrix(FULL));
    assertArrayEquals(Tensors.toDoubles(closed), Tensors.toDoubles(centred.get(1)), 1e-8);
  }

  private static double leastEigenvalue(double[] m) {
    double mean = (m[0] + m[3]) / 2;
    return mean - Math.hypot((m[0] - m[3]) / 2, m[1]);
  }

  /** Matrix logarithm by eigenvalues, for a positive definite matrix. */
  private static double[] log(double[] numbers) {
    double[][] rows = {{numbers[0], numbers[1]}, {numbers[2], numbers[3]}};
    EigenDecomposition parts = new EigenDecomposition(new Array2DRowRealMatrix(rows));
    double[] result = new double[4];
    for (int i = 0; i < 2; i++) {
      double log = Math.log(parts.getRealEigenvalue(i));
      double[] v = parts.getEigenvector(i).toArray();
      for (int k = 0; k < 4; k++) {
        result[k] += log * v[k / 2] * v[k % 2];
      }
    }
    return result;
  }

  /** −log(I − Σ(t)) + log(I − Σ(0)) = I ∫β, for Σ(0) below I. */
  @Test
  @Equation({"2.4.62", "2.4.63"})
  void matrixLogarithms_differByTheIntegralTimesI() {
    double t = 0.4;
    double[] end = Tensors.toDoubles(SDE.covariance(matrix(FULL), t));
    double[] start = log(new double[] {1 - FULL[0], -FULL[1], -FULL[2], 1 - FULL[3]});
    double[] last = log(new double[] {1 - end[0], -end[1], -end[2], 1 - end[3]});
    for (int k = 0; k < 4; k++) {
      double expected = k % 3 == 0 ? SDE.betaIntegral(t) : 0;
      assertEquals(expected, start[k] - last[k], 1e-10);
    }
  }

  /** Also for a Σ(0) that is not below I, where the logarithm of 2.4.62 does not exist. */
  @Test
  @Equation({"2.4.61", "2.4.64", "2.4.65"})
  void covariance_solvesItsEquation_forAnyStart() {
    for (double[] start : new double[][] {FULL, {4, 0, 0, .3}, {1, 0, 0, 1}}) {
      double t = 0.4;
      double[] closed = Tensors.toDoubles(CONSTANT.covariance(matrix(start), t));
      double[] solved = Tensors.toDoubles(moments(matrix(MEAN), matrix(start)).get(1));
      assertArrayEquals(solved, closed, 1e-8);
      double h = 1e-5;
      double[] later = Tensors.toDoubles(CONSTANT.covariance(matrix(start), t + h));
      double[] before = Tensors.toDoubles(CONSTANT.covariance(matrix(start), t - h));
      for (int k = 0; k < 4; k++) {
        double unit = k % 3 == 0 ? 1 : 0;
        assertEquals(3 * (unit - closed[k]), (later[k] - before[k]) / (2 * h), 1e-7);
        assertEquals(unit - Math.exp(-1.2) * (unit - start[k]), closed[k], 1e-12);
      }
    }
  }

  @Test
  @Equation({"2.4.66", "2.4.67", "2.4.45"})
  void startAtOnePoint_givesTheTransition() {
    NDList end = moments(matrix(MEAN), matrix(0, 0, 0, 0));
    double left = Math.exp(-1.2);
    double[] mean = {2 * Math.sqrt(left), -Math.sqrt(left)};
    assertArrayEquals(mean, Tensors.toDoubles(end.get(0)), 1e-8);
    assertArrayEquals(new double[] {1 - left, 0, 0, 1 - left}, Tensors.toDoubles(end.get(1)), 1e-8);
    assertEquals(1 - left, Math.pow(CONSTANT.deviation(0.4), 2), 1e-14);
    assertEquals(Math.sqrt(left), CONSTANT.meanFactor(0.4), 1e-14);
  }

  @Test
  void wrongNumbers_areRefusedByName() {
    assertThrows(IllegalArgumentException.class, () -> new VariancePreserving(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new VariancePreserving(2, 1));
    assertThrows(IllegalArgumentException.class, () -> new VariancePreserving(1, 2, null));
    assertThrows(IllegalArgumentException.class, () -> SDE.beta(-0.1));
    assertThrows(
        IllegalArgumentException.class, () -> SDE.logDensity(matrix(1, 1), matrix(1, 1), 0));
  }
}

package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.noise.CorrelatedPair;
import condgen.ode.BrownianPath;
import condgen.ode.DormandPrince;
import condgen.ode.LinearMoments;
import condgen.ode.Ode;
import condgen.ode.Sde;
import condgen.ode.StepObserver;
import condgen.ode.StochasticDynamics;
import condgen.ode.StochasticHeun;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Section 6.3.9 with correlation 0.6, row by row. */
class CorrelatedVarianceExplodingTest {

  private static final VarianceExploding SDE = new VarianceExploding(0.01, 2, new CorrelatedPair());

  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static NDArray array(double... four) {
    return Tensors.of(four, new Shape(2, 2));
  }

  private static double[] sigma(double factor) {
    return new double[] {factor, 0.6 * factor, 0.6 * factor, factor};
  }

  /** Paths of the equation, and the jump that should have the same law. */
  @Test
  @Equation({"6.3.16", "6.3.17", "6.3.22"})
  void ensemble_hasTheCovarianceOfTheIncrements_andKeepsItsMean() {
    int n = 30_000;
    NDArray x0 = Tensors.of(new double[] {1, -1}, new Shape(1, 2)).broadcast(new Shape(n, 2));
    double[] times = {0, 1};
    BrownianPath path = BrownianPath.ofBatch(Seeds.of(1));
    NDArray x =
        Sde.solve(SDE.forward(), x0, times, StochasticHeun.steps(60), path, StepObserver.NONE).x();
    NDArray jump = SDE.diffuse(x0, 1, Seeds.of(2).normal(0, x0.getShape(), DataType.FLOAT64));
    double added = 4 - 1e-4;
    for (NDArray end : new NDArray[] {x, jump}) {
      NDArray r = end.sub(x0);
      double[] mean = Tensors.toDoubles(r.mean(new int[] {0}));
      assertArrayEquals(new double[] {0, 0}, mean, 4 * 2 / Math.sqrt(n));
      NDArray covariance = Scalars.scale(r.transpose().matMul(r), 1.0 / n);
      assertArrayEquals(sigma(added), Tensors.toDoubles(covariance), 4 * 4 * Math.sqrt(2.0 / n));
    }
  }

  /** σ(t) = 0.01 · 2000ᵗ: the increments add up to 399.9999, not to σ²(1) = 400. */
  @Test
  @Equation({"6.3.17", "6.3.24"})
  void geometricSchedule_accumulatesSigmaSquaredWithoutItsStart() {
    VarianceExploding wide = new VarianceExploding(0.01, 20, new CorrelatedPair());
    double sum = 0;
    for (int k = 0; k < 1000; k++) {
      sum += wide.addedVariance(k / 1000.0, (k + 1) / 1000.0);
    }
    assertEquals(399.9999, sum, 1e-9);
    assertEquals(399.9999, Math.pow(wide.deviation(1), 2), 1e-9);
    assertEquals(400, Math.pow(wide.sigma(1), 2), 1e-9, "reading 1, right if σ(0) were 0");
    NDArray start = array(sigma(1e-4));
    assertArrayEquals(sigma(400), Tensors.toDoubles(wide.covariance(start, 1)), 1e-9);
    NDArray point = array(sigma(0));
    assertArrayEquals(sigma(399.9999), Tensors.toDoubles(wide.covariance(point, 1)), 1e-9);
  }

  /** σ(t) = 2t on [0, 1]: with Δt under the root nothing is left of the variance 4. */
  @Test
  @Equation("6.3.18")
  void stepVariances_addUp_onlyWithoutTheFactorDt() {
    double[] printed = new double[3];
    for (int i = 0; i < 3; i++) {
      int n = (int) Math.pow(10, 2 + i);
      double right = 0;
      for (int k = 0; k < n; k++) {
        double step = 4.0 * (k + 1) * (k + 1) / n / n - 4.0 * k * k / n / n;
        right += step;
        printed[i] += step / n;
      }
      assertEquals(4, right, 1e-10);
    }
    assertArrayEquals(new double[] {.04, .004, .0004}, printed, 1e-12);
    double dt = 1e-5;
    double slope = Math.pow(SDE.diffusionCoefficient(0.3), 2) * dt;
    assertEquals(slope, SDE.addedVariance(0.3, 0.3 + dt), 1e-4 * slope);
  }

  /** A step of dx = A x dt + G dw on mean and covariance, against the two equations. */
  @Test
  @Equation({"6.3.19", "6.3.20"})
  void moments_moveAsOneShortStepMovesThem() {
    NDArray a = array(-0.4, 0.9, 0.2, 0.3);
    NDArray g = array(0.7, -0.2, 0.5, 1.1);
    StochasticDynamics linear =
        new StochasticDynamics() {
          @Override
          public NDArray drift(double t, NDArray x) {
            return x.matMul(a.transpose());
          }

          @Override
          public NDArray diffusion(double t, NDArray x, NDArray z) {
            return z.matMul(g.transpose());
          }
        };
    NDArray mean = Tensors.of(new double[] {2, -1}, new Shape(1, 2));
    NDArray c = array(0.5, 0.2, 0.2, 0.3);
    NDList slope = new LinearMoments(linear).apply(0, new NDList(mean, c));
    double dt = 1e-6;
    NDArray step = Scalars.axpy(dt, a, Tensors.eye(2).toType(DataType.FLOAT64, false));
    NDArray next =
        step.matMul(c).matMul(step.transpose()).add(Scalars.scale(g.matMul(g.transpose()), dt));
    double[] byStep = Tensors.toDoubles(Scalars.scale(next.sub(c), 1 / dt));
    assertArrayEquals(byStep, Tensors.toDoubles(slope.get(1)), 2e-5);
    NDArray moved = mean.matMul(step.transpose());
    double[] ofMean = Tensors.toDoubles(Scalars.scale(moved.sub(mean), 1 / dt));
    assertArrayEquals(ofMean, Tensors.toDoubles(slope.get(0)), 1e-8);
  }

  @Test
  @Equation({"6.3.21", "6.3.22", "6.3.23", "6.3.24"})
  void momentEquations_keepTheMean_andAddSigma() {
    NDArray mean = Tensors.of(new double[] {1, -1}, new Shape(1, 2));
    NDArray start = array(0.5, 0.1, 0.1, 0.3);
    LinearMoments equations = new LinearMoments(SDE.forward());
    NDList slope = equations.apply(0.4, new NDList(mean, start));
    assertArrayEquals(new double[] {0, 0}, Tensors.toDoubles(slope.get(0)), 0);
    double rate = Math.pow(SDE.diffusionCoefficient(0.4), 2);
    assertArrayEquals(sigma(rate), Tensors.toDoubles(slope.get(1)), 1e-12);
    double[] times = {0, 1};
    NDList end =
        Ode.solve(equations, new NDList(mean, start), times, DormandPrince.tolerances(1e-10, 1e-10))
            .last();
    assertArrayEquals(new double[] {1, -1}, Tensors.toDoubles(end.get(0)), 1e-12);
    double v = 4 - 1e-4;
    double[] expected = {0.5 + v, 0.1 + 0.6 * v, 0.1 + 0.6 * v, 0.3 + v};
    assertArrayEquals(expected, Tensors.toDoubles(end.get(1)), 1e-8);
    assertArrayEquals(expected, Tensors.toDoubles(SDE.covariance(start, 1)), 1e-12);
  }

  /** √Σ √Σ is Σ for the symmetric root; for Cholesky's factor L it has to be L Lᵀ. */
  @Test
  @Equation("6.3.23")
  void productOfRoots_isSigma_forTheSymmetricRootOnly() {
    NDArray one = Tensors.eye(2).toType(DataType.FLOAT64, false);
    NDArray root = SDE.noise().sqrt(one);
    assertArrayEquals(sigma(1), Tensors.toDoubles(root.matMul(root)), 1e-12);
    NDArray l = array(1, 0, 0.6, 0.8);
    assertArrayEquals(sigma(1), Tensors.toDoubles(l.matMul(l.transpose())), 1e-12);
    double[] printed = Tensors.toDoubles(l.matMul(l));
    assertEquals(0.6, Math.abs(printed[1] - 0.6), 1e-12, "L L is not even symmetric");
    assertTrue(Math.abs(printed[2] - 0.6) > 0.4);
  }
}

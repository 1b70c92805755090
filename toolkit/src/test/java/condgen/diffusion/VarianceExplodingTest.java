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
import condgen.ode.StochasticHeun;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Section 2.5.9, row by row. */
class VarianceExplodingTest {

  private static final VarianceExploding SDE = new VarianceExploding(0.01, 2);

  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  @Equation("2.5.13")
  void diffusionCoefficient_isTheRootOfTheSlopeOfTheVariance() {
    double h = 1e-5;
    for (double t : new double[] {0.1, 0.5, 0.9}) {
      double slope = (square(SDE.sigma(t + h)) - square(SDE.sigma(t - h))) / (2 * h);
      assertEquals(slope, square(SDE.diffusionCoefficient(t)), 1e-8 * slope + 1e-12);
    }
    assertEquals(0.01, SDE.sigma(0), 1e-15);
    assertEquals(2, SDE.sigma(1), 1e-14);
  }

  private static double square(double x) {
    return x * x;
  }

  /** 50,000 paths; the bar is that of the statement, above 4 sigma. */
  @Test
  @Equation({"2.5.13", "2.5.14", "2.5.16", "2.5.17"})
  void ensemble_hasTheVarianceOfTheTransition_andKeepsItsMean() {
    int n = 50_000;
    NDArray x0 = Tensors.full(new Shape(n, 1), 1.5, DataType.FLOAT64);
    double[] times = {0, 1};
    BrownianPath path = BrownianPath.ofBatch(Seeds.of(1));
    NDArray x =
        Sde.solve(SDE.forward(), x0, times, StochasticHeun.steps(60), path, StepObserver.NONE).x();
    double mean = Tensors.item(x.mean());
    double variance = Tensors.item(x.sub(mean).square().mean());
    assertEquals(1.5, mean, 5 * 2 / Math.sqrt(n));
    assertEquals(4, variance, 0.03 * 4);
    NDArray jumped = SDE.diffuse(x0, 1, Seeds.of(2).normal(0, x0.getShape(), DataType.FLOAT64));
    double spread = Tensors.item(jumped.sub(1.5).square().mean());
    assertEquals(square(SDE.deviation(1)), spread, 5 * 4 * Math.sqrt(2.0 / n));
  }

  /** σ(t) = 2t begins at 0, and the printed variance holds; a geometric σ does not. */
  @Test
  @Equation("2.5.14")
  void printedVariance_holdsIfSigmaBeginsAtZero_elseItsStartIsSubtracted() {
    assertEquals(4, added(t -> 2 * t), 1e-6);
    VarianceExploding geometric = new VarianceExploding(0.5, 2);
    assertEquals(3.75, added(geometric::sigma), 1e-6);
    assertEquals(3.75, square(geometric.deviation(1)), 1e-12);
    assertEquals(4, square(geometric.sigma(1)), 1e-12, "as printed, off by σ²(0)");
  }

  /** ∫₀¹ dσ²/dt dt, with the slope by differences. */
  private static double added(DoubleUnaryOperator sigma) {
    int n = 4000;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double t = (i + 0.5) / n;
      double h = 1e-6;
      double up = square(sigma.applyAsDouble(t + h));
      sum += (up - square(sigma.applyAsDouble(t - h))) / (2 * h) / n;
    }
    return sum;
  }

  /** With Δt under the root the steps of a chain add up to nothing as they become short. */
  @Test
  @Equation("2.5.15")
  void stepVariances_addUp_onlyWithoutTheFactorDt() {
    double[] printed = new double[3];
    for (int i = 0; i < 3; i++) {
      int n = (int) Math.pow(10, 2 + i);
      double right = 0;
      for (int k = 0; k < n; k++) {
        right += SDE.addedVariance((double) k / n, (k + 1.0) / n);
        printed[i] += SDE.addedVariance((double) k / n, (k + 1.0) / n) / n;
      }
      assertEquals(3.9999, right, 1e-10);
    }
    assertArrayEquals(new double[] {.04, .004, .0004}, printed, 1e-5);
    double dt = 1e-4;
    double linear = square(SDE.diffusionCoefficient(0.5)) * dt;
    assertEquals(linear, SDE.addedVariance(0.5, 0.5 + dt), 0.01 * linear, "third line");
  }

  @Test
  @Equation({"2.5.16", "2.5.17"})
  void momentEquations_keepTheMean_andAddTheIntegralOfTheSlope() {
    NDArray mean = Tensors.of(new double[] {2, -1}, new Shape(1, 2));
    NDArray start = Tensors.of(new double[] {0.5, 0.2, 0.2, 0.3}, new Shape(2, 2));
    LinearMoments equations = new LinearMoments(SDE.forward());
    double[] times = {0, 0.8};
    NDList end =
        Ode.solve(equations, new NDList(mean, start), times, DormandPrince.tolerances(1e-10, 1e-10))
            .last();
    assertArrayEquals(new double[] {2, -1}, Tensors.toDoubles(end.get(0)), 1e-12);
    double added = square(SDE.sigma(0.8)) - square(SDE.sigma(0));
    double[] expected = {0.5 + added, 0.2, 0.2, 0.3 + added};
    assertArrayEquals(expected, Tensors.toDoubles(end.get(1)), 1e-8);
    double[] closed = Tensors.toDoubles(SDE.covariance(start, 0.8));
    assertArrayEquals(expected, closed, 1e-12);
  }

  /** Euler-Maruyama takes the slope at the start of each step and so adds too little. */
  @Test
  void eulerMaruyama_fallsShort_heunDoesNot() {
    double euler = 0;
    double heun = 0;
    int n = 100;
    for (int k = 0; k < n; k++) {
      double start = SDE.diffusionCoefficient((double) k / n);
      double end = SDE.diffusionCoefficient((k + 1.0) / n);
      euler += start * start / n;
      heun += square((start + end) / 2) / n;
    }
    assertEquals(3.9999, heun, 0.01);
    assertEquals(3.79, euler, 0.01);
    NDArray x0 = Tensors.zeros(new Shape(1, 1), DataType.FLOAT64);
    BrownianPath ones = (step, h, like) -> Tensors.onesLike(like).mul(Math.sqrt(h));
    double[] times = {0, 1};
    NDArray x =
        Sde.solve(SDE.forward(), x0, times, EulerMaruyama.steps(1), ones, StepObserver.NONE).x();
    assertEquals(SDE.diffusionCoefficient(0), Tensors.item(x), 1e-12);
  }

  @Test
  void wrongNumbers_areRefusedByName() {
    assertThrows(IllegalArgumentException.class, () -> new VarianceExploding(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new VarianceExploding(1, 1));
    assertThrows(IllegalArgumentException.class, () -> new VarianceExploding(1, 2, null));
    assertThrows(IllegalArgumentException.class, () -> SDE.sigma(-0.1));
  }
}

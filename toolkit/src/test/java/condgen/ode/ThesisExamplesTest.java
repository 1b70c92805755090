package condgen.ode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The numbers of thesis section 2.1. */
class ThesisExamplesTest {

  private static final VectorField TWO_T = (t, x) -> Scalars.fresh(2 * t, x).reshape(1);
  private static final VectorField TWO_X_T = (t, x) -> x.mul(Scalars.fresh(2 * t, x));
  private static final VectorField WAVE =
      (t, x) -> Scalars.scale(x, 3).sin().add(Scalars.fresh(t, x));

  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static NDArray vector(double... values) {
    return Tensors.ofDoubles(values);
  }

  private static double end(VectorField f, double x0, double t0, double t1, Solver solver) {
    return Tensors.item(Ode.solve(f, vector(x0), t0, t1, solver).orThrow().x());
  }

  @Test
  @Equation({"2.1.3", "2.1.4"})
  void classicRungeKutta_onTwoT_givesThree() {
    assertEquals(3, end(TWO_T, 2, 0, 1, ClassicRungeKutta.steps(4)), 1e-12);
  }

  @Test
  @Equation({"2.1.1", "2.1.2"})
  void solve_equalsTheIntegralOfTheSlopeAlongTheTrajectory() {
    int n = 400;
    double[] times = new double[n + 1];
    for (int i = 0; i <= n; i++) {
      times[i] = 2.0 * i / n;
    }
    Solver solver = DormandPrince.tolerances(1e-10, 1e-10);
    double[] x = Tensors.toDoubles(Ode.solve(WAVE, vector(0.3), times, solver).trajectory());
    double integral = 0;
    for (int i = 0; i <= n; i++) {
      double weight = i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2;
      integral += weight * (Math.sin(3 * x[i]) + times[i]) * (2.0 / n) / 3;
    }
    assertEquals(integral, x[n] - x[0], 1e-6);
  }

  @Test
  @Equation("2.1.5")
  void closedForm_hasNoResidual() {
    double h = 1e-5;
    for (double c : new double[] {1, 2, 3}) {
      for (double t = 0.1; t < 1; t += 0.1) {
        double slope = (closed(c, t + h) - closed(c, t - h)) / (2 * h);
        assertEquals(2 * closed(c, t) * t, slope, 1e-6);
      }
    }
  }

  private static double closed(double c, double t) {
    return c * Math.exp(t * t);
  }

  @Test
  @Equation({"2.1.6", "2.1.7", "2.1.8"})
  void printedSolution_missesTheStart_andTheRightOneMeetsTheSolver() {
    assertNotEquals(3, closed(2, 0), "the printed c = 2 starts at 2");
    assertEquals(3, closed(3, 0));
    double x1 = end(TWO_X_T, 3, 0, 1, ClassicRungeKutta.steps(1000));
    assertEquals(8.154845, x1, 1e-6);
    assertTrue(Math.abs(x1 - 5.436) > 2.7, "the printed x(1) is 5.436");
    assertEquals(5.436, closed(2, 1), 1e-3);
  }

  @Test
  @Equation({"2.1.10", "2.1.11", "2.1.12", "2.1.13"})
  void euler_atQuarterSteps_givesThePrintedStatesExactly() {
    double[] times = {0, 0.25, 0.5, 0.75, 1};
    double[] expected = {3, 3, 3.375, 4.21875, 5.80078125};
    OdeSolution fine = Ode.solve(TWO_X_T, vector(3), times, Euler.stepSize(0.25));
    assertArrayEquals(expected, Tensors.toDoubles(fine.trajectory()));
    OdeSolution single = Ode.solve(TWO_X_T, Tensors.of(3), times, Euler.onOutputTimes());
    assertArrayEquals(expected, Tensors.toDoubles(single.trajectory()));
  }

  @Test
  @Equation({"2.1.9", "2.1.14", "2.1.8-text"})
  void euler_byHand_endsBelowTheConvexSolution() {
    NDArray x = vector(3);
    for (int n = 0; n < 4; n++) {
      x = Euler.step(TWO_X_T, 0.25 * n, 0.25, x);
    }
    assertEquals(5.80078125, Tensors.item(x));
    assertEquals(end(TWO_X_T, 3, 0, 1, Euler.steps(4)), Tensors.item(x));
    double error = 3 * Math.E - Tensors.item(x);
    assertEquals(2.3541, error, 5e-5);
    assertEquals(0.289, error / (3 * Math.E), 5e-4);
  }

  @Test
  @Equation("2.1.15")
  void classicRungeKutta_atQuarterSteps_givesTheKnownNumber() {
    assertEquals(8.15361539, end(TWO_X_T, 3, 0, 1, ClassicRungeKutta.stepSize(0.25)), 1e-8);
    NDArray x = vector(3);
    for (int n = 0; n < 4; n++) {
      x = ClassicRungeKutta.step(TWO_X_T, 0.25 * n, 0.25, x);
    }
    assertEquals(8.15361539, Tensors.item(x), 1e-8);
  }

  @Test
  @Equation("2.1.16")
  void solve_composed_equalsOneSolve_andRunsBackwards() {
    Solver half = ClassicRungeKutta.steps(8);
    double middle = end(TWO_X_T, 3, 0, 0.5, half);
    double composed = end(TWO_X_T, middle, 0.5, 1, half);
    assertEquals(end(TWO_X_T, 3, 0, 1, ClassicRungeKutta.steps(16)), composed, 1e-14);
    Solver precise = DormandPrince.tolerances(1e-11, 1e-11);
    double there = end(WAVE, 0.4, 0, 2, precise);
    assertEquals(0.4, end(WAVE, there, 2, 0, precise), 1e-8);
    double forth = end(TWO_X_T, 3, 0, 1, ClassicRungeKutta.steps(200));
    assertEquals(3, end(TWO_X_T, forth, 1, 0, ClassicRungeKutta.steps(200)), 1e-8);
  }

  @Test
  @Equation("2.1-text-flow")
  void flowOfASmoothField_keepsTheOrderOfItsStarts() {
    double[] starts = {-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2};
    OdeSolution flow = Ode.solve(WAVE, vector(starts), 0, 2, DormandPrince.tolerances(1e-9, 1e-9));
    double[] ends = Tensors.toDoubles(flow.orThrow().x());
    for (int i = 1; i < ends.length; i++) {
      assertTrue(ends[i] > ends[i - 1], ends[i - 1] + " and " + ends[i]);
    }
  }

  @Test
  @Equation("2.1-text-flow")
  void flowOfAFieldThatIsNotSmooth_letsSolutionsCross() {
    VectorField root = (t, x) -> Scalars.scale(Scalars.pow(x.abs(), 2.0 / 3), 3);
    assertEquals(0, end(root, 0, 0, 1, ClassicRungeKutta.steps(100)), "x = 0 stays");
    Solver precise = DormandPrince.tolerances(1e-10, 1e-12);
    assertEquals(1, end(root, 1e-3, 0.1, 1, precise), 1e-6, "x = t³ leaves 0 too");
  }
}

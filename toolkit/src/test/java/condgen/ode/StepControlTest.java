package condgen.ode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of error and step, against their formulas in Java doubles. */
class StepControlTest {

  private static final double[] UNIT = {0, 1};

  /** Two parts: x' = -5x, and y' = -y from 0.5. */
  private static final Dynamics PARTS =
      (t, x) -> new NDList(Scalars.scale(x.get(0), -5), x.get(1).neg());

  private Scope scope;
  private NDList x0;

  @BeforeEach
  void open() {
    scope = Scope.open();
    x0 = new NDList(Tensors.ofDoubles(1, 2), Tensors.ofDoubles(0.5, 0.25, -0.5));
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static double rms(double... values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum / values.length);
  }

  @Test
  void errorRatio_isTheLargestRootMeanSquareOverItsOwnTolerance() {
    NDList error = new NDList(Tensors.ofDoubles(1e-3, -2e-3), Tensors.ofDoubles(0, 3e-3, 0));
    NDList x1 = new NDList(Tensors.ofDoubles(-3, 1), Tensors.ofDoubles(0, 0, 0));
    Tolerances tolerances =
        Tolerances.perArray(new double[] {1e-3, 1e-2}, new double[] {1e-4, 1e-5});
    double first = rms(1e-3 / 3.1e-3, 2e-3 / 2.1e-3);
    double second = rms(0, 3e-3 / (1e-5 + 0.25e-2), 0);
    for (StepControl control :
        new StepControl[] {StepControl.torchdiffeq(), StepControl.ffjord()}) {
      double ratio = control.errorRatio(error, x0, x1, tolerances);
      assertEquals(Math.max(first, second), ratio, 1e-12);
      Tolerances shorter = Tolerances.perArray(new double[] {1}, new double[] {1});
      assertEquals(
          rms(1e-3 / 4, 2e-3 / 3), control.errorRatio(error, x0, x1, shorter), 1e-12, "no surplus");
      NDList broken = new NDList(error.get(0), Tensors.ofDoubles(0, Double.NaN, 0));
      assertTrue(Double.isNaN(control.errorRatio(broken, x0, x1, shorter)), "NaN is never hidden");
    }
  }

  @Test
  void firstStep_comparesStateAndSlope_ofTheWholeOrArrayByArray() {
    Tolerances tolerances = Tolerances.perArray(new double[] {1, 1}, new double[] {1e3, 1e6});
    InitialValueProblem problem = new InitialValueProblem(PARTS, x0, UNIT);
    NDList slope = PARTS.apply(0, x0);
    double a0 = rms(1 / 1001.0, 2 / 1002.0);
    double d2 = 25 * a0;
    double power = Math.pow(0.01 / Math.max(5 * a0, d2), 1.0 / 5);
    double whole = StepControl.torchdiffeq().firstStep(problem, slope, 5, tolerances);
    assertEquals(Math.min(100 * 0.01 / 5, power), whole, 1e-9);
    double byArray = StepControl.ffjord().firstStep(problem, slope, 5, tolerances);
    assertEquals(Math.min(100 * 0.01, power), byArray, 1e-9, "y alone would take 0.01 · 1");
    assertNotEquals(whole, byArray, 1e-3);
  }

  @Test
  void arraysWithoutTolerance_followTheStepsOfTheOthers() {
    Solver alone = DormandPrince.tolerances(1e-5, 1e-5).control(StepControl.ffjord());
    Solver withSurplus =
        DormandPrince.tolerances(Tolerances.perArray(new double[] {1e-5}, new double[] {1e-5}))
            .control(StepControl.ffjord())
            .firstStep(0.01);
    Dynamics wild = (t, x) -> new NDList(x.get(0).neg(), Scalars.scale(x.get(1), 40).sin());
    OdeSolution both = Ode.solve(wild, x0, UNIT, withSurplus);
    NDList first = new NDList(x0.get(0));
    OdeSolution one =
        Ode.solve((t, x) -> x.neg(), x0.get(0), UNIT, ((Adaptive) alone).firstStep(0.01));
    assertEquals(one.evaluations(), both.evaluations());
    assertArrayEquals(Tensors.toDoubles(one.x()), Tensors.toDoubles(both.state(1).get(0)));
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Ode.solve(
                    (t, x) -> x,
                    first,
                    UNIT,
                    DormandPrince.tolerances(
                        Tolerances.perArray(new double[] {1, 1}, new double[] {1, 1}))));
    assertTrue(error.getMessage().contains("at most 1 arrays"), error.getMessage());
  }

  @Test
  void proportionalIntegral_looksAtTwoErrors() {
    StepControl control = StepControl.proportionalIntegral();
    double expected = 0.9 * Math.pow(0.3, -0.7 / 5) * Math.pow(0.6, 0.4 / 5);
    assertEquals(expected, control.factor(0.3, 0.6, 5), 1e-14);
    assertEquals(0.9 * Math.pow(32, -0.2), control.factor(32, 0.6, 5), 1e-14, "rejected");
    assertEquals(0.2, control.factor(Double.NaN, 1, 5));
    assertTrue(control.factor(0, 1, 5) <= 10);
  }

  /** x' = -100 (x - cos t): stability, not accuracy, limits the step. */
  @Test
  void proportionalIntegral_rejectsFewerStepsOfAStiffProblem() {
    VectorField stiff = (t, x) -> Scalars.scale(Scalars.add(x, -Math.cos(t)), -100);
    NDArray start = Tensors.ofDoubles(0);
    Adaptive solver = DormandPrince.tolerances(1e-4, 1e-6);
    OdeSolution elementary = Ode.solve(stiff, start, 0, 10, solver);
    OdeSolution smooth =
        Ode.solve(stiff, start, 0, 10, solver.control(StepControl.proportionalIntegral()));
    assertTrue(4 * smooth.rejected() < elementary.rejected(), elementary + "\n" + smooth);
    assertEquals(Tensors.item(elementary.x()), Tensors.item(smooth.x()), 1e-3);
  }

  @Test
  void largestStep_isNeverExceeded() {
    double[] seen = {0};
    OdeSolution solution =
        Ode.solve(
            Dynamics.of((t, x) -> x.neg()),
            new NDList(x0.get(0)),
            new double[] {0, 2},
            DormandPrince.tolerances(1e-2, 1e-2).largestStep(0.3).firstStep(0.8),
            (step, t, h, x, ratio) -> seen[0] = Math.max(seen[0], h));
    assertEquals(0.3, seen[0]);
    assertEquals(0.3, solution.largestStep());
    assertEquals(7, solution.accepted());
    assertTrue(solution.smallestStep() <= solution.largestStep());
  }

  @Test
  void tolerancesThatDoNotFit_areRefused() {
    double[] two = {1, 1};
    for (double[] rtol : new double[][] {{}, {1}, {1, 0}, {1, Double.NaN}, null}) {
      assertThrows(IllegalArgumentException.class, () -> Tolerances.perArray(rtol, two));
    }
    assertEquals("rtol 0.1, atol 0.01", new Tolerances(0.1, 0.01).toString());
    assertEquals("rtol [1.0, 1.0], atol [1.0, 1.0]", Tolerances.perArray(two, two).toString());
  }
}

package condgen.ode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OdeTest {

  private static final VectorField DECAY = (t, x) -> x.neg();
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

  private static double[] values(NDArray array) {
    return Tensors.toDoubles(array);
  }

  @Test
  void solve_ofAState_inParts_equalsItsConcatenation() {
    VectorField whole = PlanarSystem.LOTKA_VOLTERRA.with(1.5, 1, 3, 1);
    Dynamics parts = (t, x) -> whole.apply(t, NDArrays.concat(x)).split(2);
    double[] times = {0, 0.3, 1};
    NDArray x0 = Tensors.ofDoubles(1, 2);
    OdeSolution one = Ode.solve(whole, x0, times, ThreeEighthsRule.stepSize(0.1));
    OdeSolution two = Ode.solve(parts, x0.split(2), times, ThreeEighthsRule.stepSize(0.1));
    for (int i = 0; i < times.length; i++) {
      assertArrayEquals(values(one.x(i)), values(NDArrays.concat(two.state(i))));
    }
    assertEquals(one.evaluations(), two.evaluations());
  }

  @Test
  void adaptiveSolve_ofAState_isSteeredByItsWorstPart() {
    Dynamics parts = (t, x) -> new NDList(Scalars.scale(x.get(0), -5), x.get(1).neg());
    NDArray quick = Tensors.ofDoubles(1);
    NDArray slow = Tensors.ofDoubles(new double[100]);
    Solver solver = DormandPrince.tolerances(1e-6, 1e-8);
    OdeSolution alone =
        Ode.solve((t, x) -> Scalars.scale(x, -5), quick, new double[] {0, 2}, solver);
    OdeSolution both = Ode.solve(parts, new NDList(quick, slow), new double[] {0, 2}, solver);
    assertEquals(alone.evaluations(), both.evaluations(), "a part that rests changes nothing");
    assertArrayEquals(values(alone.x()), values(both.x()));
  }

  @Test
  void backwards_equalsTheMirroredProblemForwards() {
    VectorField mirrored = (t, x) -> WAVE.apply(-t, x).neg();
    NDArray x0 = Tensors.ofDoubles(0.4, -1);
    for (Solver solver :
        List.of(
            Euler.steps(20),
            Midpoint.steps(20),
            Heun2.stepSize(0.07),
            Heun3.steps(20),
            ClassicRungeKutta.steps(20),
            ThreeEighthsRule.stepSize(0.07),
            AdamsBashforth.steps(20),
            AdamsMoulton.stepSize(0.07),
            BogackiShampine.tolerances(1e-5, 1e-7).control(StepControl.proportionalIntegral()),
            DormandPrince.tolerances(1e-5, 1e-7))) {
      OdeSolution back = Ode.solve(WAVE, x0, new double[] {1, 0.5, -1}, solver);
      OdeSolution forth = Ode.solve(mirrored, x0, new double[] {-1, -0.5, 1}, solver);
      assertArrayEquals(values(forth.trajectory()), values(back.trajectory()), 1e-14);
      assertEquals(forth.evaluations(), back.evaluations());
      assertEquals(-1, back.reached());
    }
  }

  @Test
  void stepSize_thatDoesNotDivideTheInterval_shortensTheLastStep() {
    List<Double> steps = new ArrayList<>();
    Ode.solve(
        DECAY,
        Tensors.ofDoubles(1),
        new double[] {0, 1},
        Euler.stepSize(0.3),
        (step, t, h, x, ratio) -> steps.add(h));
    assertEquals(4, steps.size());
    assertEquals(0.3, steps.get(0), 1e-15);
    assertEquals(0.1, steps.get(3), 1e-15);
  }

  @Test
  void timesOffTheGrid_areInterpolated() {
    double[] times = {0, 0.35, 1};
    NDArray x0 = Tensors.ofDoubles(1);
    OdeSolution linear = Ode.solve(DECAY, x0, times, ClassicRungeKutta.steps(10));
    double a = Math.exp(-0.3);
    double b = Math.exp(-0.4);
    assertEquals((a + b) / 2, Tensors.item(linear.x(1)), 1e-6);
    FixedStep cubic = ClassicRungeKutta.steps(10).interpolation(Interpolation.CUBIC);
    OdeSolution smooth = Ode.solve(DECAY, x0, times, cubic);
    assertEquals(Math.exp(-0.35), Tensors.item(smooth.x(1)), 1e-6);
    assertEquals(linear.evaluations() + 2, smooth.evaluations(), "one more per output");
    assertArrayEquals(values(linear.x(2)), values(smooth.x(2)), 1e-15);
  }

  @Test
  void adaptiveOutputs_betweenSteps_areAccurateAndDoNotChangeTheSteps() {
    double[] times = new double[101];
    for (int i = 0; i <= 100; i++) {
      times[i] = 0.02 * i;
    }
    NDArray x0 = Tensors.ofDoubles(1);
    Solver solver = DormandPrince.tolerances(1e-6, 1e-8);
    OdeSolution dense = Ode.solve(DECAY, x0, times, solver);
    OdeSolution ends = Ode.solve(DECAY, x0, 0, 2, solver);
    assertEquals(ends.evaluations(), dense.evaluations());
    assertArrayEquals(values(ends.x()), values(dense.x()), 1e-15);
    double[] x = values(dense.trajectory());
    for (int i = 0; i <= 100; i++) {
      assertEquals(Math.exp(-times[i]), x[i], 2e-6);
    }
  }

  @Test
  void evaluations_areTwoPlusSixPerAttempt() {
    int[] calls = {0};
    VectorField counted =
        (t, x) -> {
          calls[0]++;
          return WAVE.apply(t, x);
        };
    OdeSolution solution =
        Ode.solve(counted, Tensors.ofDoubles(0.4), 0, 5, DormandPrince.tolerances(1e-8, 1e-8));
    assertEquals(calls[0], solution.evaluations());
    assertEquals(2 + 6 * (solution.accepted() + solution.rejected()), solution.evaluations());
    assertTrue(solution.rejected() > 0, "the case has rejected steps");
    assertTrue(solution.smallestStep() > 0 && solution.smallestStep() < 1);
  }

  @Test
  void observer_seesEachAcceptedStepInOrder() {
    List<String> seen = new ArrayList<>();
    OdeSolution solution =
        Ode.solve(
            (t, x) -> x.mul(Scalars.fresh(2 * t, x)),
            Tensors.of(3),
            new double[] {0, 1},
            Euler.steps(4),
            (step, t, h, x, ratio) ->
                seen.add(step + " " + t + " " + h + " " + Tensors.item(x.get(0)) + " " + ratio));
    assertEquals(
        List.of(
            "1 0.25 0.25 3.0 NaN",
            "2 0.5 0.25 3.375 NaN",
            "3 0.75 0.25 4.21875 NaN",
            "4 1.0 0.25 5.80078125 NaN"),
        seen);
    assertEquals(4, solution.accepted());
    double[] last = {0, 0};
    OdeSolution adaptive =
        Ode.solve(
            WAVE,
            Tensors.of(0.3),
            new double[] {0, 3},
            DormandPrince.tolerances(1e-4, 1e-4),
            (step, t, h, x, ratio) -> {
              assertEquals(last[0] + 1, step);
              assertEquals(last[1] + h, t, 1e-15);
              assertTrue(ratio <= 1);
              last[0] = step;
              last[1] = t;
            });
    assertEquals(adaptive.accepted(), last[0]);
    assertTrue(last[1] >= 3, "the last step reaches past the end");
  }

  @Test
  void solution_keepsShapeAndType_andIsIndependentOfX0() {
    NDArray x0 = Tensors.ones(new Shape(3, 2));
    OdeSolution solution = Ode.solve(DECAY, x0, new double[] {0, 0.5, 1}, Midpoint.steps(8));
    assertEquals(new Shape(3, 3, 2), solution.trajectory().getShape());
    assertEquals(DataType.FLOAT32, solution.x().getDataType());
    assertTrue(solution.isCompleted());
    assertEquals(3, solution.states().size());
    solution.close();
    solution.close();
    assertFalse(x0.isReleased());
    assertTrue(solution.last().get(0).isReleased());
  }

  @Test
  void toString_ofACompletedSolve_tellsTheEvidence() {
    OdeSolution solution = Ode.solve(DECAY, Tensors.of(1), 0, 1, Euler.steps(4));
    assertEquals(
        "completed at t = 1.00000: 4 evaluations, 4 steps accepted, 0 rejected, smallest step 0.250,"
            + " largest 0.250",
        solution.toString());
  }

  @Test
  void dynamics_mayReturnItsStateOrAConstant() {
    NDArray constant = Tensors.ofDoubles(2);
    for (Solver solver : List.of(Euler.steps(40), DormandPrince.tolerances(1e-6, 1e-8))) {
      OdeSolution grow = Ode.solve((t, x) -> x, Tensors.ofDoubles(1), 0, 1, solver);
      assertEquals(Math.E, Tensors.item(grow.x()), 0.05);
      OdeSolution line = Ode.solve((t, x) -> constant, Tensors.ofDoubles(1), 0, 1, solver);
      assertEquals(3, Tensors.item(line.x()), 1e-12);
      assertFalse(constant.isReleased());
    }
  }
}

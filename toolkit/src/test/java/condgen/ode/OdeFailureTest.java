package condgen.ode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import condgen.tensor.Devices;
import condgen.tensor.Gradients;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What happens when a solve cannot be completed or its arguments do not fit. */
class OdeFailureTest {

  private static final VectorField DECAY = (t, x) -> x.neg();
  private static final VectorField NAN_AFTER_HALF =
      (t, x) -> t > 0.5 ? Scalars.scale(x, Double.NaN) : x.neg();
  private static final double[] UNIT = {0, 1};

  private Scope scope;
  private NDArray one;

  @BeforeEach
  void open() {
    scope = Scope.open();
    one = Tensors.ofDoubles(1);
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static void refused(String text, Executable call) {
    IllegalArgumentException error = assertThrows(IllegalArgumentException.class, call);
    assertTrue(error.getMessage().contains(text), error.getMessage());
  }

  @Test
  void fixedSteps_thatMeetNaN_endWithTheLastGoodState() {
    for (int n : new int[] {8, 64, 200}) {
      double[] times = {0, 0.25, 0.5, 0.75, 1};
      OdeSolution solution = Ode.solve(NAN_AFTER_HALF, one, times, Euler.steps(n));
      assertEquals(Status.NOT_FINITE, solution.status());
      assertEquals(0.5 + 1.0 / n, solution.reached(), 1e-12, "slopes up to t = 0.5 are good");
      assertEquals(n / 2 + 1, solution.accepted());
      assertEquals(Math.pow(1 - 1.0 / n, n / 2 + 1), Tensors.item(solution.x()), 1e-12);
      assertEquals(3, solution.states().size());
      assertEquals(Math.pow(1 - 1.0 / n, n / 2), Tensors.item(solution.x(2)), 1e-12);
      ArithmeticException error = assertThrows(ArithmeticException.class, () -> solution.state(3));
      assertTrue(error.getMessage().contains("t = 0.75 was not reached"), error.getMessage());
      assertTrue(error.getMessage().contains("NaN"), error.getMessage());
    }
  }

  @Test
  void adamsSteps_thatMeetNaN_endWithTheLastGoodState() {
    for (MultiStep solver : List.of(AdamsBashforth.steps(64), AdamsMoulton.steps(64))) {
      OdeSolution solution = Ode.solve(NAN_AFTER_HALF, one, UNIT, solver.dense());
      assertEquals(Status.NOT_FINITE, solution.status());
      assertEquals(0.5, solution.reached(), 1.0 / 64);
      assertEquals(Math.exp(-solution.reached()), Tensors.item(solution.x()), 1e-5);
      assertEquals(Math.exp(-0.49), Tensors.item(solution.at(0.49).get(0)), 1e-4);
      refused("t must be from 0.0 to", () -> solution.at(0.6));
    }
  }

  @Test
  void fixedSteps_withObserver_endAtTheSameStepAndShowNoNaN() {
    long[] seen = {0};
    OdeSolution solution =
        Ode.solve(
            NAN_AFTER_HALF,
            one,
            UNIT,
            Euler.steps(64),
            (step, t, h, x, ratio) -> {
              assertTrue(Tensors.isFinite(x.get(0)));
              seen[0] = step;
            });
    assertEquals(33, solution.accepted());
    assertEquals(33, seen[0]);
  }

  @Test
  void adaptiveSolve_thatMeetsNaN_goesUpToIt() {
    OdeSolution solution =
        Ode.solve(NAN_AFTER_HALF, one, UNIT, DormandPrince.tolerances(1e-6, 1e-8));
    assertEquals(Status.NOT_FINITE, solution.status());
    assertEquals(0.5, solution.reached(), 1e-12);
    assertEquals(Math.exp(-0.5), Tensors.item(solution.x()), 1e-6);
    assertThrows(ArithmeticException.class, solution::orThrow);
  }

  @Test
  void nanAtTheStart_isReportedAtTheStart() {
    VectorField nan = (t, x) -> Scalars.scale(x, Double.NaN);
    for (Solver solver :
        List.of(ClassicRungeKutta.steps(5), DormandPrince.tolerances(1e-6, 1e-8))) {
      OdeSolution solution = Ode.solve(nan, one, UNIT, solver);
      assertEquals(Status.NOT_FINITE, solution.status());
      assertEquals(0, solution.reached());
      assertEquals(0, solution.accepted());
      assertEquals(1, Tensors.item(solution.x()));
    }
  }

  @Test
  void blowUp_endsJustBeforeIt() {
    OdeSolution solution =
        Ode.solve(
            (t, x) -> x.mul(x), one, new double[] {0, 2}, DormandPrince.tolerances(1e-8, 1e-8));
    assertFalse(solution.isCompleted());
    assertEquals(1, solution.reached(), 1e-6, "x = 1 / (1 - t)");
    assertTrue(Tensors.item(solution.x()) > 1e6);
  }

  @Test
  void stiffProblem_withASmallestStep_advises() {
    OdeSolution solution =
        Ode.solve(
            (t, x) -> Scalars.scale(x, -1000),
            one,
            UNIT,
            DormandPrince.tolerances(1e-6, 1e-8).smallestStep(0.01));
    assertEquals(Status.STEP_TOO_SMALL, solution.status());
    assertTrue(solution.toString().contains("stiff"), solution.toString());
  }

  @Test
  void stepLimit_endsWithTheLastState() {
    OdeSolution solution =
        Ode.solve(
            DECAY, one, new double[] {0, 1000}, DormandPrince.tolerances(1e-9, 1e-9).stepLimit(20));
    assertEquals(Status.STEP_LIMIT, solution.status());
    assertEquals(20, solution.accepted() + solution.rejected());
    assertEquals(Math.exp(-solution.reached()), Tensors.item(solution.x()), 1e-7);
    assertTrue(solution.toString().contains("stepLimit"), solution.toString());
  }

  @Test
  void optionsOutOfRange_areRefused() {
    refused("steps must be at least 1, but is 0", () -> Euler.steps(0));
    refused("step size must be positive, but is -0.1", () -> Midpoint.stepSize(-0.1));
    refused("step size must be positive, but is NaN", () -> Midpoint.stepSize(Double.NaN));
    refused("rtol must be positive", () -> DormandPrince.tolerances(0, 1e-6));
    refused("atol must be positive", () -> DormandPrince.tolerances(1e-6, -1));
    Adaptive solver = DormandPrince.tolerances(1e-6, 1e-6);
    refused("firstStep", () -> solver.firstStep(0));
    refused("smallestStep", () -> solver.smallestStep(-1));
    refused("stepLimit", () -> solver.stepLimit(0));
    refused("largestStep", () -> solver.largestStep(Double.NaN));
    Adaptive narrow = solver.smallestStep(0.1).largestStep(0.01);
    refused("smallestStep must be at most", () -> Ode.solve(DECAY, one, UNIT, narrow));
    refused("maxOrder must be from 4 to 12", () -> AdamsBashforth.steps(4).maxOrder(3));
    refused("maxOrder", () -> AdamsMoulton.steps(4).maxOrder(13));
    refused("events[1] is null", () -> solver.events(Event.when((t, x) -> t), null));
    refused("g must be a function", () -> Event.when(null));
    refused("control", () -> solver.control(null));
    refused("too small", () -> Ode.solve(DECAY, one, UNIT, Euler.stepSize(1e-15)));
  }

  @Test
  void timesThatAreNotMonotone_areRefused() {
    Solver solver = Euler.steps(2);
    refused("times[2] is 0.5", () -> Ode.solve(DECAY, one, new double[] {0, 1, 0.5}, solver));
    refused("times[1] is 0.0", () -> Ode.solve(DECAY, one, new double[] {0, 0}, solver));
    refused("finite", () -> Ode.solve(DECAY, one, new double[] {0, Double.NaN}, solver));
    refused("holds 1 numbers", () -> Ode.solve(DECAY, one, new double[] {0}, solver));
    refused("null", () -> Ode.solve(DECAY, one, null, solver));
  }

  @Test
  void statesThatDoNotFit_areRefused() {
    Solver solver = Euler.steps(2);
    Dynamics same = (t, x) -> x;
    NDArray closed = Tensors.of(1);
    closed.close();
    refused(
        "x0 must be an open array, but is closed", () -> Ode.solve(DECAY, closed, UNIT, solver));
    refused("but is null", () -> Ode.solve(DECAY, (NDArray) null, UNIT, solver));
    refused("empty", () -> Ode.solve(same, new NDList(), UNIT, solver));
    refused("floating point", () -> Ode.solve(DECAY, Tensors.ofLongs(1), UNIT, solver));
    refused(
        "x0[0] is float64 and x0[1] is float32",
        () -> Ode.solve(same, new NDList(one, Tensors.of(1)), UNIT, solver));
    refused("dynamics", () -> Ode.solve((Dynamics) null, new NDList(one), UNIT, solver));
    refused("solver", () -> Ode.solve(DECAY, one, UNIT, null));
    refused("observer", () -> Ode.solve(DECAY, one, UNIT, solver, null));
    refused("holds 2", () -> Ode.solve(DECAY, new NDList(one, Tensors.ofDoubles(1)), UNIT, solver));
  }

  @Test
  void slopesThatDoNotFit_areRefused() {
    for (Solver solver :
        List.of(ClassicRungeKutta.steps(5), DormandPrince.tolerances(1e-6, 1e-8))) {
      refused(
          "slope is (2) float64",
          () -> Ode.solve((t, x) -> Tensors.ofDoubles(1, 2), one, UNIT, solver));
      refused(
          "float32",
          () -> Ode.solve((t, x) -> x.toType(DataType.FLOAT32, true), one, UNIT, solver));
      refused(
          "returned 2",
          () -> Ode.solve((t, x) -> new NDList(one, one), new NDList(one), UNIT, solver));
      refused(
          "returned null",
          () -> Ode.solve((Dynamics) (t, x) -> null, new NDList(one), UNIT, solver));
      refused("slope is null", () -> Ode.solve((t, x) -> null, one, UNIT, solver));
    }
  }

  @Test
  void exceptionOfTheDynamicsOrTheObserver_passesAndLeavesNothing() {
    DECAY.apply(0, Scalars.constant(1, one));
    for (Solver solver :
        List.of(
            ClassicRungeKutta.steps(40),
            AdamsMoulton.steps(40).maxOrder(6).dense(),
            DormandPrince.tolerances(1e-9, 1e-9),
            BogackiShampine.tolerances(1e-9, 1e-9).dense())) {
      Ode.solve(DECAY, one, UNIT, solver).close();
      int before = Devices.liveArrays();
      assertThrows(
          UnsupportedOperationException.class,
          () ->
              Ode.solve(
                  (t, x) -> {
                    if (t > 0.7) {
                      throw new UnsupportedOperationException();
                    }
                    return x.neg();
                  },
                  one,
                  new double[] {0, 0.1, 0.5, 1},
                  solver));
      assertThrows(
          UnsupportedOperationException.class,
          () ->
              Ode.solve(
                  DECAY,
                  one,
                  UNIT,
                  solver,
                  (step, t, h, x, ratio) -> {
                    throw new UnsupportedOperationException();
                  }));
      assertEquals(before, Devices.liveArrays());
      assertFalse(Gradients.isRecording());
    }
  }

  @Test
  void interruptedThread_endsTheSolve() {
    Thread.currentThread().interrupt();
    try {
      assertThrows(CancellationException.class, () -> Ode.solve(DECAY, one, UNIT, Euler.steps(5)));
    } finally {
      assertTrue(Thread.interrupted(), "the thread stays interrupted");
    }
  }
}

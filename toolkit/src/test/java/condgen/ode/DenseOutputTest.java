package condgen.ode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The state between the ends of steps. */
class DenseOutputTest {

  private static final AnalyticProblem TURN = AnalyticProblem.OSCILLATOR;

  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static Stream<Arguments> solvers() {
    return Stream.of(
        Arguments.of(Euler.steps(4000), 2e-3),
        Arguments.of(Heun2.steps(200), 2e-4),
        Arguments.of(ClassicRungeKutta.steps(50), 2e-6),
        Arguments.of(AdamsBashforth.steps(200), 2e-5),
        Arguments.of(AdamsMoulton.steps(100), 2e-6),
        Arguments.of(BogackiShampine.tolerances(1e-7, 1e-7), 2e-5),
        Arguments.of(DormandPrince.tolerances(1e-8, 1e-8), 1e-6));
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void at_anyTime_isTheSolution_forwardsAndBackwards(Solver solver, double tolerance) {
    OdeSolution forth = Ode.solve(TURN.field(), TURN.x0(), 0, 3, solver.dense()).orThrow();
    OdeSolution back =
        Ode.solve(TURN.field(), Tensors.ofDoubles(TURN.at(3)), 3, 0, solver.dense()).orThrow();
    for (int i = 0; i <= 100; i++) {
      double t = i == 100 ? 3 : 0.03 * i;
      assertArrayEquals(TURN.at(t), Tensors.toDoubles(forth.at(t).get(0)), tolerance, "t = " + t);
      assertArrayEquals(TURN.at(t), Tensors.toDoubles(back.at(t).get(0)), tolerance, "t = " + t);
    }
    double[] end = Tensors.toDoubles(forth.x());
    assertArrayEquals(end, Tensors.toDoubles(forth.at(3.0).get(0)), 5 * tolerance);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void denseSolve_takesTheSameSteps(Solver solver) {
    double[] times = {0, 1, 3};
    OdeSolution plain = Ode.solve(TURN.field(), TURN.x0(), times, solver);
    OdeSolution dense = Ode.solve(TURN.field(), TURN.x0(), times, solver.dense());
    assertArrayEquals(Tensors.toDoubles(plain.trajectory()), Tensors.toDoubles(dense.trajectory()));
    long more = solver instanceof Adaptive ? 0 : 1;
    assertEquals(plain.evaluations() + more, dense.evaluations(), "fixed steps end on one more");
    assertNull(plain.dense());
    assertEquals(0, dense.dense().start());
    assertEquals(3, dense.dense().end());
  }

  @Test
  void neighbouringPolynomials_meetInStateAndSlope() {
    OdeSolution solution =
        Ode.solve(TURN.field(), TURN.x0(), 0, 3, ClassicRungeKutta.steps(5).dense());
    double joint = 1.2;
    double e = 1e-6;
    double[] before = Tensors.toDoubles(solution.at(joint - e).get(0));
    double[] at = Tensors.toDoubles(solution.at(joint).get(0));
    double[] after = Tensors.toDoubles(solution.at(joint + e).get(0));
    for (int i = 0; i < 2; i++) {
      double left = (at[i] - before[i]) / e;
      double right = (after[i] - at[i]) / e;
      assertEquals(left, right, 1e-4);
    }
  }

  @Test
  void at_withoutDenseOutput_knowsTheRequestedTimesOnly() {
    double[] times = {0, 0.5, 2};
    OdeSolution solution = Ode.solve(TURN.field(), TURN.x0(), times, Euler.steps(8));
    assertEquals(solution.x(1), solution.at(0.5).get(0));
    IllegalStateException error = assertThrows(IllegalStateException.class, () -> solution.at(1.0));
    assertTrue(error.getMessage().contains("dense()"), error.getMessage());
  }

  @Test
  void at_ofAStateOfParts_hasThemAll() {
    NDArray one = Tensors.of(1);
    OdeSolution solution =
        Ode.solve(
            (t, x) -> new NDList(x.get(0).neg(), x.get(1)),
            new NDList(one, one),
            new double[] {0, 1},
            DormandPrince.tolerances(1e-5, 1e-5).dense());
    NDList middle = solution.at(0.37);
    assertEquals(Math.exp(-0.37), Tensors.item(middle.get(0)), 1e-5);
    assertEquals(Math.exp(0.37), Tensors.item(middle.get(1)), 1e-5);
    assertThrows(IllegalArgumentException.class, () -> solution.at(1.01));
    assertThrows(IllegalArgumentException.class, () -> solution.at(Double.NaN));
  }
}

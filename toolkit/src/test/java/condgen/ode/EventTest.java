package condgen.ode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventTest {

  private static final double GRAVITY = 9.81;

  /** Height and velocity of a falling ball; the height is a parabola, which order 2 meets. */
  private static final VectorField FALL =
      (t, s) -> NDArrays.concat(new NDList(s.get("1:2"), Tensors.ofDoubles(-GRAVITY)));

  private static final VectorField TURN = AnalyticProblem.OSCILLATOR.field();
  private static final Event HEIGHT = Event.when((t, x) -> Tensors.toDoubles(x)[0]);

  private Scope scope;
  private NDArray start;

  @BeforeEach
  void open() {
    scope = Scope.open();
    start = Tensors.ofDoubles(1, 0);
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static Stream<Solver> solvers() {
    return Stream.of(
        Midpoint.steps(37),
        Heun2.steps(37),
        Heun3.steps(37),
        ClassicRungeKutta.stepSize(0.03),
        ThreeEighthsRule.steps(37),
        AdamsBashforth.steps(37),
        AdamsMoulton.steps(37),
        BogackiShampine.tolerances(1e-6, 1e-6).largestStep(0.3),
        DormandPrince.tolerances(1e-6, 1e-6).largestStep(0.3));
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void stoppingEvent_endsTheSolveAtItsTime(Solver solver) {
    double impact = Math.sqrt(2 / GRAVITY);
    List<Double> seen = new ArrayList<>();
    double[] times = {0, 0.2, 0.44, 0.46, 1};
    OdeSolution fall =
        Ode.solve(
            FALL,
            start,
            times,
            solver.events(HEIGHT.falling().stopping()),
            (step, t, h, x, ratio) -> seen.add(t));
    assertEquals(Status.EVENT, fall.status());
    assertSame(fall, fall.orThrow(), "an event is no failure");
    assertEquals(impact, fall.reached(), 1e-10);
    assertArrayEquals(
        new double[] {0, -GRAVITY * impact}, Tensors.toDoubles(fall.x()), 1e-9, "state there");
    assertEquals(3, fall.states().size(), "0.46 lies behind the event");
    assertEquals(fall.reached(), seen.get(seen.size() - 1), "the observer sees the event");
    assertEquals(seen.size(), fall.accepted());
    assertThrows(ArithmeticException.class, () -> fall.state(3));
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void events_thatDoNotStop_areCollectedInOrder(Solver solver) {
    Event half = Event.when((t, x) -> Tensors.toDoubles(x)[0] - 0.5).falling();
    OdeSolution fall = Ode.solve(FALL, start, 0, 1, solver.events(HEIGHT, half));
    assertTrue(fall.isCompleted());
    assertEquals(2, fall.crossings().size());
    assertSame(half, fall.crossings().get(0).event());
    assertEquals(Math.sqrt(1 / GRAVITY), fall.crossings().get(0).t(), 1e-10);
    assertEquals(Math.sqrt(2 / GRAVITY), fall.crossings().get(1).t(), 1e-10);
    assertEquals(0.5, Tensors.toDoubles(fall.crossings().get(0).x().get(0))[0], 1e-10);
  }

  @Test
  void directions_areThoseOfTheWayOfTheSolve() {
    Solver solver = DormandPrince.tolerances(1e-9, 1e-9);
    double[] both = times(Ode.solve(TURN, start, 0, 8, solver.events(HEIGHT)));
    double half = Math.PI / 2;
    assertArrayEquals(new double[] {half, 3 * half, 5 * half}, both, 1e-7);
    double[] rising = times(Ode.solve(TURN, start, 0, 8, solver.events(HEIGHT.rising())));
    assertArrayEquals(new double[] {3 * half}, rising, 1e-7);
    double[] back = times(Ode.solve(TURN, start, 0, -8, solver.events(HEIGHT.falling())));
    assertArrayEquals(new double[] {-half, -5 * half}, back, 1e-7);
  }

  private static double[] times(OdeSolution solution) {
    return solution.crossings().stream().mapToDouble(Event.Crossing::t).toArray();
  }

  @Test
  void anEventBehindTheLastTime_isNone() {
    Solver solver = DormandPrince.tolerances(1e-3, 1e-3).firstStep(2).events(HEIGHT.stopping());
    OdeSolution solution = Ode.solve(TURN, start, 0, 1.5, solver);
    assertTrue(solution.isCompleted(), solution.toString());
    assertEquals(List.of(), solution.crossings());
  }

  @Test
  void aSolveThatStartsAtZero_doesNotBeginWithAnEvent() {
    NDArray ground = Tensors.ofDoubles(0, 3);
    OdeSolution bounce =
        Ode.solve(FALL, ground, 0, 1, ClassicRungeKutta.steps(50).events(HEIGHT.stopping()));
    assertEquals(2 * 3 / GRAVITY, bounce.reached(), 1e-10);
  }

  @Test
  void anEventAtTheEndOfAStep_isMetOnce() {
    Event half = Event.when((t, x) -> t - 0.5);
    OdeSolution solution = Ode.solve(FALL, start, 0, 1, ClassicRungeKutta.steps(4).events(half));
    assertArrayEquals(new double[] {0.5}, times(solution));
  }

  @Test
  void aStoppedSolve_isDenseUpToTheEvent() {
    OdeSolution fall =
        Ode.solve(FALL, start, 0, 1, Heun2.steps(9).dense().events(HEIGHT.stopping()));
    double t = fall.reached() - 1e-3;
    double[] expected = {1 - GRAVITY * t * t / 2, -GRAVITY * t};
    assertArrayEquals(expected, Tensors.toDoubles(fall.at(t).get(0)), 1e-12);
    assertThrows(IllegalArgumentException.class, () -> fall.at(0.5));
  }

  @Test
  void anEventOfAStateOfParts_seesThemAll() {
    Dynamics apart = (t, x) -> new NDList(x.get(0).onesLike(), x.get(1).onesLike().neg());
    Event meet = Event.whenState((t, x) -> Tensors.item(x.get(0)) - Tensors.item(x.get(1)));
    OdeSolution solution =
        Ode.solve(
            apart,
            new NDList(Tensors.of(0), Tensors.of(1)),
            new double[] {0, 2},
            Euler.steps(7).events(meet.stopping()));
    assertEquals(0.5, solution.reached(), 1e-6);
  }
}

package condgen.ode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Devices;
import condgen.tensor.Tensors;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class OdeMemoryTest {

  /** Turns the state, so that it neither grows nor dies. */
  private static final VectorField TURN =
      (t, x) -> {
        var parts = x.split(2);
        return NDArrays.concat(new NDList(parts.get(1), parts.get(0).neg()));
      };

  /** Largest number of live arrays during a solve over the number before it. */
  private static int most(NDArray x0, double end, Solver solver, long leastSteps) {
    int before = Devices.liveArrays();
    int[] most = {0};
    VectorField watched =
        (t, x) -> {
          most[0] = Math.max(most[0], Devices.liveArrays() - before);
          return TURN.apply(t, x);
        };
    OdeSolution solution = Ode.solve(watched, x0, 0, end, solver).orThrow();
    assertTrue(solution.accepted() >= leastSteps, solution.toString());
    solution.close();
    assertEquals(before, Devices.liveArrays());
    return most[0];
  }

  /** Cached constants outlive the solve that first uses them. */
  private static void makeConstants(NDArray x0) {
    Ode.solve(TURN, x0, 0, 1, Euler.steps(2)).close();
    Ode.solve(TURN, x0, 0, 1, AdamsMoulton.steps(20).maxOrder(6)).close();
    Ode.solve(TURN, x0, 0, 1, DormandPrince.tolerances(1e-6, 1e-8)).close();
  }

  @Test
  void liveArrays_doNotGrowWithTheNumberOfSteps() {
    try (NDArray x0 = Tensors.zeros(new Shape(2)).add(1)) {
      makeConstants(x0);
      int few = most(x0, 1, Euler.steps(40), 40);
      assertEquals(few, most(x0, 1, Euler.steps(1_000), 1_000));
      MultiStep adams = AdamsMoulton.steps(64).maxOrder(6);
      MultiStep longer = AdamsMoulton.steps(640).maxOrder(6);
      assertTrue(most(x0, 1, longer, 640) <= most(x0, 1, adams, 64) + 4);
      int brief = most(x0, 10, DormandPrince.tolerances(1e-6, 1e-8), 16);
      int lasting = most(x0, 100, DormandPrince.tolerances(1e-6, 1e-8), 100);
      assertTrue(lasting <= brief + 4, brief + " and " + lasting);
    }
  }

  @Test
  void denseOutput_andEvents_areFreedWithTheSolution() {
    try (NDArray x0 = Tensors.of(1, 0)) {
      Event turn = Event.when((t, x) -> Tensors.toDoubles(x)[0]);
      for (Solver solver :
          List.of(
              Euler.steps(100).dense().events(turn),
              AdamsMoulton.steps(100).dense().events(turn.stopping()),
              DormandPrince.tolerances(1e-6, 1e-8).dense().events(turn))) {
        Ode.solve(TURN, x0, 0, 10, solver).close();
        int before = Devices.liveArrays();
        OdeSolution solution = Ode.solve(TURN, x0, 0, 10, solver);
        assertTrue(!solution.crossings().isEmpty(), solution.toString());
        solution.close();
        assertEquals(before, Devices.liveArrays());
      }
    }
  }

  /** A thread that did not load the engine records unless told otherwise. */
  @Test
  void solve_onAFreshThread_keepsNoGraph() throws Exception {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try (NDArray x0 = Tensors.of(1);
                  NDArray rate = Tensors.of(0.5)) {
                VectorField grow = (t, x) -> x.mul(rate);
                Ode.solve(grow, x0, 0, 1, ClassicRungeKutta.steps(2)).close();
                int before = Devices.liveArrays();
                Ode.solve(grow, x0, 0, 1, ClassicRungeKutta.steps(50)).close();
                assertEquals(before, Devices.liveArrays());
              }
            });
    thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
    thread.start();
    thread.join();
    assertEquals(null, failure.get());
  }
}

package condgen.ode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import condgen.tensor.Devices;
import condgen.tensor.Tensors;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Arrays that are alive during and after a gradient. */
class GradientMemoryTest {

  static Stream<Gradient> all() {
    return Stream.of(Gradient.discrete(), Gradient.adjoint(), Gradient.checkpointed(4));
  }

  /** Largest number of live arrays at an evaluation over the number before. */
  private static int most(Gradient gradient, Solver solver) {
    int before = Devices.liveArrays();
    int[] most = {0};
    try (NDListOwner theta = new NDListOwner(TanhNetwork.rows());
        NDListOwner x0 = new NDListOwner(new NDList(TanhNetwork.numbers(7, 5, 2)))) {
      ParametricDynamics watched =
          (p, t, x) -> {
            most[0] = Math.max(most[0], Devices.liveArrays() - before);
            return TanhNetwork.ROWS.apply(p, t, x);
          };
      double[] times = {0, 1};
      gradient
          .solve(watched, theta.list(), x0.list(), times, solver, s -> s.get(0).sum())
          .orThrow()
          .close();
    }
    return most[0];
  }

  /** Closes its arrays. */
  private record NDListOwner(NDList list) implements AutoCloseable {
    @Override
    public void close() {
      Tensors.close(list);
    }
  }

  /** Cached constants outlive the solve that first uses them, so the second one counts. */
  @ParameterizedTest
  @MethodSource("all")
  void gradient_leavesNothing(Gradient gradient) {
    for (Solver solver : List.of(Midpoint.steps(8), DormandPrince.tolerances(1e-4, 1e-4))) {
      most(gradient.withTimes(), solver);
      int before = Devices.liveArrays();
      assertTrue(most(gradient.withTimes(), solver) > 0);
      assertEquals(before, Devices.liveArrays());
    }
  }

  /** The graph of back-propagation is not counted here; {@code toolkit/measure} weighs it. */
  @Test
  void liveArrays_doNotGrowWithTheSteps() {
    most(Gradient.adjoint(), Midpoint.steps(8));
    int few = most(Gradient.adjoint(), Midpoint.steps(20));
    assertTrue(most(Gradient.adjoint(), Midpoint.steps(150)) <= few + 4);
    int pieces = most(Gradient.checkpointed(5), Midpoint.steps(20));
    assertTrue(most(Gradient.checkpointed(40), Midpoint.steps(150)) <= pieces + 4);
  }
}

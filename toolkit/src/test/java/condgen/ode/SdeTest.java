package condgen.ode;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Devices;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SdeTest {

  private static final StochasticDynamics PULL =
      StochasticDynamics.of((t, x) -> Scalars.scale(x, -1.5), t -> 0.8);
  private static final double[] UNIT = {0, 1};

  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static NDArray start(int batch, DataType type) {
    return Tensors.full(new Shape(batch, 2), 0.5, type);
  }

  /** Two steps by hand: x + h f + g √h z, with h negative when time runs backwards. */
  @Test
  void eulerMaruyama_isTheFormula_inBothDirectionsOfTime() {
    for (double h : new double[] {0.25, -0.25}) {
      Seeds seeds = Seeds.of(3);
      double[] times = {1, 1 + 2 * h};
      NDArray x0 = start(3, DataType.FLOAT32);
      NDArray x = Sde.solve(PULL, x0, times, EulerMaruyama.steps(2), seeds).x();
      NDArray expected = x0;
      for (int k = 0; k < 2; k++) {
        NDArray z = seeds.part("step " + k).normal(new Shape(2), 3);
        expected = expected.mul(1 - 1.5 * h).add(z.mul(0.8 * Math.sqrt(Math.abs(h))));
      }
      assertArrayEquals(Tensors.toDoubles(expected), Tensors.toDoubles(x), 1e-6);
    }
  }

  @Test
  void sample_doesNotDependOnTheBatch_andRepeats() {
    for (StochasticSolver solver : List.of(EulerMaruyama.steps(5), StochasticHeun.steps(5))) {
      for (DataType type : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
        NDArray few = Sde.solve(PULL, start(2, type), UNIT, solver, Seeds.of(3)).x();
        NDArray many = Sde.solve(PULL, start(9, type), UNIT, solver, Seeds.of(3)).x();
        assertEquals(type, few.getDataType());
        assertArrayEquals(Tensors.toDoubles(few), Tensors.toDoubles(many.get("0:2")));
        NDArray other = Sde.solve(PULL, start(2, type), UNIT, solver, Seeds.of(4)).x();
        assertNotEquals(Tensors.toDoubles(few)[0], Tensors.toDoubles(other)[0]);
      }
    }
  }

  @Test
  void states_atSeveralTimes_areThoseOfTheObserver() {
    List<double[]> seen = new ArrayList<>();
    double[] times = {0, 0.1, 0.3, 1};
    OdeSolution solution =
        Sde.solve(
            PULL,
            start(2, DataType.FLOAT64),
            times,
            EulerMaruyama.stepSize(0.1),
            BrownianPath.of(Seeds.of(3)),
            (step, t, h, x, ratio) -> {
              assertEquals(seen.size() + 1, step);
              assertEquals(0.1 * step, t, 1e-12);
              seen.add(Tensors.toDoubles(x.get(0)));
            });
    assertEquals(10, solution.accepted());
    assertEquals(10, solution.evaluations());
    assertArrayEquals(seen.get(0), Tensors.toDoubles(solution.x(1)));
    assertArrayEquals(seen.get(2), Tensors.toDoubles(solution.x(2)));
    assertArrayEquals(seen.get(9), Tensors.toDoubles(solution.x()));
  }

  @Test
  void coarsenedPath_isTheSumOfItsSteps() {
    BrownianPath fine = BrownianPath.of(Seeds.of(3));
    NDArray like = start(2, DataType.FLOAT64);
    NDArray coarse = fine.coarsened(3).increment(1, -0.3, like);
    NDArray sum = Tensors.zerosLike(like);
    for (int i = 3; i < 6; i++) {
      sum = sum.add(fine.increment(i, -0.1, like));
    }
    assertArrayEquals(Tensors.toDoubles(sum), Tensors.toDoubles(coarse), 1e-12);
  }

  /** Brownian motion itself, both ways of drawing: mean 0 and variance |t|, within 5 sigma. */
  @Test
  void increments_haveTheVarianceOfTheirLength() {
    int n = 5000;
    NDArray like = start(n, DataType.FLOAT64);
    for (BrownianPath path :
        List.of(BrownianPath.of(Seeds.of(5)), BrownianPath.ofBatch(Seeds.of(5)))) {
      NDArray dw = path.increment(4, -0.3, like);
      assertEquals(0, Tensors.item(dw.mean()), 5 * Math.sqrt(0.3 / (2 * n)));
      assertEquals(0.3, Tensors.item(dw.square().mean()), 5 * 0.3 * Math.sqrt(1.0 / n));
    }
  }

  /**
   * A linear process whose coordinates mix: the moment equations against 50,000 paths. Both errors
   * are below 0.02, above 4 standard errors.
   */
  @Test
  @Equation({"2.4.51", "2.4.52", "2.4.53"})
  void linearMoments_areThoseOfAnEnsemble() {
    int n = 50_000;
    NDArray mix = Tensors.of(new double[] {-1, 0.6, -0.9, -0.5}, new Shape(2, 2));
    NDArray root = Tensors.of(new double[] {0.7, 0.3, 0.5, 0.4}, new Shape(2, 2));
    StochasticDynamics process =
        new StochasticDynamics() {
          @Override
          public NDArray drift(double t, NDArray x) {
            return Scalars.add(x.matMul(mix.transpose()), t);
          }

          @Override
          public NDArray diffusion(double t, NDArray x, NDArray z) {
            return z.matMul(root.transpose());
          }
        };
    NDArray mu0 = Tensors.of(new double[] {2, -1}, new Shape(1, 2));
    NDArray sigma0 = Tensors.zeros(new Shape(2, 2), DataType.FLOAT64);
    Solver precise = DormandPrince.tolerances(1e-9, 1e-9);
    LinearMoments equations = new LinearMoments(process);
    NDList moments = Ode.solve(equations, new NDList(mu0, sigma0), UNIT, precise).last();
    NDArray x0 = mu0.repeat(0, n);
    BrownianPath path = BrownianPath.ofBatch(Seeds.of(9));
    StochasticSolver heun = StochasticHeun.steps(50);
    NDArray x = Sde.solve(process, x0, UNIT, heun, path, StepObserver.NONE).x();
    NDArray mean = x.mean(new int[] {0}, true);
    NDArray centred = x.sub(mean);
    double[] covariance = Tensors.toDoubles(centred.transpose().matMul(centred).div(n));
    assertArrayEquals(Tensors.toDoubles(moments.get(0)), Tensors.toDoubles(mean), 0.02);
    assertArrayEquals(Tensors.toDoubles(moments.get(1)), covariance, 0.02);
    assertTrue(covariance[1] > 0.05, "the coordinates are correlated: " + covariance[1]);
  }

  @Test
  void liveArrays_doNotGrowWithTheNumberOfSteps() {
    NDArray x0 = start(2, DataType.FLOAT64);
    Sde.solve(PULL, x0, UNIT, StochasticHeun.steps(2), Seeds.of(1)).close();
    int before = Devices.liveArrays();
    int[] most = new int[2];
    for (int i = 0; i < 2; i++) {
      int run = i;
      StepObserver watch =
          (step, t, h, x, ratio) -> most[run] = Math.max(most[run], Devices.liveArrays() - before);
      BrownianPath path = BrownianPath.of(Seeds.of(1));
      int steps = i == 0 ? 10 : 500;
      Sde.solve(PULL, x0, UNIT, StochasticHeun.steps(steps), path, watch).close();
      assertEquals(before, Devices.liveArrays());
    }
    assertEquals(most[0], most[1]);
  }

  @Test
  void stateThatBlowsUp_endsWithTheLastGoodOne() {
    StochasticDynamics wild =
        StochasticDynamics.of(
            (t, x) -> t < 0.45 ? x : Scalars.scale(x, Double.POSITIVE_INFINITY), t -> 0.1);
    OdeSolution solution =
        Sde.solve(wild, start(2, DataType.FLOAT32), UNIT, EulerMaruyama.steps(10), Seeds.of(1));
    assertEquals(Status.NOT_FINITE, solution.status());
    assertEquals(0.5, solution.reached(), 1e-12);
    assertTrue(Tensors.isFinite(solution.x()));
  }

  @Test
  void whatDoesNotFit_isRefusedByName() {
    NDArray x0 = start(2, DataType.FLOAT32);
    StochasticSolver solver = EulerMaruyama.steps(4);
    refused("times must lie on the solver's grid", () -> solve(PULL, x0, 0, 0.3, 1));
    refused("times must be strictly", () -> solve(PULL, x0, 0, 0));
    refused("steps must be at least 1", () -> StochasticHeun.steps(0));
    refused("seeds must be given", () -> Sde.solve(PULL, x0, UNIT, solver, null));
    refused("f must be given", () -> solve(null, x0, UNIT));
    refused("batch", () -> solve(PULL, Tensors.zeros(new Shape()), UNIT));
    StochasticDynamics narrow = StochasticDynamics.byElement((t, x) -> x, (t, x) -> x.sum());
    solve(narrow, x0, UNIT);
    StochasticDynamics other =
        StochasticDynamics.byElement((t, x) -> x, (t, x) -> x.toType(DataType.FLOAT64, false));
    refused("the diffusion must have the shape and type", () -> solve(other, x0, UNIT));
  }

  private static OdeSolution solve(StochasticDynamics f, NDArray x0, double... times) {
    return Sde.solve(f, x0, times, EulerMaruyama.steps(4), Seeds.of(1));
  }

  private static void refused(String text, Executable call) {
    IllegalArgumentException error = assertThrows(IllegalArgumentException.class, call);
    assertTrue(error.getMessage().contains(text), error.getMessage());
  }

  @Test
  void interrupt_endsTheSolve_andFreesItsArrays() {
    NDArray x0 = start(2, DataType.FLOAT32);
    solve(PULL, x0, UNIT).close();
    int before = Devices.liveArrays();
    Thread.currentThread().interrupt();
    assertThrows(CancellationException.class, () -> solve(PULL, x0, UNIT));
    assertTrue(Thread.interrupted());
    assertEquals(before, Devices.liveArrays());
  }
}

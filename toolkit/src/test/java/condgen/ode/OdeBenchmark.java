package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import condgen.tensor.Tensors;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Times of whole solves from t = 0 to 1, in milliseconds. Run {@code org.openjdk.jmh.Main
 * OdeBenchmark} on the test class path; not part of the tests.
 *
 * <ul>
 *   <li>{@code pair...}: a 2-vector with the cheapest of dynamics, so the solver's own cost.
 *   <li>{@code wide...}: a state of 512 × 64.
 *   <li>{@code matrixProduct}: 1024 × 1024 by 1024 × 1024, to compare machines.
 *   <li>{@code network...}: a 2→64→2 tanh network on a batch of 512, the case that the project
 *       compares with torchdiffeq.
 * </ul>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class OdeBenchmark {

  private static final VectorField DECAY = (t, x) -> x.neg();

  private final Solver fixed = ThreeEighthsRule.steps(40);
  private final Solver adaptive = DormandPrince.tolerances(1e-6, 1e-8);

  private NDArray square;
  private NDArray pair;
  private NDArray wide;
  private NDArray batch;
  private NDList weights;

  /** Makes the states and the network's weights. */
  @Setup(Level.Trial)
  public void makeStates() {
    square = Tensors.ones(new Shape(1024, 1024));
    pair = Tensors.of(1, 0.5);
    wide = Tensors.ones(new Shape(512, 64));
    batch = random(1, 512, 2);
    weights = new NDList(random(0.5, 64, 2), random(0.5, 64), random(0.1, 2, 64), random(0.1, 2));
  }

  /** Frees them. */
  @TearDown(Level.Trial)
  public void free() {
    Tensors.close(weights);
    Tensors.close(new NDList(square, pair, wide, batch));
  }

  private static NDArray random(double scale, long... shape) {
    Random random = new Random(3);
    double[] values = random.doubles(new Shape(shape).size(), -scale, scale).toArray();
    return Tensors.of(values).reshape(shape);
  }

  private NDArray network(NDArray x) {
    NDArray hidden = Linear.linear(x, weights.get(0), weights.get(1)).get(0).tanh();
    return Linear.linear(hidden, weights.get(2), weights.get(3)).get(0);
  }

  private long solve(VectorField f, NDArray x0, Solver solver) {
    try (OdeSolution solution = Ode.solve(f, x0, 0, 1, solver)) {
      return solution.evaluations();
    }
  }

  /** One matrix product of 1024³ multiplications. */
  @Benchmark
  public long matrixProduct() {
    try (NDArray product = square.matMul(square)) {
      return product.size();
    }
  }

  /** 40 steps of the 3/8 rule on a 2-vector. */
  @Benchmark
  public long pairByFixedSteps() {
    return solve(DECAY, pair, fixed);
  }

  /** Dormand-Prince on a 2-vector. */
  @Benchmark
  public long pairByDormandPrince() {
    return solve(DECAY, pair, adaptive);
  }

  /** 40 steps of the 3/8 rule on 512 × 64 numbers. */
  @Benchmark
  public long wideByFixedSteps() {
    return solve(DECAY, wide, fixed);
  }

  /** The network alone, as often as 40 steps need it: what no solver can save. */
  @Benchmark
  public void networkAlone() {
    for (int i = 0; i < 160; i++) {
      condgen.tensor.Scope.run(() -> network(batch));
    }
  }

  /** 40 steps of the 3/8 rule through the network. */
  @Benchmark
  public long networkByFixedSteps() {
    return solve((t, x) -> network(x), batch, fixed);
  }

  /** Dormand-Prince through the network. */
  @Benchmark
  public long networkByDormandPrince() {
    return solve((t, x) -> network(x), batch, adaptive);
  }
}

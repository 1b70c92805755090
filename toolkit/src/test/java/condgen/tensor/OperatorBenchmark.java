package condgen.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one operator costs in microseconds: the engine alone, and the same through this package.
 * {@code toolkit/measure operators} runs it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OperatorBenchmark {

  private static final int OPERATORS = 100;

  private NDManager manager;
  private NDArray small;
  private NDArray scalar;
  private NDArray x;
  private NDArray weight;
  private NDArray bias;

  /** Makes the operands. */
  @Setup
  public void prepare() {
    manager = Devices.root();
    small = Tensors.ones(new Shape(4, 4));
    scalar = Tensors.full(new Shape(), 1.5, small.getDataType());
    x = Tensors.ones(new Shape(512, 2));
    weight = Tensors.ones(new Shape(64, 2));
    bias = Tensors.zeros(new Shape(64));
  }

  /** Adds two 4×4 arrays and frees the sum at once. */
  @Benchmark
  public void engineAdds() {
    small.add(small).close();
  }

  /** The same as one of a hundred operators of a scope, which frees them together. */
  @Benchmark
  @org.openjdk.jmh.annotations.OperationsPerInvocation(OPERATORS)
  public void scopeAdds() {
    condgen.tensor.Scope.run(
        () -> {
          for (int i = 0; i < OPERATORS; i++) {
            small.add(small);
          }
        });
  }

  /** A hundred operators in a manager of the engine's, which frees them together. */
  @Benchmark
  @org.openjdk.jmh.annotations.OperationsPerInvocation(OPERATORS)
  public void engineManagerAdds() {
    try (NDManager step = manager.newSubManager()) {
      NDArray mine = small.duplicate();
      mine.attach(step);
      for (int i = 0; i < OPERATORS; i++) {
        mine.add(small);
      }
    }
  }

  /** Multiplies by a 0-d array. */
  @Benchmark
  public void engineMultipliesByArray() {
    small.mul(scalar).close();
  }

  /** Multiplies by a Java number, the engine's way. */
  @Benchmark
  public void engineMultipliesByNumber() {
    small.mul(1.5f).close();
  }

  /** Multiplies by a Java number, our way. */
  @Benchmark
  public void scalarsScale() {
    Scalars.scale(small, 1.5).close();
  }

  /** x Wᵀ + b, 512×2 to 64, the engine's way. */
  @Benchmark
  public void engineLinear() {
    Linear.linear(x, weight, bias).singletonOrThrow().close();
  }

  /** The same through the operator that knows its Jacobian. */
  @Benchmark
  public void dualLinear() {
    LinearMap.linear(Dual.of(x), weight, bias).value().close();
  }
}

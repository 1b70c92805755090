package condgen.ode;

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
 * Times of a loss and its gradients through {@link NetworkGradient}, in milliseconds. Run {@code
 * toolkit/measure gradients}; not part of the tests.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class GradientBenchmark {

  private final Solver fixed = ThreeEighthsRule.steps(40);
  private final Solver adaptive = DormandPrince.tolerances(1e-6, 1e-8);
  private NetworkGradient network;

  /** Makes the network. */
  @Setup(Level.Trial)
  public void make() {
    network = new NetworkGradient();
  }

  /** Frees it. */
  @TearDown(Level.Trial)
  public void free() {
    network.free();
  }

  /** Dormand-Prince, back-propagation through its steps. */
  @Benchmark
  public long discreteByDormandPrince() {
    return network.take(Gradient.discrete(), adaptive);
  }

  /** Dormand-Prince, adjoint. */
  @Benchmark
  public long adjointByDormandPrince() {
    return network.take(Gradient.adjoint(), adaptive);
  }

  /** Dormand-Prince, back-propagation from two checkpoints. */
  @Benchmark
  public long checkpointedByDormandPrince() {
    return network.take(Gradient.checkpointed(2), adaptive);
  }

  /** 40 steps of the 3/8 rule, back-propagation. */
  @Benchmark
  public long discreteByFixedSteps() {
    return network.take(Gradient.discrete(), fixed);
  }

  /** 40 steps of the 3/8 rule, adjoint. */
  @Benchmark
  public long adjointByFixedSteps() {
    return network.take(Gradient.adjoint(), fixed);
  }
}

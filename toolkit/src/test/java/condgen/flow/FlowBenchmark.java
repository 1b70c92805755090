package condgen.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.flow.Divergence.Probe;
import condgen.nn.Layer;
import condgen.ode.ClassicRungeKutta;
import condgen.ode.Gradient;
import condgen.ode.ParametricDynamics;
import condgen.tensor.Activation;
import condgen.tensor.Dual;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Times of one training step of a flow in milliseconds, with and without the log density: two steps
 * of the classic Runge-Kutta method, back-propagated. {@code toolkit/measure flow} runs it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class FlowBenchmark {

  /** Which field: 512 points through 2-64-2, or 32 images of 3 × 8 × 8 in released width. */
  @Param({"points", "images"})
  public String field;

  private FlowField network;
  private NDList theta;
  private NDArray x;
  private NDArray e;

  /** Makes field, samples and direction. */
  @Setup
  public void prepare() {
    Seeds seeds = Seeds.of(1);
    boolean points = field.equals("points");
    Layer layer = points ? new DenseField(2, Activation.TANH, 64) : new ConvolutionalField(3, 0);
    network = FlowField.of(layer);
    theta = layer.initialize(seeds);
    x = seeds.normal(1, points ? new Shape(512, 2) : new Shape(32, 3, 8, 8));
    e = Divergence.hutchinson(Probe.GAUSSIAN, Divergence.Mode.FORWARD).probe(seeds, 2, x);
  }

  /** Frees them. */
  @TearDown
  public void free() {
    Tensors.close(theta);
    x.close();
    e.close();
  }

  /** Positions alone: forward and backward of the network, eight times. */
  @Benchmark
  public double plain() {
    try (condgen.tensor.Scope scope = condgen.tensor.Scope.open()) {
      ParametricDynamics f =
          (w, t, v) -> new NDList(network.apply(w, t, Dual.of(v.get(0))).value());
      NDArray value =
          Gradient.discrete()
              .solve(
                  f,
                  theta,
                  new NDList(x),
                  new double[] {0, 1},
                  ClassicRungeKutta.steps(2),
                  end -> end.get(0).square().mean())
              .value();
      return Tensors.item(value);
    }
  }

  private double step(Divergence divergence, NDArray direction) {
    try (condgen.tensor.Scope scope = condgen.tensor.Scope.open()) {
      ContinuousFlow flow = ContinuousFlow.of(network, divergence, ClassicRungeKutta.steps(2));
      return Tensors.item(
          flow.gradient(theta, x, direction, Gradient.discrete(), flow.negativeLogLikelihood(0, 0))
              .value());
    }
  }

  /** Positions and log density by J e. */
  @Benchmark
  public double byJvp() {
    return step(Divergence.hutchinson(Probe.GAUSSIAN, Divergence.Mode.FORWARD), e);
  }

  /** Positions and log density by Jᵀ e. */
  @Benchmark
  public double byVjp() {
    return step(Divergence.hutchinson(Probe.GAUSSIAN, Divergence.Mode.REVERSE), e);
  }
}

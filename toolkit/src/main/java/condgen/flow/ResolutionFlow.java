package condgen.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.nn.Composite;
import condgen.noise.WhiteNoise;
import condgen.ode.Ode;
import condgen.tensor.Dual;
import condgen.tensor.Gradients;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Segment;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The flow of one resolution: fixed maps, then blocks of a continuous flow one after another, then
 * a scaling to the noise of this resolution. z_s = g_s(y_s | x_{s+1}), or z_S = g_S(x_S) at the
 * coarsest.
 *
 * <p>As a layer it is the slope on the way: during [j, j + 1) that of block j at the time since j.
 */
public final class ResolutionFlow extends Composite {

  /**
   * What a flow of one resolution is made of.
   *
   * @param state channels of what becomes noise
   * @param condition channels of the coarser image, 0 for none
   * @param before fixed maps before the blocks, in the order from data to noise
   * @param blocks how many continuous flows
   * @param hidden channels between the convolutions of each block's field
   * @param deviation standard deviation of the noise z
   * @param scaled whether a last fixed map multiplies by the deviation, as the released code does;
   *     the density is then the same for every deviation
   */
  public record Parts(
      int state,
      int condition,
      List<Bijection> before,
      int blocks,
      List<Integer> hidden,
      double deviation,
      boolean scaled) {
    /** Checks the numbers. */
    public Parts {
      before = List.copyOf(before);
      hidden = List.copyOf(hidden);
      if (blocks < 1) {
        throw new IllegalArgumentException("blocks must be at least 1, but is " + blocks);
      }
      if (!(deviation > 0) || Double.isInfinite(deviation)) {
        throw new IllegalArgumentException(
            "deviation must be positive and finite, but is " + deviation);
      }
    }
  }

  private final Parts parts;
  private final List<ConvolutionalField> fields = new ArrayList<>();

  /** Builds the fields; see {@link Parts}. */
  public ResolutionFlow(Parts parts) {
    this.parts = parts;
    int[] hidden = parts.hidden().stream().mapToInt(Integer::intValue).toArray();
    for (int j = 0; j < parts.blocks(); j++) {
      ConvolutionalField field = new ConvolutionalField(parts.state(), parts.condition(), hidden);
      fields.add(part("blocks." + j, field));
    }
  }

  /** What it is made of. */
  public Parts parts() {
    return parts;
  }

  /** The slope at a time from 0 to the number of blocks; t is 0-d. */
  @Override
  public Dual apply(NDList theta, Dual x, NDArray t) {
    double time = Tensors.item(t);
    int block = (int) Math.min(Math.max(0, Math.floor(time)), fields.size() - 1.0);
    return run(fields.get(block), theta, x, Scalars.add(t, -block));
  }

  /**
   * Random directions of the trace, one per block.
   *
   * @param state gives shape and type
   * @return null in each place when the trace is exact
   */
  public NDList probes(FlowNumerics numerics, Seeds seeds, long step, NDArray state) {
    NDList probes = new NDList();
    for (int j = 0; j < fields.size(); j++) {
      probes.add(numerics.divergence().probe(seeds.part("block " + j), step, state));
    }
    return probes;
  }

  /**
   * From data to noise.
   *
   * @param probes from {@link #probes}
   * @param end time at which each block ends: 1, or what {@link Steer} draws
   * @return z, log p(z) − log p(data), and what the regulariser integrated
   * @throws ArithmeticException with advice when a solver does not arrive
   */
  @Equation({"4.3.11", "4.3.12"})
  public Passage forward(
      NDList theta, ResolutionInput input, NDList probes, FlowNumerics numerics, double end) {
    try (Scope scope = Scope.inherit()) {
      Passage passage = start(input);
      for (int j = 0; j < fields.size(); j++) {
        passage =
            block(j, input.condition(), numerics, end)
                .forward(blockOf(theta, j), passage, probes.get(j));
      }
      passage = finish(passage);
      passage.arrays().forEach(scope::keep);
      return passage;
    }
  }

  /** The same with blocks of unit time. */
  public Passage forward(
      NDList theta, ResolutionInput input, NDList probes, FlowNumerics numerics) {
    return forward(theta, input, probes, numerics, 1);
  }

  /**
   * log p of the data that a {@link #forward} passage started from, nats per sample: log N(z; 0,
   * σ²) minus the change.
   *
   * @return (batch)
   */
  @Equation({"4.2.5", "4.3.11", "4.3.12"})
  public NDArray logDensity(Passage passage) {
    return noiseLogDensity(passage.end()).sub(passage.change());
  }

  /** log N(z; 0, σ²) with this resolution's deviation, (batch). */
  public NDArray noiseLogDensity(NDArray z) {
    Samples.require(z, "z");
    double deviation = parts.deviation();
    double constant = Samples.size(z) * Math.log(2 * Math.PI * deviation * deviation);
    NDArray square = Scalars.scale(Samples.sum(z.square()), 1 / (deviation * deviation));
    return Scalars.scale(Scalars.add(square, constant), -0.5);
  }

  /**
   * From noise to data, without densities.
   *
   * @param z (B, state, h, w)
   * @param condition the coarser image, (B, condition, h, w); null at the coarsest
   * @throws ArithmeticException with advice when a solver does not arrive
   */
  @Equation("4.3.16")
  public NDArray inverse(NDList theta, NDArray z, NDArray condition, FlowNumerics numerics) {
    try (Scope scope = Scope.inherit()) {
      NDArray v = parts.scaled() ? scaling().inverse(z) : z;
      for (int j = fields.size() - 1; j >= 0; j--) {
        ContinuousFlow flow = block(j, condition, numerics, 1);
        v = Ode.solve(flow.slope(blockOf(theta, j)), v, 1, 0, flow.solver()).orThrow().x();
      }
      for (int i = parts.before().size() - 1; i >= 0; i--) {
        v = parts.before().get(i).inverse(v);
      }
      return scope.keep(v);
    }
  }

  /**
   * Noise of this resolution.
   *
   * @param temperature factor of its deviation; 1 for the model itself
   * @param sample (state, h, w)
   * @return (count, state, h, w)
   */
  public NDArray noise(Seeds seeds, long step, Shape sample, int count, double temperature) {
    if (!(temperature >= 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException(
          "temperature must be finite and not negative, but is " + temperature);
    }
    NDArray white = new WhiteNoise().sample(seeds, step, sample, count);
    return Scalars.scale(white, parts.deviation() * temperature);
  }

  /**
   * Value and gradients of a loss of the passage from data to noise, block by block from the last.
   *
   * @param loss maps the passage to one number; see {@link MultiResolutionLoss}
   */
  public Gradients.ValueAndGrad gradient(
      NDList theta,
      ResolutionInput input,
      NDList probes,
      FlowNumerics numerics,
      double end,
      Function<Passage, NDArray> loss) {
    try (Scope scope = Scope.open()) {
      List<Segment> segments = new ArrayList<>();
      NDList state = null;
      for (int j = 0; j < fields.size(); j++) {
        ContinuousFlow flow = block(j, input.condition(), numerics, end);
        AugmentedDynamics f =
            new AugmentedDynamics(
                flow.field(), flow.divergence(), flow.regularizer(), probes.get(j));
        state = state == null ? f.start(start(input)) : state;
        segments.add(
            numerics
                .gradient()
                .segment(f, blockOf(theta, j), new double[] {0, end}, flow.solver()));
      }
      Gradients.ValueAndGrad found =
          Segment.valueAndGrad(state, segments, last -> loss.apply(finish(Passage.of(last))));
      scope.keep(found.value());
      scope.keep(found.gradients());
      return found;
    }
  }

  /** The fixed maps before the blocks. */
  Passage start(ResolutionInput input) {
    NDArray v = input.state();
    NDArray change = Passage.at(v).change();
    for (Bijection map : parts.before()) {
      change = change.sub(map.logDeterminant(v));
      v = map.forward(v);
    }
    return new Passage(v, change, null, null);
  }

  /** The last scaling. */
  private Passage finish(Passage passage) {
    if (!parts.scaled()) {
      return passage;
    }
    NDArray z = scaling().forward(passage.end());
    NDArray change = passage.change().sub(scaling().logDeterminant(z));
    return new Passage(z, change, passage.kinetic(), passage.jacobian());
  }

  private AffineTransform scaling() {
    return new AffineTransform(parts.deviation(), 0);
  }

  private NDList blockOf(NDList theta, int block) {
    return own(fields.get(block), theta);
  }

  private ContinuousFlow block(int j, NDArray condition, FlowNumerics numerics, double end) {
    ContinuousFlow flow =
        ContinuousFlow.of(fields.get(j), numerics.divergence(), numerics.solver())
            .with(numerics.regularizer())
            .until(end);
    return condition == null ? flow : flow.given(condition);
  }
}

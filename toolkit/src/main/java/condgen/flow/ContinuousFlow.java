package condgen.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.noise.GaussianNoise;
import condgen.noise.WhiteNoise;
import condgen.ode.Gradient;
import condgen.ode.Ode;
import condgen.ode.OdeGradient;
import condgen.ode.OdeSolution;
import condgen.ode.Solver;
import condgen.ode.VectorField;
import condgen.tensor.Dual;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.thesis.Equation;
import java.util.function.Function;

/**
 * A continuous normalizing flow: data x = v(0) is carried to noise z = v(1) by dv/dt = f(v, t, θ).
 *
 * <p>The log density changes by −Tr(∂f/∂v) per unit of time along the way, so log p(x) = log p(z) −
 * ∫ −Tr dt = log p(z) + ∫ Tr dt. (The thesis adds where it has to subtract: 2.3.6 put into 2.3.4.)
 *
 * <pre>{@code
 * var field = new DenseField(2, Activation.TANH, 64, 64);
 * var flow = ContinuousFlow.of(field, Divergence.exact(), ClassicRungeKutta.steps(8));
 * NDArray logDensity = flow.logDensity(theta, x, null);
 * }</pre>
 *
 * <p>Immutable: options return a changed copy. The random direction e of Hutchinson's estimate is
 * an argument, from {@code divergence().probe(seeds, step, x)}: one for a whole solve and for the
 * gradient's way back; null when the divergence is exact.
 */
public record ContinuousFlow(
    FlowField field,
    Divergence divergence,
    Solver solver,
    Regularizer regularizer,
    GaussianNoise noise,
    double endTime) {

  /** Checks the parts; see {@link #of} and the options for what they mean. */
  public ContinuousFlow {
    if (field == null
        || divergence == null
        || solver == null
        || regularizer == null
        || noise == null) {
      throw new IllegalArgumentException(
          "field, divergence, solver, regularizer and noise must be given, but one is null");
    }
    if (!(endTime > 0) || Double.isInfinite(endTime)) {
      throw new IllegalArgumentException("endTime must be positive and finite, but is " + endTime);
    }
  }

  /** A flow over t from 0 to 1, to standard normal noise, without regulariser. */
  public static ContinuousFlow of(FlowField field, Divergence divergence, Solver solver) {
    return new ContinuousFlow(field, divergence, solver, Regularizer.NONE, new WhiteNoise(), 1);
  }

  /** The same flow solved by another method. */
  public ContinuousFlow with(Solver other) {
    return new ContinuousFlow(field, divergence, other, regularizer, noise, endTime);
  }

  /** The same flow with another trace. */
  public ContinuousFlow with(Divergence other) {
    return new ContinuousFlow(field, other, solver, regularizer, noise, endTime);
  }

  /** Integrates a regulariser in {@link #forward} and {@link #gradient}. */
  public ContinuousFlow with(Regularizer other) {
    return new ContinuousFlow(field, divergence, solver, other, noise, endTime);
  }

  /** Other noise at the end. */
  public ContinuousFlow with(GaussianNoise other) {
    return new ContinuousFlow(field, divergence, solver, regularizer, other, endTime);
  }

  /** Another time at which the noise is reached. */
  public ContinuousFlow until(double time) {
    return new ContinuousFlow(field, divergence, solver, regularizer, noise, time);
  }

  /** The flow given a condition, one per sample; see {@link FlowField#given}. */
  public ContinuousFlow given(NDArray condition) {
    return new ContinuousFlow(
        field.given(condition), divergence, solver, regularizer, noise, endTime);
  }

  /**
   * From data to noise, z = g(x), with the change of log density and what the regulariser
   * integrates.
   *
   * @param x (batch, ...)
   * @param e direction of Hutchinson's estimate, of x's shape; null when exact
   * @throws ArithmeticException with advice when the solver does not arrive
   */
  @Equation({"2.3.3", "2.3.6", "2.3.7"})
  public Passage forward(NDList theta, NDArray x, NDArray e) {
    try (Scope scope = Scope.inherit()) {
      return keep(scope, forward(theta, Passage.at(x), e));
    }
  }

  /** The same for samples that come out of another flow: all integrals go on. */
  public Passage forward(NDList theta, Passage from, NDArray e) {
    return pass(dynamics(regularizer, e), theta, from, 0, endTime);
  }

  /**
   * From noise to data, x = g⁻¹(z), with the change of log density, log p(x) − log p(z).
   *
   * @param z (batch, ...)
   * @param e direction of Hutchinson's estimate, of z's shape; null when exact
   * @throws ArithmeticException with advice when the solver does not arrive
   */
  public Passage inverse(NDList theta, NDArray z, NDArray e) {
    try (Scope scope = Scope.inherit()) {
      return keep(scope, inverse(theta, Passage.at(z), e));
    }
  }

  /** The same for samples that come out of another flow: the change of density goes on. */
  public Passage inverse(NDList theta, Passage from, NDArray e) {
    return pass(dynamics(Regularizer.NONE, e), theta, from, endTime, 0);
  }

  private AugmentedDynamics dynamics(Regularizer what, NDArray e) {
    return new AugmentedDynamics(field, divergence, what, e);
  }

  private Passage pass(AugmentedDynamics f, NDList theta, Passage start, double from, double to) {
    try (Scope scope = Scope.inherit()) {
      double[] times = {from, to};
      OdeSolution solution = Ode.solve(f.at(theta), f.start(start), times, solver).orThrow();
      return keep(scope, Passage.of(solution.state(1)));
    }
  }

  private static Passage keep(Scope scope, Passage passage) {
    passage.arrays().forEach(scope::keep);
    return passage;
  }

  /**
   * log p(x) = log p(z) − (log p(z) − log p(x)), in nats per sample.
   *
   * @param x (batch, ...)
   * @param e direction of Hutchinson's estimate, of x's shape; null when exact
   * @return (batch)
   */
  @Equation("2.3.4")
  public NDArray logDensity(NDList theta, NDArray x, NDArray e) {
    return logDensity(theta, x, 0, e);
  }

  /**
   * log density of the points on their way at a time between: at 0 that of the data, at the end
   * that of the noise.
   *
   * @param v (batch, ...)
   * @param t from 0 to below the end time
   * @param e direction of Hutchinson's estimate, of v's shape; null when exact
   * @return (batch)
   * @throws IllegalArgumentException when t is outside
   */
  @Equation("2.3.5")
  public NDArray logDensity(NDList theta, NDArray v, double t, NDArray e) {
    if (!(t >= 0 && t < endTime)) {
      throw new IllegalArgumentException("t must be from 0 to below " + endTime + ", but is " + t);
    }
    try (Scope scope = Scope.inherit()) {
      AugmentedDynamics f = dynamics(Regularizer.NONE, e);
      return scope.keep(logDensity(pass(f, theta, Passage.at(v), t, endTime)));
    }
  }

  /** log p of the data that a {@link #forward} passage started from, (batch). */
  @Equation("2.3.4")
  public NDArray logDensity(Passage passage) {
    return noiseLogDensity(passage.end()).sub(passage.change());
  }

  /** log N(z; 0, Σ), (batch). */
  public NDArray noiseLogDensity(NDArray z) {
    Samples.require(z, "z");
    Shape sample = z.getShape().slice(1);
    double constant = sample.size() * Math.log(2 * Math.PI) + noise.logDeterminant(sample);
    NDArray square = Samples.sum(z.mul(noise.precision(z)));
    return Scalars.scale(Scalars.add(square, constant), -0.5);
  }

  /**
   * Draws data: noise, carried back. No divergence is computed.
   *
   * @param sample shape of one sample
   * @return (count, sample...)
   * @throws ArithmeticException with advice when the solver does not arrive
   */
  @Equation("2.3.2")
  public NDArray sample(NDList theta, Seeds seeds, long step, Shape sample, int count) {
    try (Scope scope = Scope.open()) {
      NDArray z = noise.sample(seeds, step, sample, count);
      return scope.keep(Ode.solve(slope(theta), z, endTime, 0, solver).orThrow().x());
    }
  }

  /** dv/dt alone, for {@link Ode#solve}: trajectories without densities. */
  @Equation("2.3.1")
  public VectorField slope(NDList theta) {
    return (t, v) -> field.apply(theta, t, Dual.of(v)).value();
  }

  /**
   * Value and gradients of a loss of the passage from data to noise.
   *
   * @param x (batch, ...)
   * @param e direction of Hutchinson's estimate, of x's shape; null when exact
   * @param how back-propagation through the steps, or the adjoint equation
   * @param loss maps a passage to one number, such as {@link #negativeLogLikelihood}
   */
  public OdeGradient gradient(
      NDList theta, NDArray x, NDArray e, Gradient how, Function<Passage, NDArray> loss) {
    AugmentedDynamics f = dynamics(regularizer, e);
    double[] times = {0, endTime};
    return how.solve(
        f, theta, f.start(Passage.at(x)), times, solver, end -> loss.apply(Passage.of(end)));
  }

  /**
   * The loss of maximum likelihood: the mean of −log p(x), plus the regularisers' means times their
   * weights.
   *
   * @param kinetic weight of the kinetic energy; 0 for none
   * @param jacobian weight of the Jacobian; 0 for none
   */
  public Function<Passage, NDArray> negativeLogLikelihood(double kinetic, double jacobian) {
    return passage -> {
      NDArray loss = logDensity(passage).mean().neg();
      loss = kinetic == 0 ? loss : Scalars.axpy(kinetic, passage.kinetic().mean(), loss);
      return jacobian == 0 ? loss : Scalars.axpy(jacobian, passage.jacobian().mean(), loss);
    };
  }
}

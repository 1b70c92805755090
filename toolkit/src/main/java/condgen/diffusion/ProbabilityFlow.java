package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.flow.Divergence;
import condgen.ode.Dynamics;
import condgen.ode.Ode;
import condgen.ode.OdeSolution;
import condgen.ode.Solver;
import condgen.ode.VectorField;
import condgen.tensor.Dual;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.function.UnaryOperator;

/**
 * A diffusion model as a continuous normalizing flow: dx/dt = r x − ½ g² Σ s(x, t) has the
 * marginals of the diffusion, so the model has an exact likelihood,
 *
 * <pre>{@code
 * log p(x) = log p₁(x(1)) + ∫ div dx/dt dt    along the way from x to x(1)
 * }</pre>
 *
 * <p>Song et al., Score-based generative modeling through stochastic differential equations, 2021,
 * section 4.3.
 *
 * @param sde the equation
 * @param score s(x, t)
 * @param start the time taken for that of the data: 0 if the score exists there, else a little more
 */
public record ProbabilityFlow(DiffusionSde sde, DualScore score, double start)
    implements VectorField {

  /**
   * Checks the start.
   *
   * @throws IllegalArgumentException when it is not in [0, 1)
   */
  public ProbabilityFlow {
    if (!(start >= 0 && start < 1)) {
      throw new IllegalArgumentException("start must lie in [0, 1), but is " + start);
    }
    if (sde == null || score == null) {
      throw new IllegalArgumentException(
          (sde == null ? "sde" : "score") + " must be given, but is null");
    }
  }

  /** From t = 0 on. */
  public ProbabilityFlow(DiffusionSde sde, DualScore score) {
    this(sde, score, 0);
  }

  @Override
  public NDArray apply(double t, NDArray x) {
    return sde.probabilityFlow(score).apply(Math.max(t, start), x);
  }

  /** The slope, written over {@link Dual}. */
  public Dual slope(double time, Dual x) {
    double t = Math.max(time, start);
    double g = sde.diffusionCoefficient(t);
    NDArray rate = Scalars.fresh(sde.driftRate(t), x.value());
    NDArray share = Scalars.fresh(-0.5 * g * g, x.value());
    Dual pull = Dual.apply(new SymmetricMap(sde.noise()::covariance), score.at(x, t));
    return x.mul(Dual.of(rate)).add(pull.mul(Dual.of(share)));
  }

  /**
   * What a likelihood is made of.
   *
   * @param logDensity log p(x) of each sample, natural logarithm, (batch)
   * @param latent x(1), of x's shape
   * @param evaluations of the slope with its divergence
   */
  public record Likelihood(NDArray logDensity, NDArray latent, long evaluations) {}

  /** log p(x) with the prior of the equation at t = 1. */
  public Likelihood logLikelihood(NDArray x, Solver solver, Divergence divergence, Seeds seeds) {
    return logLikelihood(x, solver, divergence, seeds, sde::priorLogDensity);
  }

  /**
   * log p(x) by solving from the start to t = 1.
   *
   * @param x (batch, sample...)
   * @param solver the method, such as {@code DormandPrince.tolerances(1e-6, 1e-6)}
   * @param divergence exact, or Hutchinson's unbiased estimate
   * @param seeds for the random direction, drawn once
   * @param terminal log p₁ of each sample, (batch, sample...) to (batch)
   * @throws ArithmeticException when the solve does not reach t = 1, with advice
   */
  public Likelihood logLikelihood(
      NDArray x,
      Solver solver,
      Divergence divergence,
      Seeds seeds,
      UnaryOperator<NDArray> terminal) {
    try (Scope scope = Scope.inherit()) {
      NDArray probe = divergence.probe(seeds, 0, x);
      Dynamics both =
          (t, state) -> {
            Divergence.Estimate found = divergence.at(v -> slope(t, v), state.get(0), probe);
            return new NDList(found.value(), found.divergence());
          };
      NDArray gained = Tensors.zeros(x.getShape().slice(0, 1), x.getDataType());
      double[] times = {start, 1};
      OdeSolution end = Ode.solve(both, new NDList(x, gained), times, solver).orThrow();
      NDArray latent = scope.keep(end.last().get(0));
      NDArray logDensity = scope.keep(terminal.apply(latent).add(end.last().get(1)));
      return new Likelihood(logDensity, latent, end.evaluations());
    }
  }
}

package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.noise.GaussianNoise;
import condgen.ode.StochasticDynamics;
import condgen.ode.VectorField;
import condgen.tensor.Arguments;
import condgen.tensor.Scalars;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;

/**
 * Diffusion in continuous time, t from 0 (data) to 1 (noise):
 *
 * <pre>{@code
 * dx = r(t) x dt + g(t) √Σ dw,    x(t) = a(t) x(0) + s(t) √Σ ε
 * }</pre>
 *
 * <p>Σ is the covariance of a {@link GaussianNoise}; white noise, Σ = I, is chapter 2. {@link
 * VariancePreserving} is the limit of DDPM, {@link VarianceExploding} that of SMLD. Arrays x have
 * shape (batch, sample...).
 *
 * <p>With the score ∇ log p_t(x) time can be turned back: by the {@link #reverse} equation, which
 * draws noise, or by the {@link #probabilityFlow}, which draws none and has the same marginals.
 * Adaptive solvers look a little past the last time: the formulas hold beyond t = 1 too, and before
 * t = 0 the slope of t = 0 is taken.
 */
public interface DiffusionSde {

  /** N(0, Σ). */
  GaussianNoise noise();

  /** r(t): the drift is r(t) x. */
  double driftRate(double t);

  /** g(t). */
  double diffusionCoefficient(double t);

  /** a(t), the factor that is left of the data; a(0) = 1. */
  double meanFactor(double t);

  /** s(t), the standard deviation of the noise added since t = 0; s(0) = 0. */
  double deviation(double t);

  /** The forward equation, for {@link condgen.ode.Sde}. */
  @Equation({"2.4.44", "2.4.50", "2.5.13", "6.2.33"})
  default StochasticDynamics forward() {
    return stochastic((t, x) -> x.mul(Scalars.fresh(driftRate(t), x)));
  }

  /**
   * The reverse equation dx = (r x − g² Σ ∇ log p_t(x)) dt + g √Σ dw, to be solved from t = 1 down.
   * Brian Anderson, Reverse-time diffusion equation models, Stochastic Processes and their
   * Applications 12, 1982.
   */
  default StochasticDynamics reverse(ScoreFunction score) {
    return stochastic(withScore(score, 1));
  }

  /**
   * The probability-flow equation dx/dt = r x − ½ g² Σ ∇ log p_t(x), for {@link condgen.ode.Ode} in
   * either direction: its solutions have the marginals p_t without any noise. Song et al.,
   * Score-based generative modeling through stochastic differential equations, 2021.
   */
  default VectorField probabilityFlow(ScoreFunction score) {
    return withScore(score, 0.5);
  }

  private VectorField withScore(ScoreFunction score, double share) {
    return (time, x) -> {
      double t = Math.max(time, 0);
      NDArray s = score.at(x, t);
      Arguments.requireSameShape(x, "x", s, "the score");
      double g = diffusionCoefficient(t);
      NDArray pull = noise().covariance(s).mul(Scalars.fresh(-share * g * g, s));
      return x.mul(Scalars.fresh(driftRate(t), x)).add(pull);
    };
  }

  private StochasticDynamics stochastic(VectorField drift) {
    return new StochasticDynamics() {
      @Override
      public NDArray drift(double t, NDArray x) {
        return drift.apply(t, x);
      }

      @Override
      public NDArray diffusion(double t, NDArray x, NDArray z) {
        double g = diffusionCoefficient(Math.max(t, 0));
        return noise().sqrt(z).mul(Scalars.fresh(g, z));
      }
    };
  }

  /** Mean at t of a process that starts with this mean: a(t) times it. */
  @Equation({"2.4.57", "2.4.58", "2.4.66"})
  default NDArray mean(NDArray initial, double t) {
    return initial.mul(Scalars.fresh(meanFactor(t), initial));
  }

  /**
   * Covariance at t of a process that starts with this covariance: a² Σ₀ + s² Σ. For VP and white
   * noise that is I + e^(−∫β) (Σ₀ − I).
   *
   * @param initial Σ₀, row i holding the covariances of number i with all: (D, D), or (D,
   *     sample...) for a noise that asks for the shape of a sample, as that of images does
   * @return of initial's shape
   */
  @Equation({"2.4.61", "2.4.64", "2.4.65", "2.4.67"})
  default NDArray covariance(NDArray initial, double t) {
    Shape shape = initial.getShape();
    long d = shape.dimension() == 0 ? 0 : shape.get(0);
    if (d * d != shape.size() || d == 0) {
      throw new IllegalArgumentException(
          "initial must hold D rows of D numbers, but has shape " + shape);
    }
    NDArray unit = Tensors.eye((int) d).toType(initial.getDataType(), false).reshape(shape);
    double variance = deviation(t) * deviation(t);
    NDArray added = noise().covariance(unit).mul(Scalars.fresh(variance, unit));
    double a = meanFactor(t);
    return initial.mul(Scalars.fresh(a * a, initial)).add(added);
  }

  /** Jumps from x(0) to x(t) = a x(0) + s √Σ ε in one go. */
  @Equation({"2.4.45", "2.5.14", "6.2.34"})
  default NDArray diffuse(NDArray x0, double t, NDArray epsilon) {
    Arguments.requireSameShape(x0, "x0", epsilon, "epsilon");
    NDArray added = noise().sqrt(epsilon).mul(Scalars.fresh(deviation(t), epsilon));
    return mean(x0, t).add(added);
  }

  /** ∇ log p(x(t) | x(0)) = −Σ⁻¹ (x(t) − a x(0)) / s²; t above 0. */
  default NDArray score(NDArray x0, NDArray xt, double t) {
    Arguments.requireSameShape(x0, "x0", xt, "xt");
    NDArray r = xt.sub(mean(x0, t));
    double s = requireNoise(this, t);
    return noise().precision(r).mul(Scalars.fresh(-1 / (s * s), r));
  }

  /**
   * log p(x(t) | x(0)) of each sample; t above 0.
   *
   * @return (batch)
   */
  @Equation({"2.4.45", "2.5.14", "6.2.34"})
  default NDArray logDensity(NDArray x0, NDArray xt, double t) {
    Arguments.requireSameShape(x0, "x0", xt, "xt");
    return centredLogDensity(xt.sub(mean(x0, t)), requireNoise(this, t));
  }

  /** log N(r | 0, s² Σ). */
  private NDArray centredLogDensity(NDArray r, double s) {
    long batch = r.getShape().get(0);
    long dimension = r.size() / batch;
    NDArray square = r.mul(noise().precision(r)).reshape(batch, dimension).sum(new int[] {1});
    double volume =
        dimension * Math.log(2 * Math.PI * s * s) + noise().logDeterminant(r.getShape().slice(1));
    NDArray exponent = square.mul(Scalars.fresh(-0.5 / (s * s), square));
    return exponent.add(Scalars.fresh(-0.5 * volume, square));
  }

  /**
   * Where sampling begins: N(0, s(1)² Σ), what p(x(1) | x(0)) is when nothing is left of the data.
   *
   * @param sample shape of one sample
   * @return (count, sample...), float32; sample i depends on (seeds, i) alone
   */
  default NDArray prior(Seeds seeds, Shape sample, int count) {
    return Scalars.scale(noise().sample(seeds.part("prior"), 0, sample, count), deviation(1));
  }

  /** log N(z | 0, s(1)² Σ) of each sample: (batch, sample...) to (batch). */
  default NDArray priorLogDensity(NDArray z) {
    return centredLogDensity(z, deviation(1));
  }

  /** Refuses a time before that of the data; returns it. */
  static double requireTime(double t) {
    if (!(t >= 0) || Double.isInfinite(t)) {
      throw new IllegalArgumentException("t must be 0 (data) or later, but is " + t);
    }
    return t;
  }

  /** s(t), refused where it is 0. */
  static double requireNoise(DiffusionSde sde, double t) {
    if (!(t > 0)) {
      throw new IllegalArgumentException(
          "t must be above 0, since x(0) holds no noise, but is " + t);
    }
    return sde.deviation(t);
  }
}

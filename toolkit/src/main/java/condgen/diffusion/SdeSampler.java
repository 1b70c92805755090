package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.noise.GaussianNoise;
import condgen.ode.EulerMaruyama;
import condgen.tensor.Scalars;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.concurrent.CancellationException;

/**
 * From noise to samples in continuous time: equal steps of the reverse equation or of the
 * probability flow, from t = 1 down.
 *
 * @param sde the equation that is undone
 * @param kind with fresh noise or without
 * @param steps how many, at least 1
 * @param end the last time: 0 if the score exists there, else a little more
 */
public record SdeSampler(DiffusionSde sde, Kind kind, int steps, double end) {

  /** Which equation is followed. */
  public enum Kind {
    /** The reverse equation, by Euler-Maruyama: one evaluation of the score per step. */
    REVERSE,
    /** The probability flow, by Heun's method of order 2: two evaluations, no noise. */
    FLOW;
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the one that does not fit
   */
  public SdeSampler {
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be at least 1, but is " + steps);
    }
    if (!(end >= 0 && end < 1)) {
      throw new IllegalArgumentException("end must lie in [0, 1), but is " + end);
    }
  }

  /** The clean sample that a score implies: x̂₀ = (x + s² Σ score) / a. */
  public NDArray denoised(NDArray x, double t, NDArray score) {
    double s = sde.deviation(t);
    NDArray moved = sde.noise().covariance(score).mul(Scalars.fresh(s * s, score)).add(x);
    return moved.mul(Scalars.fresh(1 / sde.meanFactor(t), x));
  }

  /**
   * Samples from pure noise. Sample i depends on (seeds, i) alone, not on how many are drawn with
   * it.
   *
   * @param score ∇ log p_t
   * @param sample shape of one sample
   * @param count how many
   * @param seeds seeds of this draw
   * @param observer sees each step, with the time left as its level
   * @return (count, sample...), in the enclosing scope
   * @throws IllegalStateException if the score is not finite
   * @throws CancellationException if the thread is interrupted; the interrupt stays set
   */
  public NDArray sample(
      ScoreFunction score, Shape sample, int count, Seeds seeds, SamplerObserver observer) {
    SamplingLoop.Step step =
        (x, n, scope) -> {
          double t = time(n - 1);
          double next = time(n);
          NDArray s = score.at(x, t);
          if (!Tensors.isFinite(s)) {
            throw new IllegalStateException(
                "At t = " + t + " the score is not finite; sampling stopped.");
          }
          NDArray moved =
              kind == Kind.REVERSE
                  ? reverseStep(x, t, next - t, s, GaussianNoise.white(seeds, n, sample, count))
                  : flowStep(score, x, t, next - t, s);
          return new SamplingLoop.Result(t, moved, denoised(x, t, s));
        };
    return SamplingLoop.run(sde.prior(seeds, sample, count), steps, step, observer);
  }

  private double time(int n) {
    return n == steps ? end : 1 + n * (end - 1) / steps;
  }

  private NDArray reverseStep(NDArray x, double t, double h, NDArray s, NDArray z) {
    NDArray dw = z.mul(Scalars.fresh(Math.sqrt(-h), z));
    return EulerMaruyama.step(sde.reverse((y, u) -> s), t, h, x, dw);
  }

  private NDArray flowStep(ScoreFunction score, NDArray x, double t, double h, NDArray s) {
    NDArray first = sde.probabilityFlow((y, u) -> s).apply(t, x);
    NDArray predicted = x.add(first.mul(Scalars.fresh(h, x)));
    NDArray second = sde.probabilityFlow(score).apply(t + h, predicted);
    return x.add(first.add(second).mul(Scalars.fresh(h / 2, x)));
  }
}

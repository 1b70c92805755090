package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.noise.GaussianNoise;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.Arrays;
import java.util.concurrent.CancellationException;

/**
 * From noise to samples by DDPM's reverse steps: estimate the clean sample, then draw x_(t−1)
 * around the posterior mean.
 *
 * @param process the forward process that is undone
 * @param variance which variance the steps use
 * @param clip whether the estimated clean sample is kept within [−1, 1], the range of the data
 */
public record AncestralSampler(ForwardProcess process, Variance variance, boolean clip) {

  /** Variance of a reverse step. */
  public enum Variance {
    /** β̃_(t−1), the posterior's. */
    BETA_TILDE,
    /** β_t, the choice that is exact for data of unit variance. */
    BETA;
  }

  /** β̃, without clipping. */
  public AncestralSampler(ForwardProcess process) {
    this(process, Variance.BETA_TILDE, false);
  }

  /**
   * One reverse step from t to t − 1.
   *
   * @param xt (batch, sample...)
   * @param t from L down to 1; at t = 1 no noise is added
   * @param epsilon the predicted noise, of xt's shape
   * @param z white noise, of xt's shape
   * @return x_(t−1)
   */
  @Equation({"2.4.22", "2.4.24", "2.4.26"})
  public NDArray step(NDArray xt, int t, NDArray epsilon, NDArray z) {
    return draw(process.posteriorMean(denoised(xt, t, epsilon), xt, t), t, z);
  }

  /**
   * The same step without the detour over x̂₀: (x_t − β_t / √(1 − ᾱ_t) √Σ ε) / √(1 − β_t) + noise.
   * It cannot clip.
   *
   * @throws IllegalStateException if this sampler clips
   */
  @Equation({"2.4.27", "2.4.28", "2.4.29", "2.4.30"})
  public NDArray stepInOneLine(NDArray xt, int t, NDArray epsilon, NDArray z) {
    if (clip) {
      throw new IllegalStateException("the one-line step has no clean sample to clip");
    }
    double beta = process.schedule().beta(t);
    double share = beta / Math.sqrt(1 - process.schedule().alphaBar(t));
    NDArray less = Scalars.axpy(-share, process.noise().sqrt(epsilon), xt);
    return draw(Scalars.scale(less, 1 / Math.sqrt(1 - beta)), t, z);
  }

  private NDArray denoised(NDArray xt, int t, NDArray epsilon) {
    NDArray x0 = process.denoisedEstimate(xt, epsilon, t);
    return clip ? x0.clip(-1, 1) : x0;
  }

  private NDArray draw(NDArray mean, int t, NDArray z) {
    if (t == 1) {
      return mean;
    }
    NoiseSchedule schedule = process.schedule();
    double v = variance == Variance.BETA_TILDE ? schedule.betaTilde(t) : schedule.beta(t);
    return Scalars.axpy(Math.sqrt(v), process.noise().sqrt(z), mean);
  }

  /**
   * Samples from pure noise. Sample i depends on (seeds, i) alone, not on how many are drawn with
   * it.
   *
   * @param network ε_θ
   * @param sample shape of one sample
   * @param count how many
   * @param seeds seeds of this draw
   * @param observer sees each step
   * @return (count, sample...), in the enclosing scope
   * @throws IllegalStateException if the network's output is not finite
   * @throws CancellationException if the thread is interrupted; the interrupt stays set
   */
  @Equation({"2.4.25", "2.4.26"})
  public NDArray sample(
      NoisePredictor network, Shape sample, int count, Seeds seeds, SamplerObserver observer) {
    int last = process.schedule().steps();
    NDArray x;
    try (Scope scope = Scope.open()) {
      x = scope.keep(process.noise().sample(seeds, last, sample, count));
    }
    for (int t = last; t >= 1; t--) {
      if (Thread.currentThread().isInterrupted()) {
        x.close();
        throw new CancellationException("sampling was interrupted before the step from t = " + t);
      }
      NDArray next;
      try (Scope scope = Scope.open()) {
        int[] steps = new int[count];
        Arrays.fill(steps, t);
        NDArray epsilon = network.predict(x, NoiseMatching.steps(steps));
        requireFinite(epsilon, t);
        NDArray clean = denoised(x, t, epsilon);
        NDArray z = t == 1 ? null : GaussianNoise.white(seeds, t - 1L, sample, count);
        next = scope.keep(draw(process.posteriorMean(clean, x, t), t, z));
        observer.observe(last - t + 1, t, next, clean);
      }
      x.close();
      x = next;
    }
    return x;
  }

  private static void requireFinite(NDArray epsilon, int t) {
    if (!Tensors.isFinite(epsilon)) {
      throw new IllegalStateException(
          "At step t = " + t + " the network's prediction is not finite; sampling stopped.");
    }
  }
}

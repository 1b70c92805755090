package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.noise.GaussianNoise;
import condgen.tensor.Scalars;
import condgen.tensor.Seeds;
import condgen.thesis.Equation;
import java.util.concurrent.CancellationException;

/**
 * From noise to samples by DDPM's reverse steps: estimate the clean sample, then draw x_(t−1)
 * around the posterior mean. On a sub-sequence of a schedule it takes fewer, larger steps.
 *
 * @param process the forward process that is undone
 * @param variance which variance the steps use
 * @param clip whether the estimated clean sample is kept within [−1, 1], the range of the data
 * @param noiseInLastStep whether the step from t = 1 to 0 adds noise too. It should not: the result
 *     would be blurred by √β₁. β̃₀ is 0, so with that variance there is no difference.
 */
@Equation({"6.2.20", "6.2.21", "6.2.22"})
public record AncestralSampler(
    ForwardProcess process, Variance variance, boolean clip, boolean noiseInLastStep) {

  /** Variance of a reverse step. */
  public enum Variance {
    /** β̃_(t−1), the posterior's. */
    BETA_TILDE,
    /** β_t, the choice that is exact for data of unit variance. */
    BETA;
  }

  /** Without noise in the last step. */
  public AncestralSampler(ForwardProcess process, Variance variance, boolean clip) {
    this(process, variance, clip, false);
  }

  /** β̃, without clipping. */
  public AncestralSampler(ForwardProcess process) {
    this(process, Variance.BETA_TILDE, false);
  }

  /** This sampler with noise in its last step too. */
  public AncestralSampler withNoiseInLastStep() {
    return new AncestralSampler(process, variance, clip, true);
  }

  /**
   * One reverse step from t to t − 1.
   *
   * @param xt (batch, sample...)
   * @param t from L down to 1
   * @param epsilon the predicted noise, of xt's shape
   * @param z white noise, of xt's shape; unused where the step adds none
   * @return x_(t−1)
   */
  @Equation({"2.4.22", "2.4.24", "2.4.26", "6.2.18"})
  public NDArray step(NDArray xt, int t, NDArray epsilon, NDArray z) {
    return draw(process.posteriorMean(denoised(xt, t, epsilon), xt, t), t, z);
  }

  /**
   * The same step without the detour over x̂₀: (x_t − β_t / √(1 − ᾱ_t) √Σ ε) / √(1 − β_t) + noise.
   * With the score s, −√(1 − ᾱ_t) √Σ s takes the place of ε. It cannot clip.
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

  private boolean addsNoise(int t) {
    return t > 1 || noiseInLastStep;
  }

  private NDArray draw(NDArray mean, int t, NDArray z) {
    if (!addsNoise(t)) {
      return mean;
    }
    NoiseSchedule schedule = process.schedule();
    double v = variance == Variance.BETA_TILDE ? schedule.betaTilde(t) : schedule.beta(t);
    return Scalars.axpy(Math.sqrt(v), process.noise().sqrt(z), mean);
  }

  /**
   * Samples from pure noise. Sample i depends on (seeds, i) alone, not on how many are drawn with
   * it, and starts from the same noise whatever sub-sequence of a schedule is used.
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
  @Equation({"2.4.25", "2.4.26", "6.2.23", "6.2.24"})
  public NDArray sample(
      NoisePredictor network, Shape sample, int count, Seeds seeds, SamplerObserver observer) {
    NoiseSchedule schedule = process.schedule();
    SamplingLoop.Step step =
        (x, n, scope) -> {
          int t = schedule.steps() + 1 - n;
          NDArray epsilon = SamplingLoop.predict(network, x, schedule.label(t));
          NDArray clean = denoised(x, t, epsilon);
          NDArray z =
              addsNoise(t)
                  ? GaussianNoise.white(seeds, schedule.label(t - 1), sample, count)
                  : null;
          NDArray next = draw(process.posteriorMean(clean, x, t), t, z);
          return new SamplingLoop.Result(schedule.label(t), next, clean);
        };
    return SamplingLoop.run(
        process.pureNoise(sample, count, seeds), schedule.steps(), step, observer);
  }
}

package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.noise.GaussianNoise;
import condgen.tensor.Scalars;
import condgen.tensor.Seeds;
import condgen.thesis.Equation;
import java.util.concurrent.CancellationException;

/**
 * From noise to samples by the steps of DDIM, Song et al. (2021a): estimate the clean sample and
 * jump forward again to the next lower level with the same noise. On a sub-sequence of a schedule
 * it takes fewer, larger steps.
 *
 * <p>With η above 0 a part of the noise is drawn anew: deviation σ = η √β̃_(t−1), and √(1 − ᾱ_(t−1)
 * − σ²) stays of the predicted noise. η = 0 is the thesis's deterministic sampler; η = 1 is {@link
 * AncestralSampler} with β̃ (unless it clips, see there).
 *
 * @param process the forward process that is undone
 * @param eta η, from 0 to 1
 * @param clip whether the estimated clean sample is kept within [−1, 1]; the predicted noise stays
 *     as it is, as in the released code
 */
public record DdimSampler(ForwardProcess process, double eta, boolean clip) {

  /**
   * Checks η.
   *
   * @throws IllegalArgumentException if eta is outside [0, 1]
   */
  public DdimSampler {
    if (!(eta >= 0 && eta <= 1)) {
      throw new IllegalArgumentException("eta must lie from 0 to 1, but is " + eta);
    }
  }

  /** Deterministic, without clipping. */
  public DdimSampler(ForwardProcess process) {
    this(process, 0, false);
  }

  /**
   * One reverse step from t to t − 1.
   *
   * @param xt (batch, sample...)
   * @param t from L down to 1
   * @param epsilon the predicted noise, of xt's shape
   * @param z white noise, of xt's shape; unused if η = 0 or t = 1
   * @return x_(t−1)
   */
  @Equation({"2.4.31", "2.4.32", "2.4.34", "6.2.28"})
  public NDArray step(NDArray xt, int t, NDArray epsilon, NDArray z) {
    return next(denoised(xt, t, epsilon), t, epsilon, z);
  }

  /**
   * Straight from a level ᾱ to another one, ᾱ′: √ᾱ′ x̂₀ + √(1 − ᾱ′) √Σ ε with x̂₀ = (x − √(1 − ᾱ)
   * √Σ ε) / √ᾱ. The step with η = 0, free of any schedule; PNDM calls it the transfer.
   *
   * @param x a sample at level ᾱ
   * @param epsilon a noise or a weighted sum of noises, of x's shape
   * @param from ᾱ, in (0, 1)
   * @param to ᾱ′, in (0, 1]
   */
  static NDArray transfer(GaussianNoise noise, NDArray x, NDArray epsilon, double from, double to) {
    double ofNoise = Math.sqrt(1 - to) - Math.sqrt(to * (1 - from) / from);
    return Scalars.axpy(ofNoise, noise.sqrt(epsilon), Scalars.scale(x, Math.sqrt(to / from)));
  }

  private NDArray denoised(NDArray xt, int t, NDArray epsilon) {
    NDArray x0 = process.denoisedEstimate(xt, epsilon, t);
    return clip ? x0.clip(-1, 1) : x0;
  }

  private boolean addsNoise(int t) {
    return eta > 0 && t > 1;
  }

  private NDArray next(NDArray clean, int t, NDArray epsilon, NDArray z) {
    NoiseSchedule schedule = process.schedule();
    double alphaBar = schedule.alphaBar(t - 1);
    double variance = addsNoise(t) ? eta * eta * schedule.betaTilde(t) : 0;
    NDArray white = Scalars.scale(epsilon, Math.sqrt(1 - alphaBar - variance));
    if (addsNoise(t)) {
      white = Scalars.axpy(Math.sqrt(variance), z, white);
    }
    return Scalars.axpy(Math.sqrt(alphaBar), clean, process.noise().sqrt(white));
  }

  /**
   * Samples from pure noise, the same for any η and any sub-sequence of a schedule; arguments as of
   * {@link AncestralSampler#sample}.
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
  @Equation({"2.4.31", "2.4.32", "6.2.25", "6.2.26"})
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
          return new SamplingLoop.Result(schedule.label(t), next(clean, t, epsilon, z), clean);
        };
    return SamplingLoop.run(
        process.pureNoise(sample, count, seeds), schedule.steps(), step, observer);
  }
}

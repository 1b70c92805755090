package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Scalars;
import condgen.tensor.Tensors;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The samplers of the released code of chapter 7 with their peculiarities, for its networks. DDPM
 * and DDIM are the steps of {@link AncestralSampler} and {@link DdimSampler} on a {@link
 * ReleasedSchedule}. Beside them:
 *
 * <ul>
 *   <li>networks are told the reversed index, see {@link ReleasedSchedule};
 *   <li>after the last step comes one more, x − √(1 − ᾱ) ε_θ, at the cleanest level; the label
 *       passed with it is the number of selected levels − 1, which with fewer steps than T is that
 *       of a very noisy level;
 *   <li>{@code tMin} compares indices of all T levels with a share of the selected ones;
 *   <li>F-PNDM climbs from the clean end to the noisy end, see {@link ReleasedFpndm}.
 * </ul>
 *
 * @param schedule β and ᾱ
 * @param method which sampler
 * @param steps how many steps are asked for; T or more for all levels
 * @param clip whether the estimated clean sample (F-PNDM: the sample itself) is kept within [−1, 1]
 * @param finalDenoise whether the additional last step is taken; F-PNDM has none
 * @param justBeta whether DDPM's variance is β in place of β̃
 * @param tMin if above 0, where the start is given data that is first noised: levels with an index
 *     below tMin times the number of selected levels are skipped
 */
public record ReleasedSampling(
    ReleasedSchedule schedule,
    Method method,
    int steps,
    boolean clip,
    boolean finalDenoise,
    boolean justBeta,
    double tMin) {

  /** The released samplers. */
  public enum Method {
    /** Ancestral sampling. */
    DDPM,
    /** DDIM with η = 0. */
    DDIM,
    /** F-PNDM. */
    FPNDM
  }

  /**
   * Checks that F-PNDM gets no option of the others.
   *
   * @throws IllegalArgumentException if it does
   */
  public ReleasedSampling {
    if (method == Method.FPNDM && (finalDenoise || justBeta || tMin > 0)) {
      throw new IllegalArgumentException(
          "finalDenoise, justBeta and tMin must be off for F-PNDM, which has no such options");
    }
  }

  /** As in the published runs: clipped, with the last step, β̃, from pure noise. */
  public ReleasedSampling(ReleasedSchedule schedule, Method method, int steps) {
    this(schedule, method, steps, true, method != Method.FPNDM, false, 0);
  }

  /**
   * Samples.
   *
   * @param network ε_θ that is told the index
   * @param start pure noise, or data if tMin is above 0, (batch, sample...)
   * @param noise the white noises used, numbered from 0 in the order of use
   * @param observer sees each step, the additional last one too
   * @return start's shape, in the enclosing scope
   * @throws IllegalStateException if the network's output is not finite
   */
  public NDArray sample(
      NoisePredictor network, NDArray start, IntFunction<NDArray> noise, SamplerObserver observer) {
    if (method == Method.FPNDM) {
      return new ReleasedFpndm(schedule, steps, clip).sample(network, start, observer);
    }
    ForwardProcess process = new ForwardProcess(schedule.schedule(steps));
    int first = firstStep(process.schedule());
    boolean fromData = tMin > 0;
    IntFunction<NDArray> ofStep = n -> noise.apply(fromData ? n : n - 1);
    SamplingLoop.Step step =
        (x, n, scope) ->
            n > first
                ? cleanestLevel(process, network, x)
                : reverse(process, network, x, first + 1 - n, () -> ofStep.apply(n));
    NDArray x = fromData ? process.diffuse(start, first, noise.apply(0)) : Tensors.copy(start);
    return SamplingLoop.run(x, finalDenoise ? first + 1 : first, step, observer);
  }

  private int firstStep(NoiseSchedule selected) {
    int t = selected.steps();
    while (t >= 1 && selected.label(t) < tMin * selected.steps()) {
      t--;
    }
    if (t < 1) {
      throw new IllegalArgumentException(
          "tMin must leave a level, but " + tMin + " of " + selected.steps() + " leaves none");
    }
    return t;
  }

  private SamplingLoop.Result reverse(
      ForwardProcess process, NoisePredictor network, NDArray x, int t, Supplier<NDArray> noise) {
    int label = process.schedule().label(t);
    NDArray epsilon = SamplingLoop.predict(network, x, label);
    NDArray next;
    if (method == Method.DDIM) {
      next = new DdimSampler(process, 0, clip).step(x, t, epsilon, null);
    } else {
      AncestralSampler.Variance variance =
          justBeta ? AncestralSampler.Variance.BETA : AncestralSampler.Variance.BETA_TILDE;
      NDArray z = t > 1 ? noise.get() : null;
      next = new AncestralSampler(process, variance, clip).step(x, t, epsilon, z);
    }
    NDArray clean = process.denoisedEstimate(x, epsilon, t);
    return new SamplingLoop.Result(label, next, clip ? clean.clip(-1, 1) : clean);
  }

  private static SamplingLoop.Result cleanestLevel(
      ForwardProcess process, NoisePredictor network, NDArray x) {
    int label = process.schedule().steps() - 1;
    NDArray epsilon = SamplingLoop.predict(network, x, label);
    double deviation = Math.sqrt(1 - process.schedule().alphaBar(1));
    NDArray next = Scalars.axpy(-deviation, epsilon, x);
    return new SamplingLoop.Result(label, next, next);
  }
}

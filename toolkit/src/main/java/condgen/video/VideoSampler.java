package condgen.video;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.diffusion.AncestralSampler;
import condgen.diffusion.DdimSampler;
import condgen.diffusion.ForwardProcess;
import condgen.diffusion.NoisePredictor;
import condgen.diffusion.NoiseSchedule;
import condgen.diffusion.ReleasedSampling;
import condgen.diffusion.SamplerObserver;
import condgen.noise.GaussianNoise;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import java.util.function.IntFunction;

/**
 * From noise to one block of frames: any sampler of images, for instance {@code
 * ancestralSampler::sample}. What the network sees of other frames is fixed in the predictor.
 */
@FunctionalInterface
public interface VideoSampler {

  /**
   * Samples; sample i depends on (seeds, i) alone.
   *
   * @param network ε_θ with its conditioning frames, told the step t, 1 … T
   * @param sample shape of one sample, (current · channels, height, width)
   * @param count how many
   * @param seeds seeds of this draw
   * @param observer sees each step
   * @return (count, sample...), in the enclosing scope
   */
  NDArray sample(
      NoisePredictor network, Shape sample, int count, Seeds seeds, SamplerObserver observer);

  /**
   * DDPM on every (T / steps)-th step, rounded down, with the clean frames as estimated kept within
   * [−1, 1].
   *
   * @param process the forward process of the training
   * @param steps from 1 to T; 100 in the published runs
   */
  static VideoSampler ddpm(ForwardProcess process, int steps) {
    return new AncestralSampler(thinned(process, steps), AncestralSampler.Variance.BETA_TILDE, true)
        ::sample;
  }

  /** DDIM with η = 0, otherwise as {@link #ddpm}. */
  static VideoSampler ddim(ForwardProcess process, int steps) {
    return new DdimSampler(thinned(process, steps), 0, true)::sample;
  }

  private static ForwardProcess thinned(ForwardProcess process, int steps) {
    NoiseSchedule schedule = process.schedule();
    if (steps < 1 || steps > schedule.steps()) {
      throw new IllegalArgumentException(
          "steps must lie from 1 to the schedule's " + schedule.steps() + ", but is " + steps);
    }
    return new ForwardProcess(schedule.every(schedule.steps() / steps), process.noise());
  }

  /**
   * A released sampler with its peculiarities, such as the additional last step. Its indices are
   * turned into steps t = T − index, as predictors and observers expect them, and it draws the same
   * noise as {@link #ddpm} from the same seeds.
   *
   * @throws IllegalArgumentException if the sampler starts from data (tMin above 0)
   */
  static VideoSampler released(ReleasedSampling sampling) {
    if (sampling.tMin() > 0) {
      throw new IllegalArgumentException(
          "sampling must start from pure noise, but its tMin is " + sampling.tMin());
    }
    int size = sampling.schedule().size();
    int[] indices = sampling.schedule().indices(sampling.steps());
    return (network, sample, count, seeds, observer) -> {
      NoisePredictor ofIndex = (x, index) -> network.predict(x, Scalars.subtractFrom(size, index));
      SamplerObserver ofStep =
          (step, index, x, clean) -> observer.observe(step, size - index, x, clean);
      IntFunction<NDArray> noise =
          n -> GaussianNoise.white(seeds, size - indices[n + 1], sample, count);
      try (Scope scope = Scope.open()) {
        NDArray start = GaussianNoise.white(seeds, size, sample, count);
        return scope.keep(sampling.sample(ofIndex, start, noise, ofStep));
      }
    };
  }
}

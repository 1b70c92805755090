package condgen.diffusion;

import ai.djl.ndarray.NDArray;

/** Sees each step of any sampler; the arrays live during the call only. */
@FunctionalInterface
public interface SamplerObserver {

  /** Sees nothing. */
  SamplerObserver NONE = (step, level, x, denoised) -> {};

  /**
   * Called after each step.
   *
   * @param step 1, 2, … in the order in which the steps are taken
   * @param level the noise level left: the step t of a schedule, or the scale σ
   * @param x the sample after the step, (batch, sample...)
   * @param denoised the clean sample as estimated at the level left, of x's shape
   */
  void observe(int step, double level, NDArray x, NDArray denoised);
}

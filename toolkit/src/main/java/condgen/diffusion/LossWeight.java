package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import condgen.noise.GaussianNoise;

/**
 * The matrix λ by which a loss weighs the error of a score, and so the directions in which the
 * error of a predicted noise counts. With white noise all three are one. With any other the best
 * network is the same, but not what an imperfect one cares for: in a direction where Σ has the
 * eigenvalue λ, the squared error of the noise counts 1, 1/λ or λ.
 */
public enum LossWeight {
  /** λ_a = (1 − ᾱ) Σ: the noise before Σ shaped it, ‖ε − ε_θ‖². */
  WHITENED {
    @Override
    NDArray apply(GaussianNoise noise, NDArray difference) {
      return difference;
    }
  },
  /** λ_b = 1 − ᾱ: the score, ‖Σ^(−1/2) (ε − ε_θ)‖². */
  SCORE {
    @Override
    NDArray apply(GaussianNoise noise, NDArray difference) {
      return noise.inverseSqrt(difference);
    }
  },
  /** λ_c = (1 − ᾱ) Σ²: the noise as it lies in the image, ‖√Σ (ε − ε_θ)‖². */
  IMAGE {
    @Override
    NDArray apply(GaussianNoise noise, NDArray difference) {
      return noise.sqrt(difference);
    }
  };

  /** The vector whose square counts, for a difference of white noises. */
  abstract NDArray apply(GaussianNoise noise, NDArray difference);
}

package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Scalars;
import condgen.tensor.Tensors;

/** Data N(m, s²) in each number, for which all that a network could learn is known. */
final class Gaussians {

  private Gaussians() {}

  /** The best noise predictor for data N(0, s²): √(1 − ᾱ) x / (ᾱ s² + 1 − ᾱ). */
  static NoisePredictor noise(NoiseSchedule full, double s) {
    return (x, t) -> {
      double alphaBar = full.alphaBarBetween(Tensors.toDoubles(t)[0]);
      double variance = alphaBar * s * s + 1 - alphaBar;
      return Scalars.scale(x, Math.sqrt(1 - alphaBar) / variance);
    };
  }

  /** The score of the marginal at step t for data N(m, s²): −(x − √ᾱ m) / (ᾱ s² + 1 − ᾱ). */
  static NDArray score(NoiseSchedule schedule, NDArray x, int t, double m, double s) {
    double alphaBar = schedule.alphaBar(t);
    double variance = alphaBar * s * s + 1 - alphaBar;
    return Scalars.scale(Scalars.add(x, -Math.sqrt(alphaBar) * m), -1 / variance);
  }
}

package condgen.diffusion;

import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.stream.IntStream;

/**
 * The correction of a network that is not told the level, Jolicoeur-Martineau et al. (2021b),
 * appendix E: its score is multiplied by σ_H / σ_i, where σ_H is the harmonic mean of the scales.
 * No sampler uses it unless it is given {@link #applyTo a corrected predictor}.
 *
 * <p>It is right for a network that answers Σ^(−1/2) (x − x₀) / σ_H at every level. The network
 * with the least loss does not: it weighs the levels by how probably x came from each, and in as
 * many dimensions as a picture has that is one level, the right one. Correcting it puts in the
 * error that should be taken out.
 *
 * @param scales the scales of training
 */
public record HarmonicCorrection(NoiseScales scales) {

  /** σ_H, with 1 / σ_H the mean of 1 / σ_i. */
  @Equation({"6.3.26", "6.3.27"})
  public double mean() {
    double inverse =
        IntStream.rangeClosed(1, scales.levels()).mapToDouble(i -> 1 / scales.sigma(i)).sum();
    return scales.levels() / inverse;
  }

  /** σ_H / σ_i; i from 1. */
  @Equation({"6.3.28", "6.3.29"})
  public double factor(int i) {
    if (i < 1) {
      throw new IllegalArgumentException("i must be at least 1, but is " + i);
    }
    return mean() / scales.sigma(i);
  }

  /**
   * The predictor times σ_H / σ_i, to sample with.
   *
   * @param network ε_θ that was trained without being told the level
   */
  @Equation("6.3.29")
  public NoisePredictor applyTo(NoisePredictor network) {
    return (x, i) -> {
      double[] factors = Tensors.toDoubles(i);
      for (int k = 0; k < factors.length; k++) {
        factors[k] = factor((int) factors[k]);
      }
      return network.predict(x, i).mul(Tensors.perSample(factors, x));
    };
  }
}

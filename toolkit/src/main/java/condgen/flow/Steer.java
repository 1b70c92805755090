package condgen.flow;

import condgen.tensor.Seeds;
import condgen.thesis.Equation;

/**
 * STEER: in training a flow ends at a random time T ~ Uniform(t₁ − b, t₁ + b), so that the noise is
 * reached all around t₁ = 1. A. Ghosh, H. Behl, E. Dupont, P. Torr, V. Namboodiri, STEER: simple
 * temporal regularization for neural ODEs, NeurIPS 2020.
 *
 * @param b half the width, in [0, 1); 0 for a fixed end
 */
public record Steer(double b) {

  /** The end is fixed. */
  public static final Steer OFF = new Steer(0);

  /** Checks b. */
  public Steer {
    if (!(b >= 0 && b < 1)) {
      throw new IllegalArgumentException("b must be in [0, 1), but is " + b);
    }
  }

  /** The end of the flow in a step of a run. */
  @Equation("4.4.1")
  public double end(Seeds seeds, long step) {
    return b == 0 ? 1 : 1 + b * (2 * seeds.part("steer").random(step).nextDouble() - 1);
  }
}

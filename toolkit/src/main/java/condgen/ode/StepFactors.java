package condgen.ode;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Scalars;

/**
 * The factors h · w of the slopes in steps of one length h, as 0-d arrays of the state's type: the
 * tableau's numbers are cached constants, h is one array.
 */
final class StepFactors {

  private final double step;
  private final NDArray h;
  private final NDArray[][] stages;
  private final NDArray[] solution;

  private StepFactors(ButcherTableau tableau, double step, NDArray like, boolean embedded) {
    this.step = step;
    h = Scalars.fresh(step, like);
    stages = new NDArray[embedded ? tableau.stages() : tableau.solutionStages()][];
    for (int i = 0; i < stages.length; i++) {
      stages[i] = times(tableau.stageWeights(i));
    }
    solution = embedded ? stages[stages.length - 1] : times(tableau.solutionWeights());
  }

  /** For steps that end with the solution's weights. */
  static StepFactors solution(ButcherTableau tableau, double h, NDArray like) {
    return new StepFactors(tableau, h, like, false);
  }

  /** For steps whose last stage is the solution. */
  static StepFactors embedded(ButcherTableau tableau, double h, NDArray like) {
    return new StepFactors(tableau, h, like, true);
  }

  /** The length h. */
  double step() {
    return step;
  }

  int stages() {
    return stages.length;
  }

  NDArray[] stage(int i) {
    return stages[i];
  }

  NDArray[] solution() {
    return solution;
  }

  /** h · w for other weights; null where w is 0. */
  NDArray[] times(double[] weights) {
    NDArray[] factors = new NDArray[weights.length];
    for (int j = 0; j < weights.length; j++) {
      factors[j] = weights[j] == 0 ? null : Scalars.constant(weights[j], h).mul(h);
    }
    return factors;
  }
}

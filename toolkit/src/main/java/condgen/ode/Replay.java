package condgen.ode;

import ai.djl.ndarray.NDList;
import condgen.tensor.Scope;

/** Takes steps that a solver has accepted once more, with the same results. */
final class Replay {

  private final Dynamics f;
  private final ButcherTableau tableau;
  private final Interpolation interpolation;
  private final AcceptedSteps steps;
  private final double[] times;
  private final int direction;

  /**
   * A replay.
   *
   * @param interpolation between the ends of fixed steps; null for adaptive ones
   * @param times the requested times
   */
  Replay(
      Dynamics f,
      ButcherTableau tableau,
      Interpolation interpolation,
      AcceptedSteps steps,
      double[] times) {
    this.f = f;
    this.tableau = tableau;
    this.interpolation = interpolation;
    this.steps = steps;
    this.times = times;
    direction = times[1] > times[0] ? 1 : -1;
  }

  /** Number of requested times, the first included, that lie at or before the start of a step. */
  int timesBefore(int step) {
    int passed = 1;
    while (step > 0 && passed < times.length && isDue(passed, steps.end(step - 1))) {
      passed++;
    }
    return passed;
  }

  /**
   * The steps from one to another.
   *
   * @param x state before the first
   * @return the states at the requested times on the way, array by array, then that after the last
   *     step; a gradient runs through them
   */
  NDList run(int from, int to, NDList x) {
    NDList found = new NDList();
    int next = timesBefore(from);
    NDList state = x;
    NDList slope = null;
    for (int k = from; k < to; k++) {
      try (Scope scope = Scope.inherit()) {
        RungeKuttaStep taken = step(k, state, slope);
        for (; next < times.length && isDue(next, steps.end(k)); next++) {
          found.addAll(scope.keep(output(k, times[next], state, taken)));
        }
        state = scope.keep(taken.end());
        slope = interpolation == null ? scope.keep(taken.lastSlope()) : null;
      }
    }
    found.addAll(state);
    return found;
  }

  private RungeKuttaStep step(int k, NDList x, NDList slope) {
    double t = steps.start(k);
    if (interpolation != null) {
      StepFactors factors = StepFactors.solution(tableau, steps.length(k), x.get(0));
      return RungeKuttaStep.solution(tableau, f, t, factors, x, f.apply(t, x));
    }
    StepFactors factors = StepFactors.embedded(tableau, steps.length(k), x.get(0));
    double before = k == 0 ? t : RungeKuttaStep.justBefore(t, direction, x.get(0));
    NDList first = slope == null ? f.apply(before, x) : slope;
    double end = RungeKuttaStep.justBefore(steps.end(k), direction, x.get(0));
    return RungeKuttaStep.embedded(tableau, f, t, factors, end, x, first);
  }

  private NDList output(int k, double time, NDList x, RungeKuttaStep taken) {
    double t = steps.start(k);
    double end = steps.end(k);
    double s = (time - t) / (end - t);
    NDList slope = taken.firstSlope();
    if (interpolation == null) {
      NDList middle = taken.state(tableau.midpointWeights());
      double h = steps.length(k);
      return Interpolation.quartic(s, h, x, slope, middle, taken.end(), taken.lastSlope());
    }
    if (interpolation == Interpolation.CUBIC) {
      NDList last = f.apply(end, taken.end());
      return Interpolation.cubic(s, end - t, x, slope, taken.end(), last);
    }
    return time == end ? States.copy(taken.end()) : Interpolation.linear(s, x, taken.end());
  }

  private boolean isDue(int index, double t) {
    return direction * (t - times[index]) >= 0;
  }
}

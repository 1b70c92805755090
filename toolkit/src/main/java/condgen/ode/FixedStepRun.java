package condgen.ode;

import ai.djl.ndarray.NDList;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;

/**
 * One solve on a fixed grid.
 *
 * <p>Looking for NaN reads a number back, which costs as much as several operators. So the state is
 * looked at once per block of steps: a state that is not finite never becomes finite again. When a
 * block ends badly it is repeated step by step to find the last good state.
 */
final class FixedStepRun {

  private static final int BLOCK = 16;

  private final InitialValueProblem problem;
  private final ButcherTableau tableau;
  private final Grid grid;
  private final Interpolation interpolation;
  private final StepObserver observer;
  private final CountedDynamics f;

  FixedStepRun(
      InitialValueProblem problem,
      ButcherTableau tableau,
      Grid grid,
      Interpolation interpolation,
      StepObserver observer) {
    this.problem = problem;
    this.tableau = tableau;
    this.grid = grid;
    this.interpolation = interpolation;
    this.observer = observer;
    f = new CountedDynamics(problem.dynamics());
  }

  OdeSolution solve() {
    try (Scope whole = Scope.inherit()) {
      Trajectory trajectory = new Trajectory(problem);
      NDList x = States.copy(problem.x0());
      Status status = Status.COMPLETED;
      int block = observer == StepObserver.NONE ? BLOCK : 1;
      long done = 0;
      while (done < grid.steps() && status == Status.COMPLETED) {
        long goal = Math.min(done + block, grid.steps());
        try (Scope scope = Scope.inherit()) {
          NDList reached = march(done, goal, x, trajectory);
          if (States.isFinite(reached)) {
            trajectory.settle(scope);
            Tensors.close(x);
            x = scope.keep(reached);
            tell(done, goal, x, trajectory);
            done = goal;
          } else if (block > 1) {
            trajectory.revert();
            block = 1;
          } else {
            trajectory.revert();
            status = Status.NOT_FINITE;
          }
        }
      }
      return trajectory.finish(whole, grid.time(done), x, f.evaluations(), status);
    }
  }

  private NDList march(long from, long to, NDList x, Trajectory trajectory) {
    NDList state = x;
    StepFactors factors = null;
    for (long k = from; k < to; k++) {
      if (factors == null || factors.step() != grid.step(k)) {
        factors = StepFactors.solution(tableau, grid.step(k), x.get(0));
      }
      try (Scope scope = Scope.inherit()) {
        double t = grid.time(k);
        double t1 = grid.time(k + 1);
        RungeKuttaStep step = RungeKuttaStep.solution(tableau, f, t, factors, state);
        while (trajectory.isDue(t1)) {
          trajectory.add(scope.keep(output(trajectory.next(), t, t1, state, step)));
        }
        state = scope.keep(step.end());
      }
    }
    return state;
  }

  private NDList output(double time, double t, double t1, NDList x, RungeKuttaStep step) {
    double s = (time - t) / (t1 - t);
    if (interpolation == Interpolation.CUBIC) {
      NDList slope = f.apply(t1, step.end());
      return Interpolation.cubic(s, t1 - t, x, step.firstSlope(), step.end(), slope);
    }
    return time == t1 ? States.copy(step.end()) : Interpolation.linear(s, x, step.end());
  }

  private void tell(long from, long to, NDList x, Trajectory trajectory) {
    for (long k = from; k < to; k++) {
      trajectory.countAccepted(grid.step(k));
    }
    if (observer != StepObserver.NONE) {
      observer.accepted(to, grid.time(to), grid.step(from), x, Double.NaN);
    }
  }
}

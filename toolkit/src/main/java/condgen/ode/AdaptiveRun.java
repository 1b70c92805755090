package condgen.ode;

import ai.djl.ndarray.NDList;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;

/** One solve with error control. Time and step stay in double, whatever the state's type. */
final class AdaptiveRun {

  /**
   * What leaves a step stays in the scope around it, so that scope is closed every few steps. The
   * state and a copy of the slope (which may belong to the dynamics) pass to the next.
   */
  private static final int BLOCK = 16;

  private final InitialValueProblem problem;
  private final Adaptive.Options options;
  private final StepObserver observer;
  private final CountedDynamics f;
  private final int direction;

  private Trajectory trajectory;
  private double t;
  private double h;
  private NDList x;
  private NDList slope;
  private double ratio = 1;
  private double lastRatio = 1;
  private long attempts;
  private Status status;

  AdaptiveRun(InitialValueProblem problem, Adaptive.Options options, StepObserver observer) {
    this.f = new CountedDynamics(problem.dynamics());
    this.problem = problem.with(f);
    this.options = options;
    this.observer = observer;
    direction = problem.direction();
  }

  OdeSolution solve() {
    try (Scope whole = Scope.inherit()) {
      begin();
      while (status == null) {
        advanceBlock();
      }
      return trajectory.finish(whole, t, x, f.evaluations(), status);
    }
  }

  private void advanceBlock() {
    NDList oldX = x;
    NDList oldSlope = slope;
    try (Scope block = Scope.inherit()) {
      for (int i = 0; i < BLOCK && status == null; i++) {
        advance();
      }
      trajectory.settle(block);
      if (x != oldX) {
        block.keep(x);
        slope = block.keep(States.copy(slope));
        Tensors.close(oldX);
        Tensors.close(oldSlope);
      }
    }
  }

  private void begin() {
    trajectory = new Trajectory(problem);
    t = problem.start();
    x = States.copy(problem.x0());
    try (Scope scope = Scope.inherit()) {
      slope = scope.keep(States.copy(f.apply(t, x)));
      h = options.firstStep();
      if (Double.isNaN(h)) {
        h =
            options
                .control()
                .firstStep(problem, slope, options.tableau().order(), options.tolerances());
      }
      if (Double.isNaN(h)) {
        status = Status.NOT_FINITE;
      }
    }
  }

  private void advance() {
    if (!trajectory.isPending()) {
      status = Status.COMPLETED;
    } else if (h < options.smallestStep() || t + direction * h == t) {
      status = Double.isFinite(ratio) ? Status.STEP_TOO_SMALL : Status.NOT_FINITE;
    } else if (attempts == options.stepLimit()) {
      status = Status.STEP_LIMIT;
    } else {
      attempts++;
      attempt(direction * h);
    }
  }

  private void attempt(double step) {
    try (Scope scope = Scope.inherit()) {
      double end = t + step;
      ButcherTableau tableau = options.tableau();
      StepFactors factors = StepFactors.embedded(tableau, step, x.get(0));
      RungeKuttaStep taken =
          RungeKuttaStep.embedded(
              tableau,
              f,
              t,
              factors,
              RungeKuttaStep.justBefore(end, direction, x.get(0)),
              x,
              slope);
      NDList error = taken.change(tableau.errorWeights());
      ratio = options.control().errorRatio(error, x, taken.end(), options.tolerances());
      if (ratio <= 1) {
        emit(scope, taken, step, end);
        x = scope.keep(taken.end());
        slope = scope.keep(taken.lastSlope());
        t = end;
        trajectory.countAccepted(step);
        observer.accepted(trajectory.accepted(), t, step, x, ratio);
      } else {
        trajectory.countRejected();
      }
      h *= options.control().factor(ratio, lastRatio, tableau.order());
      lastRatio = ratio <= 1 ? ratio : lastRatio;
    }
  }

  /** The requested times within a step, on the quartic through its ends, slopes and middle. */
  private void emit(Scope scope, RungeKuttaStep taken, double step, double end) {
    NDList middle = trajectory.isDue(end) ? taken.state(options.tableau().midpointWeights()) : null;
    while (trajectory.isDue(end)) {
      double s = (trajectory.next() - t) / (end - t);
      trajectory.add(
          scope.keep(
              Interpolation.quartic(s, step, x, slope, middle, taken.end(), taken.lastSlope())));
    }
  }
}

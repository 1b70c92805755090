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
  private final ButcherTableau tableau;
  private final Tolerances tolerances;
  private final Adaptive.Steps steps;
  private final Extras extras;
  private final StepObserver observer;
  private final CountedDynamics f;
  private final int direction;

  private Trajectory trajectory;
  private EventWatch watch;
  private Event.Crossing stop;
  private double t;
  private double h;
  private NDList x;
  private NDList slope;
  private double ratio = 1;
  private double lastRatio = 1;
  private long attempts;
  private Status status;

  AdaptiveRun(
      InitialValueProblem problem,
      ButcherTableau tableau,
      Tolerances tolerances,
      Adaptive.Steps steps,
      Extras extras,
      StepObserver observer) {
    this.f = new CountedDynamics(problem.dynamics());
    this.problem = problem.with(f);
    this.tableau = tableau;
    this.tolerances = tolerances;
    this.steps = steps;
    this.extras = extras;
    this.observer = observer;
    direction = problem.direction();
  }

  OdeSolution solve() {
    try (Scope whole = Scope.inherit()) {
      begin();
      while (status == null) {
        advanceBlock();
      }
      if (extras.dense()) {
        trajectory.add(new DenseOutput.Node(t, x, slope, null));
      }
      double reached = stop == null ? t : stop.t();
      NDList last = stop == null ? x : stop.x();
      return trajectory.finish(whole, reached, last, watch.met(), f.evaluations(), status);
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
        if (!extras.dense()) {
          Tensors.close(oldX);
          Tensors.close(oldSlope);
        }
      }
      watch.met().forEach(crossing -> block.keep(crossing.x()));
    }
  }

  private void begin() {
    trajectory = new Trajectory(problem, extras.dense());
    watch = new EventWatch(extras.events(), problem);
    t = problem.start();
    x = States.copy(problem.x0());
    try (Scope scope = Scope.inherit()) {
      slope = scope.keep(States.copy(f.apply(t, x)));
      h = steps.first();
      if (Double.isNaN(h)) {
        h = steps.control().firstStep(problem, slope, tableau.order(), tolerances);
      }
      h = Math.min(h, steps.largest());
      if (Double.isNaN(h)) {
        status = Status.NOT_FINITE;
      }
    }
  }

  private void advance() {
    if (!trajectory.isPending()) {
      status = Status.COMPLETED;
    } else if (h < steps.smallest() || t + direction * h == t) {
      status = Double.isFinite(ratio) ? Status.STEP_TOO_SMALL : Status.NOT_FINITE;
    } else if (attempts == steps.limit()) {
      status = Status.STEP_LIMIT;
    } else {
      attempts++;
      attempt(direction * h);
    }
  }

  private void attempt(double step) {
    try (Scope scope = Scope.inherit()) {
      double end = t + step;
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
      ratio = steps.control().errorRatio(error, x, taken.end(), tolerances);
      if (ratio <= 1) {
        accept(scope, taken, step, end);
      } else {
        trajectory.countRejected();
      }
      h = Math.min(h * steps.control().factor(ratio, lastRatio, tableau.order()), steps.largest());
      lastRatio = ratio <= 1 ? ratio : lastRatio;
    }
  }

  private void accept(Scope scope, RungeKuttaStep taken, double step, double end) {
    double before = t;
    Span span = new Span(taken, before, step, end);
    if (!watch.isIdle()) {
      stop = watch.pass(scope, t, end, taken.end(), span);
    }
    double goal = stop == null ? end : stop.t();
    while (trajectory.isDue(goal)) {
      trajectory.add(scope.keep(span.quartic(trajectory.next())));
    }
    if (extras.dense()) {
      NDList middle = tableau.hasGoodMidpoint() ? scope.keep(span.middle()) : null;
      trajectory.add(new DenseOutput.Node(t, x, slope, middle));
    }
    x = scope.keep(taken.end());
    slope = scope.keep(extras.dense() ? States.copy(taken.lastSlope()) : taken.lastSlope());
    t = end;
    trajectory.countAccepted(step);
    if (stop == null) {
      observer.accepted(trajectory.accepted(), t, step, x, ratio);
    } else {
      status = Status.EVENT;
      observer.accepted(trajectory.accepted(), goal, goal - before, stop.x(), ratio);
    }
  }

  /**
   * Over one step: the quartic through its ends, slopes and middle; for what torchdiffeq does not
   * have (events, dense output) the cubic without the middle, when that is a bad one.
   */
  private final class Span implements StepSpan {
    private final RungeKuttaStep taken;
    private final double start;
    private final double step;
    private final double end;
    private final NDList from = x;
    private NDList middle;

    Span(RungeKuttaStep taken, double start, double step, double end) {
      this.taken = taken;
      this.start = start;
      this.step = step;
      this.end = end;
    }

    @Override
    public void prepare() {
      middle = middle == null ? taken.state(tableau.midpointWeights()) : middle;
    }

    @Override
    public NDList at(double time) {
      if (tableau.hasGoodMidpoint()) {
        return quartic(time);
      }
      double s = (time - start) / (end - start);
      return Interpolation.cubic(s, step, from, taken.firstSlope(), taken.end(), taken.lastSlope());
    }

    NDList quartic(double time) {
      double s = (time - start) / (end - start);
      return Interpolation.quartic(
          s, step, from, taken.firstSlope(), middle(), taken.end(), taken.lastSlope());
    }

    NDList middle() {
      prepare();
      return middle;
    }
  }
}

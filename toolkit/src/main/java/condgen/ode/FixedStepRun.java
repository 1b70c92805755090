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

  private final FixedMethod method;
  private final Grid grid;
  private final Interpolation interpolation;
  private final StepObserver observer;
  private final CountedDynamics f;
  private final InitialValueProblem problem;
  private final Extras extras;

  private Trajectory trajectory;
  private EventWatch watch;
  private History history = History.NONE;
  private NDList x;
  private Event.Crossing stop;

  FixedStepRun(
      InitialValueProblem problem,
      FixedMethod method,
      Grid grid,
      Interpolation interpolation,
      Extras extras,
      StepObserver observer) {
    this.problem = problem;
    this.method = method;
    this.grid = grid;
    this.interpolation = interpolation;
    this.extras = extras;
    this.observer = observer;
    f = new CountedDynamics(problem.dynamics());
  }

  OdeSolution solve() {
    try (Scope whole = Scope.inherit()) {
      trajectory = new Trajectory(problem, extras.dense());
      watch = new EventWatch(extras.events(), problem);
      x = States.copy(problem.x0());
      Status status = Status.COMPLETED;
      int block = observer == StepObserver.NONE && watch.isIdle() ? BLOCK : 1;
      long done = 0;
      while (done < grid.steps() && status == Status.COMPLETED) {
        long goal = Math.min(done + block, grid.steps());
        if (advance(done, goal)) {
          done = goal;
          status = stop == null ? Status.COMPLETED : Status.EVENT;
        } else if (block > 1) {
          block = 1;
        } else {
          status = Status.NOT_FINITE;
        }
      }
      endDense(grid.time(done), status);
      double t = stop == null ? grid.time(done) : stop.t();
      NDList last = stop == null ? x : stop.x();
      return trajectory.finish(whole, t, last, watch.met(), f.evaluations(), status);
    }
  }

  /** True when the block ended on a finite state; otherwise nothing has changed. */
  private boolean advance(long done, long goal) {
    History before = history;
    try (Scope scope = Scope.inherit()) {
      NDList reached = march(done, goal);
      if (!States.isFinite(reached)) {
        trajectory.revert();
        history = before;
        return false;
      }
      trajectory.settle(scope);
      history.keep(scope, before);
      before.closeAllBut(history);
      NDList old = x;
      x = scope.keep(reached);
      if (!trajectory.isDense()) {
        Tensors.close(old);
      }
      watch.met().forEach(crossing -> scope.keep(crossing.x()));
      tell(done, goal);
      return true;
    }
  }

  private NDList march(long from, long to) {
    NDList state = x;
    FixedMethod.Stepper stepper = null;
    for (long k = from; k < to; k++) {
      if (k == from || grid.step(k) != grid.step(k - 1)) {
        stepper = method.stepper(f, grid.step(k), x.get(0));
      }
      try (Scope scope = Scope.inherit()) {
        double t = grid.time(k);
        double t1 = grid.time(k + 1);
        FixedMethod.Taken step = stepper.take(t, t1, state, history);
        Span span = new Span(t, state, step.slope(), t1, step.state());
        double end = t1;
        if (!watch.isIdle() && States.isFinite(step.state())) {
          stop = watch.pass(scope, t, t1, step.state(), span);
          end = stop == null ? t1 : stop.t();
        }
        while (trajectory.isDue(end)) {
          trajectory.add(scope.keep(span.output(trajectory.next())));
        }
        if (trajectory.isDense()) {
          NDList slope = scope.keep(States.copy(step.slope()));
          trajectory.add(new DenseOutput.Node(t, state, slope, null));
        }
        step.history().keep(scope, history);
        history = step.history();
        state = scope.keep(step.state());
      }
    }
    return state;
  }

  /** The polynomial over one step; the slope at its end is evaluated when first needed. */
  private final class Span implements StepSpan {
    private final double t;
    private final double t1;
    private final NDList start;
    private final NDList slope;
    private final NDList end;
    private NDList endSlope;

    Span(double t, NDList start, NDList slope, double t1, NDList end) {
      this.t = t;
      this.t1 = t1;
      this.start = start;
      this.slope = slope;
      this.end = end;
    }

    @Override
    public void prepare() {
      if (endSlope == null) {
        endSlope = f.apply(t1, end);
      }
    }

    @Override
    public NDList at(double time) {
      return Interpolation.cubic((time - t) / (t1 - t), t1 - t, start, slope, end, endSlope);
    }

    NDList output(double time) {
      if (interpolation == Interpolation.CUBIC) {
        endSlope = f.apply(t1, end);
        return at(time);
      }
      return time == t1
          ? States.copy(end)
          : Interpolation.linear((time - t) / (t1 - t), start, end);
    }
  }

  private void endDense(double t, Status status) {
    if (trajectory.isDense()) {
      NDList slope = status == Status.NOT_FINITE ? null : States.copy(f.apply(t, x));
      trajectory.add(new DenseOutput.Node(t, x, slope, null));
    }
  }

  private void tell(long from, long to) {
    for (long k = from; k < to; k++) {
      trajectory.countAccepted(grid.step(k));
    }
    if (observer != StepObserver.NONE) {
      double t = stop == null ? grid.time(to) : stop.t();
      NDList state = stop == null ? x : stop.x();
      observer.accepted(trajectory.accepted(), t, t - grid.time(from), state, Double.NaN);
    }
  }
}

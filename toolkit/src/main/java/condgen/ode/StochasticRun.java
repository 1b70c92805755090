package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Scope;

/** One stochastic solve on a fixed grid; each step owns its memory. */
final class StochasticRun {

  private final InitialValueProblem problem;
  private final StochasticDynamics given;
  private final StochasticMethod method;
  private final Grid grid;
  private final BrownianPath path;
  private final StepObserver observer;
  private final CountedDynamics drift;

  StochasticRun(
      InitialValueProblem problem,
      StochasticDynamics f,
      StochasticSolver solver,
      BrownianPath path,
      StepObserver observer) {
    this.problem = problem;
    this.path = path;
    this.observer = observer;
    given = f;
    method = solver.method();
    grid = solver.over(problem.times());
    drift = new CountedDynamics(problem.dynamics());
  }

  OdeSolution solve() {
    StochasticDynamics f = checked();
    try (Scope whole = Scope.inherit()) {
      Trajectory trajectory = new Trajectory(problem);
      NDArray x = States.copy(problem.x0()).get(0);
      Status status = Status.COMPLETED;
      long done = 0;
      while (done < grid.steps() && status == Status.COMPLETED) {
        double h = grid.step(done);
        try (Scope scope = Scope.inherit()) {
          NDArray dw = path.increment(done, h, x);
          require(dw, x, "the increment of the path");
          NDArray next = method.step(f, grid.time(done), h, x, dw);
          if (States.isFinite(new NDList(next))) {
            done++;
            emit(trajectory, grid.time(done), next);
            trajectory.settle(scope);
            x.close();
            x = scope.keep(next);
            trajectory.countAccepted(h);
            observer.accepted(done, grid.time(done), h, new NDList(x), Double.NaN);
          } else {
            status = Status.NOT_FINITE;
          }
        }
      }
      return trajectory.finish(whole, grid.time(done), new NDList(x), drift.evaluations(), status);
    }
  }

  private void emit(Trajectory trajectory, double t, NDArray x) {
    double tolerance = 1e-9 * Math.abs(problem.end() - problem.start());
    if (trajectory.isPending() && Math.abs(trajectory.next() - t) <= tolerance) {
      trajectory.add(States.copy(new NDList(x)));
    }
  }

  /** The dynamics, with what it returns looked at. */
  private StochasticDynamics checked() {
    return new StochasticDynamics() {
      @Override
      public NDArray drift(double t, NDArray x) {
        return drift.apply(t, new NDList(x)).get(0);
      }

      @Override
      public NDArray diffusion(double t, NDArray x, NDArray z) {
        NDArray noise = given.diffusion(t, x, z);
        require(noise, x, "the diffusion");
        return noise;
      }
    };
  }

  private static void require(NDArray noise, NDArray x, String name) {
    if (noise == null
        || !noise.getShape().equals(x.getShape())
        || noise.getDataType() != x.getDataType()) {
      throw new IllegalArgumentException(
          String.format(
              "%s must have the shape and type of x0, %s %s, but %s",
              name,
              x.getShape(),
              x.getDataType(),
              noise == null ? "is null" : "has " + noise.getShape() + " " + noise.getDataType()));
    }
  }
}

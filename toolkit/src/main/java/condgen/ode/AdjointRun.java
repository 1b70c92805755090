package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;

/** One solve, and the adjoint solve from its last time to its first. */
final class AdjointRun implements GradientRun {

  private final ParametricDynamics f;
  private final NDList theta;
  private final OdeSolution forward;
  private final Solver solver;
  private final AdjointGradient.Options options;
  private final AdjointDynamics dynamics;
  private final int arrays;
  private final boolean timed;
  private final double[] byTime;

  private long evaluations;
  private double drift;

  AdjointRun(
      ParametricDynamics f,
      NDList theta,
      OdeSolution forward,
      Solver solver,
      AdjointGradient.Options options) {
    this.f = f;
    this.theta = theta;
    this.forward = forward;
    this.options = options;
    arrays = forward.state(0).size();
    dynamics = new AdjointDynamics(f, theta, arrays);
    timed = dynamics.isTimed();
    this.solver = backward(solver);
    byTime = new double[options.times() ? forward.times().length : 0];
  }

  /** Fixed steps are as many between two output times as they were forwards. */
  private Solver backward(Solver given) {
    if (given instanceof FixedStep fixed) {
      return fixed.between(forward.times());
    }
    if (given instanceof MultiStep multi) {
      return multi.between(forward.times());
    }
    boolean less = options.seminorm() && given instanceof Adaptive;
    return less ? ((Adaptive) given).controllingFirst(dynamics.beforeTheta()) : given;
  }

  @Override
  public OdeSolution solution() {
    return forward;
  }

  @Override
  @Equation({"2.2.5", "2.2.6", "2.2.7", "2.2.8"})
  public Pulled pull(NDList cotangents) {
    try (Scope whole = Scope.open()) {
      NDList state = start();
      NDList made = new NDList();
      for (int i = forward.times().length - 1; i > 0; i--) {
        try (Scope scope = Scope.open()) {
          add(state, i, States.part(cotangents, i - 1, arrays));
          double[] span = {forward.times()[i], forward.times()[i - 1]};
          OdeSolution back = Ode.solve(dynamics, state, span, solver);
          evaluations += back.evaluations();
          Status status = back.isCompleted() ? judge(back.last(), i) : back.status();
          if (status != Status.COMPLETED) {
            return Pulled.failed(evaluations, drift, status);
          }
          Tensors.close(made);
          made = scope.keep(back.last());
          state = new NDList(made);
        }
      }
      NDList a = new NDList(state.subList(arrays, 2 * arrays));
      int first = dynamics.beforeTheta();
      NDList gradients = new NDList(state.subList(first, state.size()));
      finishTimes(state, a);
      return new Pulled(
          whole.keep(gradients), whole.keep(a), byTime, evaluations, drift, Status.COMPLETED);
    }
  }

  /** x is set later; a and all integrals begin at 0. */
  private NDList start() {
    NDList state = new NDList();
    state.addAll(forward.last());
    forward.last().forEach(array -> state.add(Tensors.zerosLike(array)));
    if (timed) {
      state.add(Scalars.constant(0, state.get(0)));
    }
    theta.forEach(parameter -> state.add(Tensors.zerosLike(parameter)));
    return state;
  }

  /** x from the forward solve, and the loss's own gradient for it on top of what came back. */
  private void add(NDList state, int i, NDList gradient) {
    for (int j = 0; j < arrays; j++) {
      state.set(j, forward.state(i).get(j));
      state.set(arrays + j, state.get(arrays + j).add(gradient.get(j)));
    }
    if (options.times()) {
      byTime[i] = TimeGradients.along(f.at(theta), forward, i, gradient);
      evaluations++;
    }
    if (timed && options.times()) {
      NDArray start = state.get(2 * arrays);
      state.set(2 * arrays, Scalars.axpy(-1, Scalars.fresh(byTime[i], start), start));
    }
  }

  private void finishTimes(NDList state, NDList a) {
    if (timed && options.times()) {
      byTime[0] = Tensors.item(state.get(2 * arrays));
    } else if (options.times()) {
      byTime[0] = -TimeGradients.along(f.at(theta), forward, 0, a);
      evaluations++;
    }
  }

  /** Compares x, integrated back to time i - 1, with the state that is stored for it. */
  private Status judge(NDList state, int i) {
    NDList ratios = new NDList(arrays);
    for (int j = 0; j < arrays; j++) {
      NDArray stored = forward.state(i - 1).get(j);
      NDArray size = stored.square().mean().maximum(forward.state(i).get(j).square().mean());
      NDArray off = state.get(j).sub(stored).square().mean();
      ratios.add(off.div(Scalars.add(size, Float.MIN_NORMAL)));
    }
    NDArray worst = arrays == 1 ? ratios.get(0) : NDArrays.stack(ratios).max();
    drift = Math.max(drift, Math.sqrt(Tensors.item(worst)));
    return drift <= options.greatestDrift() ? Status.COMPLETED : Status.DIVERGED;
  }
}

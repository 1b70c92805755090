package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Scope;
import condgen.tensor.Segment;
import condgen.tensor.Tensors;

/**
 * Back-propagation piece by piece: the forward solve keeps no graph but the lengths of its steps
 * and k states; backwards, the steps from one kept state to the next are taken again, on record.
 * The steps are those that were accepted, so their choice is not repeated.
 */
final class CheckpointedGradient extends Gradient {

  private final int k;
  private final boolean times;

  CheckpointedGradient(int k, boolean times) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1 state to keep, but is " + k);
    }
    this.k = k;
    this.times = times;
  }

  @Override
  public Gradient withTimes() {
    return new CheckpointedGradient(k, true);
  }

  @Override
  GradientRun run(ParametricDynamics f, NDList theta, NDList x0, double[] times, Solver solver) {
    Method method = Method.of(solver);
    AcceptedSteps steps = new AcceptedSteps(k, times[0], x0);
    OdeSolution solution = Ode.solve(f.at(theta), x0, times, solver, steps);
    return new Run(f, theta, solution, steps, method);
  }

  /** How a solver steps, as far as a replay must know; no interpolation stands for adaptive. */
  private record Method(ButcherTableau tableau, Interpolation interpolation) {
    static Method of(Solver solver) {
      if (solver instanceof FixedStep fixed) {
        return new Method(fixed.tableau(), fixed.interpolation());
      }
      if (solver instanceof Adaptive adaptive) {
        return new Method(adaptive.tableau(), null);
      }
      throw new IllegalArgumentException(
          "solver must take each step from the state alone (FixedStep, Adaptive) to be replayed"
              + " from a checkpoint, but is "
              + solver.getClass().getSimpleName());
    }
  }

  /** One solve that can be replayed. */
  private final class Run implements GradientRun {
    private final ParametricDynamics f;
    private final NDList theta;
    private final OdeSolution solution;
    private final AcceptedSteps steps;
    private final Method method;
    private long evaluations;

    Run(
        ParametricDynamics f,
        NDList theta,
        OdeSolution solution,
        AcceptedSteps steps,
        Method method) {
      this.f = f;
      this.theta = theta;
      this.solution = solution;
      this.steps = steps;
      this.method = method;
    }

    @Override
    public OdeSolution solution() {
      return solution;
    }

    @Override
    public Pulled pull(NDList cotangents) {
      try (Scope whole = Scope.open()) {
        NDList a = zeros(solution.last());
        NDList gradients = zeros(theta);
        int end = steps.count();
        while (end > 0) {
          int begin = steps.checkpointBefore(end);
          try (Scope scope = Scope.open()) {
            Segment.Pullback back = piece(begin, end, cotangents, a);
            NDList sum = scope.keep(sum(gradients, back.parameters()));
            Tensors.close(a);
            Tensors.close(gradients);
            a = scope.keep(back.inputs());
            gradients = sum;
          }
          end = begin;
        }
        double[] byTime = new double[0];
        if (times) {
          byTime = TimeGradients.of(f.at(theta), solution, cotangents, a);
          evaluations += TimeGradients.evaluations(solution);
        }
        return new Pulled(
            whole.keep(gradients), whole.keep(a), byTime, evaluations, 0, Status.COMPLETED);
      }
    }

    /** Gradients of the steps from one checkpoint to the next, given that of the state after. */
    private Segment.Pullback piece(int begin, int end, NDList cotangents, NDList a) {
      int[] passed = new int[2];
      Segment.Forward forward =
          Segment.recorded(
                  theta,
                  (leaves, x) -> {
                    CountedDynamics counted = new CountedDynamics(f.at(leaves));
                    Replay replay =
                        new Replay(
                            counted,
                            method.tableau(),
                            method.interpolation(),
                            steps,
                            solution.times());
                    passed[0] = replay.timesBefore(begin);
                    passed[1] = replay.timesBefore(end);
                    NDList found = replay.run(begin, end, x);
                    evaluations += counted.evaluations();
                    return found;
                  })
              .forward(steps.state(begin));
      NDList back = new NDList();
      for (int i = passed[0]; i < passed[1]; i++) {
        back.addAll(States.part(cotangents, i - 1, a.size()));
      }
      back.addAll(a);
      return forward.pull(back);
    }

    private static NDList zeros(NDList like) {
      NDList zeros = new NDList(like.size());
      like.forEach(array -> zeros.add(Tensors.zerosLike(array)));
      return zeros;
    }

    private static NDList sum(NDList a, NDList b) {
      NDList sum = new NDList(a.size());
      for (int i = 0; i < a.size(); i++) {
        NDArray both = a.get(i).add(b.get(i));
        sum.add(both);
      }
      return sum;
    }
  }
}

package condgen.ode;

import ai.djl.ndarray.NDList;
import condgen.tensor.Segment;
import condgen.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;

/** Back-propagation through the steps of the solver: every step's arrays live until then. */
final class DiscreteGradient extends Gradient {

  private final boolean times;

  DiscreteGradient(boolean times) {
    this.times = times;
  }

  @Override
  public Gradient withTimes() {
    return new DiscreteGradient(true);
  }

  @Override
  GradientRun run(ParametricDynamics f, NDList theta, NDList x0, double[] times, Solver solver) {
    OdeSolution[] solved = new OdeSolution[1];
    Segment.Forward forward =
        Segment.recorded(
                theta,
                (leaves, inputs) -> {
                  solved[0] = Ode.solve(f.at(leaves), inputs, times, solver);
                  NDList states = States.after(solved[0]);
                  return solved[0].isCompleted() ? states : states.addAll(solved[0].last());
                })
            .forward(x0);
    return new Run(f, theta, detached(solved[0], x0, forward.outputs()), forward);
  }

  /** The solution with states that hang on no graph. */
  private static OdeSolution detached(OdeSolution solved, NDList x0, NDList outputs) {
    List<NDList> states = new ArrayList<>();
    NDList first = new NDList();
    x0.forEach(array -> first.add(Tensors.copy(array)));
    states.add(first);
    int reached = solved.states().size();
    for (int i = 1; i < reached; i++) {
      states.add(States.part(outputs, i - 1, x0.size()));
    }
    NDList last =
        solved.isCompleted()
            ? states.get(reached - 1)
            : States.part(outputs, reached - 1, x0.size());
    return solved.withStates(states, last);
  }

  /** One solve on the tape. */
  private final class Run implements GradientRun {
    private final ParametricDynamics f;
    private final NDList theta;
    private final OdeSolution solution;
    private final Segment.Forward forward;

    Run(ParametricDynamics f, NDList theta, OdeSolution solution, Segment.Forward forward) {
      this.f = f;
      this.theta = theta;
      this.solution = solution;
      this.forward = forward;
    }

    @Override
    public OdeSolution solution() {
      return solution;
    }

    @Override
    public Pulled pull(NDList cotangents) {
      Segment.Pullback back = forward.pull(cotangents);
      double[] byTime =
          times
              ? TimeGradients.of(f.at(theta), solution, cotangents, back.inputs())
              : new double[0];
      long evaluations = times ? TimeGradients.evaluations(solution) : 0;
      return new Pulled(back.parameters(), back.inputs(), byTime, evaluations, 0, Status.COMPLETED);
    }
  }
}

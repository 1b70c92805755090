package condgen.ode;

import ai.djl.ndarray.NDList;
import condgen.tensor.Scope;
import java.util.ArrayList;
import java.util.List;

/** The states at the requested times that a solve has reached so far, and its count of steps. */
final class Trajectory {

  private final double[] times;
  private final int direction;
  private final boolean dense;
  private final List<NDList> states = new ArrayList<>();
  private final List<DenseOutput.Node> nodes = new ArrayList<>();
  private int settled = 1;
  private int settledNodes;
  private long accepted;
  private long rejected;
  private double smallestStep = Double.POSITIVE_INFINITY;
  private double largestStep;

  /** Begins with a copy of x0, in the current scope. */
  Trajectory(InitialValueProblem problem) {
    this(problem, false);
  }

  /**
   * The same.
   *
   * @param dense whether the ends of all steps are kept
   */
  Trajectory(InitialValueProblem problem, boolean dense) {
    this.dense = dense;
    times = problem.times();
    direction = problem.direction();
    states.add(States.copy(problem.x0()));
  }

  /** True while a requested time is left. */
  boolean isPending() {
    return states.size() < times.length;
  }

  /** True when the next requested time lies at or before t. */
  boolean isDue(double t) {
    return isPending() && direction * (t - next()) >= 0;
  }

  /** The next requested time. */
  double next() {
    return times[states.size()];
  }

  /**
   * Adds the state at the next requested time; it must not be a state that the solver goes on with.
   */
  void add(NDList state) {
    states.add(state);
  }

  boolean isDense() {
    return dense;
  }

  /** Adds the end of a step; its arrays must be open until {@link #settle}. */
  void add(DenseOutput.Node node) {
    nodes.add(node);
  }

  void countAccepted(double h) {
    accepted++;
    smallestStep = Math.min(smallestStep, Math.abs(h));
    largestStep = Math.max(largestStep, Math.abs(h));
  }

  void countRejected() {
    rejected++;
  }

  long accepted() {
    return accepted;
  }

  /** Forgets the states since the last {@link #settle}. */
  void revert() {
    states.subList(settled, states.size()).clear();
    nodes.subList(settledNodes, nodes.size()).clear();
  }

  /** Lets the states since the last call outlive a scope. */
  void settle(Scope scope) {
    states.subList(settled, states.size()).forEach(scope::keep);
    settled = states.size();
    nodes.subList(settledNodes, nodes.size()).forEach(node -> node.forEach(scope::keep));
    settledNodes = nodes.size();
  }

  /** The result without events. */
  OdeSolution finish(Scope scope, double t, NDList x, long evaluations, Status status) {
    return finish(scope, t, x, List.of(), evaluations, status);
  }

  /**
   * The result; its arrays outlive the scope.
   *
   * @param t time that the solver stands at
   * @param x state at t; the last good one, unless all requested times were reached
   * @param crossings events on the way
   */
  OdeSolution finish(
      Scope scope,
      double t,
      NDList x,
      List<Event.Crossing> crossings,
      long evaluations,
      Status status) {
    boolean completed = status == Status.COMPLETED;
    double reached = completed ? times[times.length - 1] : t;
    NDList last = completed ? states.get(states.size() - 1) : x;
    states.forEach(scope::keep);
    nodes.forEach(node -> node.forEach(scope::keep));
    crossings.forEach(crossing -> scope.keep(crossing.x()));
    scope.keep(last);
    return new OdeSolution(
        times,
        List.copyOf(states),
        reached,
        last,
        crossings,
        evaluations,
        accepted,
        rejected,
        accepted == 0 ? 0 : smallestStep,
        largestStep,
        status,
        dense ? new DenseOutput(List.copyOf(nodes), reached) : null);
  }
}

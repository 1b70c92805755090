package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import condgen.tensor.Scalars;
import java.util.ArrayList;
import java.util.List;

/**
 * One explicit Runge-Kutta step of any tableau. All methods step here.
 *
 * <p>In float32 the error estimate of a short step is little more than rounding noise, and the
 * steps that follow depend on it. So that the steps are the same as torchdiffeq's to the last bit,
 * each slope has one factor h · w, rounded as a float, and the terms are added in the order in
 * which libtorch adds a short row: 0, 4, 5, ..., then 1, 2, 3.
 */
final class RungeKuttaStep {

  private final ButcherTableau tableau;
  private final NDList start;
  private final double h;
  private final boolean isSingle;
  private final List<NDList> slopes = new ArrayList<>();
  private NDList end;

  private RungeKuttaStep(ButcherTableau tableau, double h, NDList start) {
    this.tableau = tableau;
    this.start = start;
    this.h = h;
    isSingle = start.get(0).getDataType() == DataType.FLOAT32;
  }

  /** The step from (t, x) to t + h, with the stages that the solution needs. */
  static RungeKuttaStep solution(ButcherTableau tableau, Dynamics f, double t, double h, NDList x) {
    RungeKuttaStep step = new RungeKuttaStep(tableau, h, x);
    step.slopes.add(f.apply(t, x));
    for (int i = 1; i < tableau.solutionStages(); i++) {
      step.slopes.add(f.apply(t + tableau.node(i) * h, step.combine(tableau.stageWeights(i))));
    }
    step.end = step.combine(tableau.solutionWeights());
    return step;
  }

  /**
   * The step with all stages of a method whose last stage is the new state.
   *
   * @param first slope at (t, x)
   * @param endTime time at which stages with node 1 are evaluated
   */
  static RungeKuttaStep embedded(
      ButcherTableau tableau,
      Dynamics f,
      double t,
      double h,
      double endTime,
      NDList x,
      NDList first) {
    RungeKuttaStep step = new RungeKuttaStep(tableau, h, x);
    step.slopes.add(first);
    for (int i = 1; i < tableau.stages(); i++) {
      double node = tableau.node(i);
      step.end = step.combine(tableau.stageWeights(i));
      step.slopes.add(f.apply(node == 1 ? endTime : t + node * h, step.end));
    }
    return step;
  }

  /** State at the end. */
  NDList end() {
    return end;
  }

  /** Slope at the start. */
  NDList firstSlope() {
    return slopes.get(0);
  }

  /** Slope of the last stage. */
  NDList lastSlope() {
    return slopes.get(slopes.size() - 1);
  }

  /** h Σ eᵢ kᵢ, per array of the state. */
  NDList error() {
    NDList error = new NDList(start.size());
    for (int i = 0; i < start.size(); i++) {
      error.add(change(tableau.errorWeights(), i));
    }
    return error;
  }

  /** State in the middle of the step. */
  NDList midpoint() {
    return combine(tableau.midpointWeights());
  }

  /** x + h Σ wⱼ kⱼ. */
  private NDList combine(double[] weights) {
    NDList result = new NDList(start.size());
    for (int i = 0; i < start.size(); i++) {
      NDArray change = change(weights, i);
      result.add(change == null ? start.get(i) : start.get(i).add(change));
    }
    return result;
  }

  /** h Σ wⱼ kⱼ for one array of the state; null when all weights are 0. */
  private NDArray change(double[] weights, int array) {
    NDArray sum = null;
    for (int place = 0; place < weights.length; place++) {
      int j = inOrder(place, weights.length);
      if (weights[j] != 0) {
        NDArray slope = slopes.get(j).get(array);
        NDArray term = slope.mul(Scalars.fresh(factor(weights[j]), slope));
        sum = sum == null ? term : sum.add(term);
      }
    }
    return sum;
  }

  private double factor(double weight) {
    return isSingle ? (float) h * (float) weight : h * weight;
  }

  /** 0, 1, 2, 3 up to four terms; 0, 4, 5, ..., 1, 2, 3 beyond. */
  private static int inOrder(int place, int count) {
    if (count <= 4 || place == 0) {
      return place;
    }
    return place <= count - 4 ? place + 3 : place - (count - 4);
  }
}

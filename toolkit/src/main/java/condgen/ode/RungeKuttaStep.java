package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
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

  private final NDList start;
  private final StepFactors factors;
  private final List<NDList> slopes = new ArrayList<>();
  private NDList end;

  private RungeKuttaStep(NDList start, StepFactors factors) {
    this.start = start;
    this.factors = factors;
  }

  /**
   * The step from (t, x), with the stages that the solution needs.
   *
   * @param first slope at (t, x)
   */
  static RungeKuttaStep solution(
      ButcherTableau tableau, Dynamics f, double t, StepFactors factors, NDList x, NDList first) {
    RungeKuttaStep step = new RungeKuttaStep(x, factors);
    int read = f.reads(x.size());
    step.slopes.add(first);
    for (int i = 1; i < factors.stages(); i++) {
      double time = t + tableau.node(i) * factors.step();
      step.slopes.add(f.apply(time, step.combine(factors.stage(i), read)));
    }
    step.end = step.combine(factors.solution(), x.size());
    return step;
  }

  /**
   * The step with all stages of a method whose last stage is the new state.
   *
   * @param endTime time at which stages with node 1 are evaluated
   * @param first slope at (t, x)
   */
  static RungeKuttaStep embedded(
      ButcherTableau tableau,
      Dynamics f,
      double t,
      StepFactors factors,
      double endTime,
      NDList x,
      NDList first) {
    RungeKuttaStep step = new RungeKuttaStep(x, factors);
    int read = f.reads(x.size());
    step.slopes.add(first);
    for (int i = 1; i < factors.stages(); i++) {
      double node = tableau.node(i);
      boolean last = i == factors.stages() - 1;
      step.end = step.combine(factors.stage(i), last ? x.size() : read);
      step.slopes.add(f.apply(node == 1 ? endTime : t + node * factors.step(), step.end));
    }
    return step;
  }

  /**
   * The last representable time of the state's type before the end of a step: f may jump there.
   *
   * @param direction -1 when time runs backwards
   */
  static double justBefore(double end, int direction, NDArray like) {
    if (like.getDataType() == DataType.FLOAT64) {
      return direction > 0 ? Math.nextDown(end) : Math.nextUp(end);
    }
    return direction > 0 ? Math.nextDown((float) end) : Math.nextUp((float) end);
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

  /** h Σ wⱼ kⱼ, per array of the state. */
  NDList change(double[] weights) {
    NDArray[] scaled = factors.times(weights);
    NDList change = new NDList(start.size());
    for (int i = 0; i < start.size(); i++) {
      change.add(change(scaled, i));
    }
    return change;
  }

  /** x + h Σ wⱼ kⱼ. */
  NDList state(double[] weights) {
    return combine(factors.times(weights), start.size());
  }

  /** The first {@code count} arrays x + h Σ wⱼ kⱼ; the others as at the start. */
  private NDList combine(NDArray[] scaled, int count) {
    NDList result = new NDList(start.size());
    for (int i = 0; i < start.size(); i++) {
      NDArray change = i < count ? change(scaled, i) : null;
      result.add(change == null ? start.get(i) : change.addi(start.get(i)));
    }
    return result;
  }

  /** Null when all weights are 0. The sum grows in place: it is ours, and half as many arrays. */
  private NDArray change(NDArray[] scaled, int array) {
    NDArray sum = null;
    for (int place = 0; place < scaled.length; place++) {
      int j = inOrder(place, scaled.length);
      if (scaled[j] != null) {
        NDArray term = slopes.get(j).get(array).mul(scaled[j]);
        sum = sum == null ? term : sum.addi(term);
      }
    }
    return sum;
  }

  /** 0, 1, 2, 3 up to four terms; 0, 4, 5, ..., 1, 2, 3 beyond. */
  private static int inOrder(int place, int count) {
    if (count <= 4 || place == 0) {
      return place;
    }
    return place <= count - 4 ? place + 3 : place - (count - 4);
  }
}

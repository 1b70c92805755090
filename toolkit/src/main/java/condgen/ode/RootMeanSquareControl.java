package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import condgen.tensor.Scalars;
import condgen.tensor.Tensors;
import java.util.function.DoubleUnaryOperator;

/**
 * Error as the root mean square over an array, and the largest over the arrays of a state; steps
 * grow and shrink by the elementary rule safety · ratio^(-1/order) within limits; the first step is
 * chosen as in Hairer, Nørsett and Wanner, Solving Ordinary Differential Equations I, section II.4.
 *
 * @param safety below 1: how far to stay under the step that the estimate allows
 * @param most the next step is at most this many times longer
 * @param least after a rejection the next step is at least this fraction of the last
 */
record RootMeanSquareControl(double safety, double least, double most) implements StepControl {

  @Override
  public double errorRatio(NDList error, NDList x0, NDList x1, Tolerances tolerances) {
    NDList scaled = new NDList(error.size());
    for (int i = 0; i < error.size(); i++) {
      NDArray size = x0.get(i).abs().maximum(x1.get(i).abs());
      scaled.add(error.get(i).div(scale(size, tolerances)));
    }
    return norm(scaled);
  }

  @Override
  public double factor(double ratio, double lastRatio, int order) {
    if (ratio == 0) {
      return most;
    }
    double lower = ratio < 1 ? 1 : least;
    double wanted = safety / Math.pow(ratio, 1.0 / order);
    return Double.isNaN(wanted) ? least : Math.min(most, Math.max(wanted, lower));
  }

  @Override
  public double firstStep(
      InitialValueProblem problem, NDList slope, int order, Tolerances tolerances) {
    NDList x0 = problem.x0();
    NDList scales = new NDList(x0.size());
    x0.forEach(array -> scales.add(scale(array.abs(), tolerances)));
    double d0 = norm(quotients(x0, scales));
    double d1 = norm(quotients(slope, scales));
    if (!Double.isFinite(d0) || !Double.isFinite(d1)) {
      return Double.NaN;
    }
    DoubleUnaryOperator round = rounding(x0.get(0).getDataType());
    double hundredth = round.applyAsDouble(0.01);
    double h0 =
        d0 < 1e-5 || d1 < 1e-5
            ? 1e-6
            : round.applyAsDouble(round.applyAsDouble(hundredth * d0) / d1);
    double d2 = round.applyAsDouble(norm(secondChange(problem, slope, scales, h0)) / h0);
    if (d1 <= 1e-15 && d2 <= 1e-15) {
      return Math.min(100 * h0, Math.max(1e-6, h0 * 1e-3));
    }
    double inverse = round.applyAsDouble(1 / Math.max(d1, d2));
    double power = Math.pow(round.applyAsDouble(inverse * hundredth), 1.0 / order);
    double h = Math.min(round.applyAsDouble(100 * h0), round.applyAsDouble(power));
    return h > 0 ? h : h0;
  }

  /** (f(t + h, x + h f) - f) / scale. */
  private static NDList secondChange(
      InitialValueProblem problem, NDList slope, NDList scales, double h) {
    double step = problem.direction() * h;
    NDList ahead = new NDList(slope.size());
    for (int i = 0; i < slope.size(); i++) {
      NDArray x = problem.x0().get(i);
      ahead.add(x.add(slope.get(i).mul(Scalars.fresh(step, x))));
    }
    NDList there = problem.dynamics().apply(problem.start() + step, ahead);
    NDList change = new NDList(slope.size());
    for (int i = 0; i < slope.size(); i++) {
      change.add(there.get(i).sub(slope.get(i)));
    }
    return quotients(change, scales);
  }

  private static NDArray scale(NDArray size, Tolerances tolerances) {
    return Scalars.add(Scalars.scale(size, tolerances.rtol()), tolerances.atol());
  }

  private static NDList quotients(NDList arrays, NDList scales) {
    NDList quotients = new NDList(arrays.size());
    for (int i = 0; i < arrays.size(); i++) {
      quotients.add(arrays.get(i).div(scales.get(i)));
    }
    return quotients;
  }

  /** One read-back, however many arrays. */
  private static double norm(NDList arrays) {
    NDList squares = new NDList(arrays.size());
    arrays.forEach(array -> squares.add(array.mul(array).mean()));
    NDArray largest = squares.size() == 1 ? squares.get(0) : NDArrays.stack(squares).max();
    return rounding(largest.getDataType()).applyAsDouble(Math.sqrt(Tensors.item(largest)));
  }

  /** Norms and the first step are numbers of the state's type; see {@link RungeKuttaStep}. */
  private static DoubleUnaryOperator rounding(DataType type) {
    return type == DataType.FLOAT32 ? value -> (float) value : value -> value;
  }
}

package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Scalars;
import java.util.function.DoubleUnaryOperator;

/**
 * The length of the first step, chosen from the sizes of state, slope and change of slope as in
 * Hairer, Nørsett and Wanner, Solving Ordinary Differential Equations I, section II.4.
 */
enum FirstStep {
  /** Each array by its own tolerances; the largest state over the largest slope. */
  EACH_BY_ITS_OWN {
    @Override
    NDArray scale(NDArray size, Tolerances tolerances, int array) {
      return RootMeanSquare.scale(size, tolerances.rtol(array), tolerances.atol(array));
    }

    @Override
    double ratio(double[] d0, double[] d1, DoubleUnaryOperator round) {
      double top = round.applyAsDouble(round.applyAsDouble(0.01) * RootMeanSquare.largest(d0));
      return round.applyAsDouble(top / RootMeanSquare.largest(d1));
    }
  },

  /** All arrays by the first one's tolerances; the largest of the arrays' state over slope. */
  ALL_BY_THE_FIRST {
    @Override
    NDArray scale(NDArray size, Tolerances tolerances, int array) {
      return RootMeanSquare.scale(size, tolerances.rtol(0), tolerances.atol(0));
    }

    @Override
    double ratio(double[] d0, double[] d1, DoubleUnaryOperator round) {
      double largest = 0;
      for (int i = 0; i < d0.length; i++) {
        double ratio = round.applyAsDouble(d0[i] / d1[i]);
        largest = ratio < Double.POSITIVE_INFINITY ? Math.max(largest, ratio) : largest;
      }
      return round.applyAsDouble(round.applyAsDouble(0.01) * largest);
    }
  };

  abstract NDArray scale(NDArray size, Tolerances tolerances, int array);

  /** A hundredth of the time in which the slope would make the state; an array at rest has none. */
  abstract double ratio(double[] d0, double[] d1, DoubleUnaryOperator round);

  /** As {@link StepControl#firstStep}. */
  double choose(InitialValueProblem problem, NDList slope, int order, Tolerances tolerances) {
    NDList x0 = problem.x0();
    NDList scales = new NDList(x0.size());
    for (int i = 0; i < x0.size(); i++) {
      scales.add(scale(x0.get(i).abs(), tolerances, i));
    }
    double[] each0 = RootMeanSquare.each(quotients(x0, scales));
    double[] each1 = RootMeanSquare.each(quotients(slope, scales));
    double d0 = RootMeanSquare.largest(each0);
    double d1 = RootMeanSquare.largest(each1);
    if (!Double.isFinite(d0) || !Double.isFinite(d1)) {
      return Double.NaN;
    }
    DoubleUnaryOperator round = RootMeanSquare.rounding(x0.get(0).getDataType());
    double h0 = d0 < 1e-5 || d1 < 1e-5 ? 1e-6 : ratio(each0, each1, round);
    double change =
        RootMeanSquare.largest(RootMeanSquare.each(secondChange(problem, slope, scales, h0)));
    double d2 = round.applyAsDouble(change / h0);
    if (d1 <= 1e-15 && d2 <= 1e-15) {
      return Math.min(100 * h0, Math.max(1e-6, h0 * 1e-3));
    }
    double inverse = round.applyAsDouble(1 / Math.max(d1, d2));
    double hundredth = round.applyAsDouble(0.01);
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

  private static NDList quotients(NDList arrays, NDList scales) {
    NDList quotients = new NDList(arrays.size());
    for (int i = 0; i < arrays.size(); i++) {
      quotients.add(arrays.get(i).div(scales.get(i)));
    }
    return quotients;
  }
}

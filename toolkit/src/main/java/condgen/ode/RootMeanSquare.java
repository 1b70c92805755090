package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import condgen.tensor.Scalars;
import condgen.tensor.Tensors;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Sizes of the arrays of a state in units of their tolerances, as root mean squares. */
final class RootMeanSquare {

  private RootMeanSquare() {}

  /** The error of a step over its tolerance: the largest over the arrays. */
  static double errorRatio(NDList error, NDList x0, NDList x1, Tolerances tolerances) {
    NDList scaled = new NDList(error.size());
    for (int i = 0; i < error.size(); i++) {
      NDArray size = x0.get(i).abs().maximum(x1.get(i).abs());
      scaled.add(error.get(i).div(scale(size, tolerances.rtol(i), tolerances.atol(i))));
    }
    return largest(each(scaled));
  }

  /** atol + rtol · size. */
  static NDArray scale(NDArray size, double rtol, double atol) {
    return Scalars.add(Scalars.scale(size, rtol), atol);
  }

  /** The root mean square of each array; one read-back, however many arrays. */
  static double[] each(NDList arrays) {
    NDList squares = new NDList(arrays.size());
    arrays.forEach(array -> squares.add(array.mul(array).mean()));
    double[] means =
        squares.size() == 1
            ? new double[] {Tensors.item(squares.get(0))}
            : Tensors.toDoubles(NDArrays.stack(squares));
    DoubleUnaryOperator round = rounding(arrays.get(0).getDataType());
    return Arrays.stream(means).map(mean -> round.applyAsDouble(Math.sqrt(mean))).toArray();
  }

  /** NaN when one of them is. */
  static double largest(double[] values) {
    return Arrays.stream(values).reduce(0, Math::max);
  }

  /** Norms and the first step are numbers of the state's type; see {@link RungeKuttaStep}. */
  static DoubleUnaryOperator rounding(DataType type) {
    return type == DataType.FLOAT32 ? value -> (float) value : value -> value;
  }
}

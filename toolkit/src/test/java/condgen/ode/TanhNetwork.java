package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** A small field with parameters, and the slow way to its gradients. */
final class TanhNetwork {

  /** tanh(W x + b t) for columns x (3, 1); θ = (W, b). */
  static final TimedDynamics LAYER =
      (theta, t, x) -> new NDList(theta.get(0).matMul(x.get(0)).add(theta.get(1).mul(t)).tanh());

  /** V tanh(W x + b + c t) for rows x (n, 2); θ = (W, b, c, V). */
  static final ParametricDynamics ROWS =
      (theta, t, x) -> {
        NDArray w = theta.get(0);
        NDArray shift = theta.get(1).add(theta.get(2).mul(Scalars.fresh(t, w)));
        NDArray hidden = x.get(0).matMul(w.transpose()).add(shift).tanh();
        return new NDList(hidden.matMul(theta.get(3).transpose()));
      };

  private TanhNetwork() {}

  /** Numbers from -1 to 1, float64. */
  static NDArray numbers(int seed, long... shape) {
    Shape sizes = new Shape(shape);
    double[] values = new Random(seed).doubles(sizes.size(), -1, 1).toArray();
    return Tensors.of(values, sizes);
  }

  /** Parameters of {@link #LAYER}: 12 numbers. */
  static NDList layer() {
    return new NDList(numbers(1, 3, 3), numbers(2, 3, 1));
  }

  /** Parameters of {@link #ROWS} with 6 hidden units: 36 numbers. */
  static NDList rows() {
    return new NDList(numbers(3, 6, 2), numbers(4, 6), numbers(5, 6), numbers(6, 2, 6));
  }

  /** Central differences of a number for every element of some arrays, one after another. */
  static double[] differences(NDList at, ToDoubleFunction<NDList> value, double h) {
    double[] found = new double[at.stream().mapToInt(array -> (int) array.size()).sum()];
    int place = 0;
    for (int i = 0; i < at.size(); i++) {
      for (int j = 0; j < at.get(i).size(); j++) {
        double up = moved(at, i, j, h, value);
        double down = moved(at, i, j, -h, value);
        found[place++] = (up - down) / (2 * h);
      }
    }
    return found;
  }

  private static double moved(
      NDList at, int array, int element, double by, ToDoubleFunction<NDList> value) {
    return Scope.call(
        () -> {
          NDList there = new NDList(at);
          double[] numbers = Tensors.toDoubles(at.get(array));
          numbers[element] += by;
          there.set(array, Tensors.of(numbers, at.get(array).getShape()));
          return value.applyAsDouble(there);
        });
  }

  /** All elements of some arrays, one after another. */
  static double[] flat(NDList arrays) {
    return arrays.stream().flatMapToDouble(a -> Arrays.stream(Tensors.toDoubles(a))).toArray();
  }

  /** Norm of a difference over the norm of the first. */
  static double distance(double[] expected, double[] came) {
    double norm = 0;
    double off = 0;
    for (int i = 0; i < Math.max(expected.length, came.length); i++) {
      norm += expected[i] * expected[i];
      off += (expected[i] - came[i]) * (expected[i] - came[i]);
    }
    return Math.sqrt(off / norm);
  }

  /** Float32 copies. */
  static NDList single(NDList arrays) {
    NDList copies = new NDList();
    arrays.forEach(array -> copies.add(array.toType(DataType.FLOAT32, true)));
    return copies;
  }
}

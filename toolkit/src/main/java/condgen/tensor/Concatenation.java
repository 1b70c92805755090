package condgen.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;

/**
 * Concatenation along one axis.
 *
 * @param axis which axis, from 0
 */
public record Concatenation(int axis) implements Rule {

  /** Joins arrays that agree in all other axes. */
  public static Dual concat(int axis, Dual... parts) {
    return Dual.apply(new Concatenation(axis), parts);
  }

  @Override
  public NDArray value(NDArray[] x) {
    return NDArrays.concat(new NDList(x), axis);
  }

  @Override
  public NDArray jvp(NDArray[] x, NDArray y, NDArray[] tangents) {
    NDArray[] parts = new NDArray[x.length];
    for (int i = 0; i < x.length; i++) {
      parts[i] = tangents[i] == null ? Tensors.zerosLike(x[i]) : tangents[i];
    }
    return value(parts);
  }

  @Override
  public NDArray vjp(NDArray[] x, NDArray y, NDArray cotangent, int operand) {
    long from = 0;
    for (int i = 0; i < operand; i++) {
      from += x[i].getShape().get(axis);
    }
    NDIndex index = new NDIndex();
    for (int i = 0; i < axis; i++) {
      index.addAllDim();
    }
    return cotangent.get(index.addSliceDim(from, from + x[operand].getShape().get(axis)));
  }
}

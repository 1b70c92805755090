package condgen.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/**
 * Every step-th entry along one axis, from the first to before the last. Jᵀ·e puts them back and
 * fills the rest with zeros.
 *
 * @param axis which axis, from 0
 * @param from first entry
 * @param to entry before which it ends
 * @param step distance between entries
 */
public record Slicing(int axis, long from, long to, long step) implements Rule {

  /**
   * Entries from, from + step, ... before to.
   *
   * @throws IllegalArgumentException if there are no such entries
   */
  public static Dual slice(Dual x, int axis, long from, long to, long step) {
    long size = x.shape().get(axis);
    if (from < 0 || to > size || from >= to || step < 1) {
      throw new IllegalArgumentException(
          "from, to and step must lie in the %d entries of axis %d, but are %d, %d and %d"
              .formatted(size, axis, from, to, step));
    }
    boolean all = from == 0 && to == size && step == 1;
    return all ? x : Dual.apply(new Slicing(axis, from, to, step), x);
  }

  private NDIndex index() {
    NDIndex index = new NDIndex();
    for (int i = 0; i < axis; i++) {
      index.addAllDim();
    }
    return index.addSliceDim(from, to, step);
  }

  @Override
  public NDArray value(NDArray[] x) {
    return x[0].get(index());
  }

  @Override
  public NDArray jvp(NDArray[] x, NDArray y, NDArray[] tangents) {
    return tangents[0].get(index());
  }

  @Override
  public NDArray vjp(NDArray[] x, NDArray y, NDArray cotangent, int operand) {
    long size = x[0].getShape().get(axis);
    long kept = cotangent.getShape().get(axis);
    NDArray spread = cotangent;
    if (step > 1) {
      NDArray column = cotangent.expandDims(axis + 1);
      NDArray filled =
          NDArrays.concat(new NDList(column, zeros(column, axis + 1, step - 1)), axis + 1);
      spread = filled.reshape(with(cotangent.getShape(), axis, kept * step));
      NDIndex inside = new NDIndex();
      for (int i = 0; i < axis; i++) {
        inside.addAllDim();
      }
      kept = Math.min(kept * step, size - from);
      spread = spread.get(inside.addSliceDim(0, kept));
    }
    NDList parts = new NDList();
    if (from > 0) {
      parts.add(zeros(spread, axis, from));
    }
    parts.add(spread);
    if (from + kept < size) {
      parts.add(zeros(spread, axis, size - from - kept));
    }
    return parts.size() == 1 ? spread : NDArrays.concat(parts, axis);
  }

  private static Shape with(Shape shape, int axis, long size) {
    long[] sizes = shape.getShape().clone();
    sizes[axis] = size;
    return new Shape(sizes);
  }

  private static NDArray zeros(NDArray like, int axis, long count) {
    return Tensors.zeros(with(like.getShape(), axis, count), like.getDataType());
  }
}

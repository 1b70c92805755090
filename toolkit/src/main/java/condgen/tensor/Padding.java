package condgen.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/** Zeros around and between the elements of an axis, for convolutions. */
final class Padding {

  /** Channels that libtorch's CPU convolution handles together; see {@link Convolution}. */
  private static final int BLOCK = 16;

  private Padding() {}

  /** How many channels are missing to whole blocks. */
  static long missing(long channels) {
    return (BLOCK - channels % BLOCK) % BLOCK;
  }

  /** Adds zeros after an axis. */
  static NDArray widen(NDArray array, int axis, long more) {
    return more == 0 ? array : NDArrays.concat(new NDList(array, zeros(array, axis, more)), axis);
  }

  /** Puts stride − 1 zeros after each element of an axis. */
  static NDArray spread(NDArray e, int axis, int stride) {
    if (stride == 1) {
      return e;
    }
    NDArray column = e.expandDims(axis + 1);
    NDList columns = new NDList(column);
    for (int i = 1; i < stride; i++) {
      columns.add(Tensors.zerosLike(column));
    }
    long[] sizes = e.getShape().getShape().clone();
    sizes[axis] *= stride;
    return NDArrays.concat(columns, axis + 1).reshape(new Shape(sizes));
  }

  /**
   * Adds zeros before an axis (or cuts when negative) and after it, or cuts, until it has the given
   * size.
   */
  static NDArray fit(NDArray e, int axis, long before, long size) {
    NDArray result = e;
    if (before < 0) {
      result = cut(result, axis, -before, result.getShape().get(axis));
    } else if (before > 0) {
      result = NDArrays.concat(new NDList(zeros(result, axis, before), result), axis);
    }
    long after = size - result.getShape().get(axis);
    if (after < 0) {
      return cut(result, axis, 0, size);
    }
    return widen(result, axis, after);
  }

  private static NDArray zeros(NDArray like, int axis, long count) {
    long[] sizes = like.getShape().getShape().clone();
    sizes[axis] = count;
    return Tensors.zeros(new Shape(sizes), like.getDataType());
  }

  private static NDArray cut(NDArray e, int axis, long from, long to) {
    NDIndex index = new NDIndex();
    for (int i = 0; i < axis; i++) {
      index.addAllDim();
    }
    return e.get(index.addSliceDim(from, to));
  }
}

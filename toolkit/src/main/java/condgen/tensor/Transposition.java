package condgen.tensor;

import ai.djl.ndarray.NDArray;

/** The same elements with the axes in another order. */
record Transposition(int... order) implements Rule {
  @Override
  public NDArray value(NDArray[] x) {
    return x[0].transpose(order);
  }

  @Override
  public NDArray jvp(NDArray[] x, NDArray y, NDArray[] tangents) {
    return tangents[0].transpose(order);
  }

  @Override
  public NDArray vjp(NDArray[] x, NDArray y, NDArray cotangent, int operand) {
    int[] back = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      back[order[i]] = i;
    }
    return cotangent.transpose(back);
  }
}

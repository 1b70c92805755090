package condgen.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** Sum, difference, product and quotient by element, with the engine's broadcasting. */
public enum Arithmetic implements Rule {
  /** x₀ + x₁. */
  ADD {
    @Override
    public NDArray value(NDArray[] x) {
      return x[0].add(x[1]);
    }

    @Override
    NDArray partial(NDArray[] x, NDArray y, NDArray along, int operand) {
      return along;
    }
  },
  /** x₀ − x₁. */
  SUBTRACT {
    @Override
    public NDArray value(NDArray[] x) {
      return x[0].sub(x[1]);
    }

    @Override
    NDArray partial(NDArray[] x, NDArray y, NDArray along, int operand) {
      return operand == 0 ? along : along.neg();
    }
  },
  /** x₀ · x₁. */
  MULTIPLY {
    @Override
    public NDArray value(NDArray[] x) {
      return x[0].mul(x[1]);
    }

    @Override
    NDArray partial(NDArray[] x, NDArray y, NDArray along, int operand) {
      return along.mul(x[1 - operand]);
    }
  },
  /** x₀ / x₁. */
  DIVIDE {
    @Override
    public NDArray value(NDArray[] x) {
      return x[0].div(x[1]);
    }

    @Override
    NDArray partial(NDArray[] x, NDArray y, NDArray along, int operand) {
      return operand == 0 ? along.div(x[1]) : along.mul(y).div(x[1]).neg();
    }
  };

  /** The derivative for one operand, a factor by element, times {@code along}. */
  abstract NDArray partial(NDArray[] x, NDArray y, NDArray along, int operand);

  @Override
  public NDArray jvp(NDArray[] x, NDArray y, NDArray[] tangents) {
    NDArray total = null;
    for (int i = 0; i < 2; i++) {
      if (tangents[i] != null) {
        NDArray part = partial(x, y, tangents[i], i);
        total = total == null ? part : total.add(part);
      }
    }
    return total.getShape().equals(y.getShape()) ? total : total.broadcast(y.getShape());
  }

  @Override
  public NDArray vjp(NDArray[] x, NDArray y, NDArray cotangent, int operand) {
    return sumTo(partial(x, y, cotangent, operand), x[operand].getShape());
  }

  /** The transpose of broadcasting: sums over the axes along which a shape was repeated. */
  static NDArray sumTo(NDArray array, Shape shape) {
    NDArray result = array;
    int extra = result.getShape().dimension() - shape.dimension();
    for (int i = 0; i < extra; i++) {
      result = result.sum(new int[] {0});
    }
    for (int axis = 0; axis < shape.dimension(); axis++) {
      if (shape.get(axis) == 1 && result.getShape().get(axis) != 1) {
        result = result.sum(new int[] {axis}, true);
      }
    }
    return result;
  }
}

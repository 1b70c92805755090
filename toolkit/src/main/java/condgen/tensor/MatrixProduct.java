package condgen.tensor;

import ai.djl.ndarray.NDArray;

/** Products of matrices in the last two axes; the axes before are a batch, the same in both. */
public enum MatrixProduct implements Rule {
  /** x₀ x₁. */
  PLAIN {
    @Override
    public NDArray value(NDArray[] x) {
      return x[0].matMul(x[1]);
    }

    @Override
    public NDArray vjp(NDArray[] x, NDArray y, NDArray cotangent, int operand) {
      return operand == 0 ? cotangent.matMul(turned(x[1])) : turned(x[0]).matMul(cotangent);
    }
  },
  /** x₀ᵀ x₁. */
  FIRST_TURNED {
    @Override
    public NDArray value(NDArray[] x) {
      return turned(x[0]).matMul(x[1]);
    }

    @Override
    public NDArray vjp(NDArray[] x, NDArray y, NDArray cotangent, int operand) {
      return operand == 0 ? x[1].matMul(turned(cotangent)) : x[0].matMul(cotangent);
    }
  },
  /** x₀ x₁ᵀ. */
  SECOND_TURNED {
    @Override
    public NDArray value(NDArray[] x) {
      return x[0].matMul(turned(x[1]));
    }

    @Override
    public NDArray vjp(NDArray[] x, NDArray y, NDArray cotangent, int operand) {
      return operand == 0 ? cotangent.matMul(x[1]) : turned(cotangent).matMul(x[0]);
    }
  };

  /**
   * The product.
   *
   * @param a (..., n, m) as it enters the product
   * @param b (..., m, k) as it enters the product
   */
  public Dual of(Dual a, Dual b) {
    return Dual.apply(this, a, b);
  }

  private static NDArray turned(NDArray x) {
    int axes = x.getShape().dimension();
    return x.swapAxes(axes - 2, axes - 1);
  }

  @Override
  public NDArray jvp(NDArray[] x, NDArray y, NDArray[] tangents) {
    NDArray first = tangents[0] == null ? null : value(new NDArray[] {tangents[0], x[1]});
    NDArray second = tangents[1] == null ? null : value(new NDArray[] {x[0], tangents[1]});
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return first.add(second);
  }
}

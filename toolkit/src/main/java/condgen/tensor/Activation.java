package condgen.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** Activations by element, each with its derivative. */
public enum Activation implements Rule {
  /** Hyperbolic tangent; derivative 1 − y². */
  TANH {
    @Override
    NDArray value(NDArray x) {
      return x.tanh();
    }

    @Override
    NDArray derivative(NDArray x, NDArray y) {
      return Scalars.subtractFrom(1, y.mul(y));
    }
  },
  /** Logistic sigmoid; derivative y(1 − y). */
  SIGMOID {
    @Override
    NDArray value(NDArray x) {
      return sigmoid(x);
    }

    @Override
    NDArray derivative(NDArray x, NDArray y) {
      return y.mul(Scalars.subtractFrom(1, y));
    }
  },
  /** max(x, 0); derivative 1 where x is positive, else 0. */
  RELU {
    @Override
    NDArray value(NDArray x) {
      return ai.djl.nn.Activation.relu(x);
    }

    @Override
    NDArray derivative(NDArray x, NDArray y) {
      return y.gt(Scalars.constant(0, y)).toType(x.getDataType(), false);
    }
  },
  /** log(1 + eˣ); derivative the sigmoid. */
  SOFTPLUS {
    @Override
    NDArray value(NDArray x) {
      return ai.djl.nn.Activation.softPlus(x);
    }

    @Override
    NDArray derivative(NDArray x, NDArray y) {
      return sigmoid(x);
    }
  },
  /** x · sigmoid(x), also called SiLU; derivative s(1 + x(1 − s)). */
  SWISH {
    @Override
    NDArray value(NDArray x) {
      return x.mul(sigmoid(x));
    }

    @Override
    NDArray derivative(NDArray x, NDArray y) {
      NDArray s = sigmoid(x);
      return s.add(y.mul(Scalars.subtractFrom(1, s)));
    }
  };

  abstract NDArray value(NDArray x);

  abstract NDArray derivative(NDArray x, NDArray y);

  private static NDArray sigmoid(NDArray x) {
    return ai.djl.nn.Activation.sigmoid(new NDList(x)).singletonOrThrow();
  }

  /** Applies the activation; any shape. */
  public NDArray apply(NDArray x) {
    return value(x);
  }

  /** Applies the activation to value and tangent; any shape. */
  public Dual apply(Dual x) {
    return Dual.apply(this, x);
  }

  @Override
  public NDArray value(NDArray[] x) {
    return value(x[0]);
  }

  @Override
  public NDArray jvp(NDArray[] x, NDArray y, NDArray[] tangents) {
    return tangents[0].mul(derivative(x[0], y));
  }

  @Override
  public NDArray vjp(NDArray[] x, NDArray y, NDArray cotangent, int operand) {
    return cotangent.mul(derivative(x[0], y));
  }
}

package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Arguments;
import condgen.tensor.Dual;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import java.util.List;

/** A named, ordered list of parameters and a pure function of them. */
public interface Layer {

  /** The parameters, in the order in which {@code theta} lists their values. */
  List<Parameter> parameters();

  /**
   * The function.
   *
   * @param theta values of the parameters, in order
   * @param x input
   * @param t what the layer is conditioned on besides x (a time, an embedding); layers that use
   *     none ignore it, and it may then be null
   */
  Dual apply(NDList theta, Dual x, NDArray t);

  /** The function at plain arrays. */
  default NDArray apply(NDList theta, NDArray x, NDArray t) {
    return apply(theta, Dual.of(x), t).value();
  }

  /** Fresh values for all parameters; each depends on the seeds and its own place alone. */
  default NDList initialize(Seeds seeds) {
    NDList theta = new NDList();
    try (Scope scope = Scope.open()) {
      for (Parameter parameter : parameters()) {
        NDArray value = parameter.initial().make(seeds, theta.size(), parameter.shape());
        value.setName(parameter.name());
        theta.add(scope.keep(value));
      }
    }
    return theta;
  }

  /**
   * Refuses what are no values of this layer's parameters.
   *
   * @throws IllegalArgumentException unless theta has their number and shapes
   */
  default void requireParameters(NDList theta) {
    List<Parameter> parameters = parameters();
    if (theta.size() != parameters.size()) {
      throw new IllegalArgumentException(
          "theta must hold " + parameters.size() + " arrays, but holds " + theta.size());
    }
    for (int i = 0; i < theta.size(); i++) {
      Parameter parameter = parameters.get(i);
      Arguments.requireShape(
          theta.get(i), "theta's " + parameter.name(), parameter.shape().getShape());
    }
  }

  /** Number of trainable numbers, counted without allocating any. */
  default long parameterCount() {
    return parameters().stream().mapToLong(p -> p.shape().size()).sum();
  }
}

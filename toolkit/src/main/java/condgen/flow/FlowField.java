package condgen.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.nn.Layer;
import condgen.tensor.Dual;
import condgen.tensor.Scalars;
import condgen.thesis.Equation;

/** The vector field f of a flow dv/dt = f(v(t), t, θ), written over {@link Dual}. */
@FunctionalInterface
public interface FlowField {

  /**
   * The slope.
   *
   * @param theta parameters
   * @param t time
   * @param v (batch, ...), each sample for itself
   * @return of v's shape
   */
  @Equation("2.3.1")
  Dual apply(NDList theta, double t, Dual v);

  /**
   * The same field given a condition, such as a coarse image.
   *
   * @param condition (batch, ...), one per sample
   * @throws IllegalArgumentException when this field takes none
   */
  default FlowField given(NDArray condition) {
    throw new IllegalArgumentException(
        "condition must be absent, since this field takes none, but has shape "
            + (condition == null ? null : condition.getShape()));
  }

  /** A layer that takes the time as a 0-d array, such as {@link DenseField}. */
  static FlowField of(Layer layer) {
    return (theta, t, v) -> layer.apply(theta, v, Scalars.fresh(t, v.value()));
  }
}

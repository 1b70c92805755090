package condgen.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.nn.Composite;
import condgen.nn.TimedDense;
import condgen.tensor.Activation;
import condgen.tensor.Dual;
import condgen.tensor.Scalars;
import java.util.ArrayList;
import java.util.List;

/**
 * A field for points: fully connected layers that all see the time, with an activation between
 * them.
 */
public final class DenseField extends Composite implements FlowField {

  private final Activation activation;
  private final List<TimedDense> layers = new ArrayList<>();

  /**
   * A field.
   *
   * @param dimension numbers in a sample
   * @param activation between the layers; smooth ones suit solvers
   * @param hidden widths of the hidden layers
   */
  public DenseField(int dimension, Activation activation, int... hidden) {
    this.activation = activation;
    int width = dimension;
    for (int i = 0; i <= hidden.length; i++) {
      int next = i < hidden.length ? hidden[i] : dimension;
      layers.add(part("layers." + i, new TimedDense(width, next)));
      width = next;
    }
  }

  /**
   * The slope.
   *
   * @param x (batch, dimension)
   * @param t 0-d
   */
  @Override
  public Dual apply(NDList theta, Dual x, NDArray t) {
    Dual h = x;
    for (int i = 0; i < layers.size(); i++) {
      h = run(layers.get(i), theta, i == 0 ? h : activation.apply(h), t);
    }
    return h;
  }

  @Override
  public Dual apply(NDList theta, double t, Dual v) {
    return apply(theta, v, Scalars.fresh(t, v.value()));
  }
}

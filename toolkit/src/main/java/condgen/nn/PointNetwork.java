package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Activation;
import condgen.tensor.Dual;
import java.util.ArrayList;
import java.util.List;

/**
 * A small network for points of few dimensions: a dense layer, the time by {@link TimeEmbedding}
 * added, residual dense layers, and a dense layer back.
 */
public final class PointNetwork extends Composite {

  private final Dense in;
  private final TimeEmbedding time;
  private final List<Dense> hidden = new ArrayList<>();
  private final Dense out;

  /**
   * A network.
   *
   * @param dimension D, of the points
   * @param width features inside, even and at least 4
   * @param depth number of residual layers
   */
  public PointNetwork(int dimension, int width, int depth) {
    if (dimension < 1 || depth < 0) {
      throw new IllegalArgumentException(
          "dimension must be at least 1 and depth at least 0, but came "
              + dimension
              + " and "
              + depth);
    }
    in = part("in", new Dense(dimension, width));
    time = part("time", new TimeEmbedding(width));
    for (int i = 0; i < depth; i++) {
      hidden.add(part("hidden" + i, new Dense(width, width)));
    }
    out = part("out", new Dense(width, dimension));
  }

  /**
   * The network.
   *
   * @param x (B, D)
   * @param t (B)
   * @return (B, D)
   */
  @Override
  public Dual apply(NDList theta, Dual x, NDArray t) {
    Dual h = run(in, theta, x, null).add(run(time, theta, Dual.of(t), null));
    for (Dense layer : hidden) {
      h = h.add(run(layer, theta, Activation.SWISH.apply(h), null));
    }
    return run(out, theta, Activation.SWISH.apply(h), null);
  }
}

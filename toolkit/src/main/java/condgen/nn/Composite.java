package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Dual;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** A layer made of named parts; it hands each part its own stretch of the parameters. */
public abstract class Composite implements Layer {

  private final List<Parameter> parameters = new ArrayList<>();
  private final Map<Layer, int[]> places = new IdentityHashMap<>();

  /** Adds a part; the order of these calls is the order of the parameters. */
  protected final <L extends Layer> L part(String name, L layer) {
    int from = parameters.size();
    layer.parameters().forEach(p -> parameters.add(p.within(name)));
    if (places.put(layer, new int[] {from, parameters.size()}) != null) {
      throw new IllegalArgumentException(
          "part \"" + name + "\" is one object with an earlier part");
    }
    return layer;
  }

  @Override
  public final List<Parameter> parameters() {
    return List.copyOf(parameters);
  }

  /** Applies a part with its own parameters. */
  protected final Dual run(Layer part, NDList theta, Dual x, NDArray t) {
    return part.apply(own(part, theta), x, t);
  }

  /** The parameters of a part, out of those of the whole. */
  protected final NDList own(Layer part, NDList theta) {
    if (theta.size() != parameters.size()) {
      throw new IllegalArgumentException(
          "theta must hold "
              + parameters.size()
              + " arrays for "
              + getClass().getSimpleName()
              + ", but holds "
              + theta.size());
    }
    int[] place = places.get(part);
    NDList own = new NDList(place[1] - place[0]);
    for (int i = place[0]; i < place[1]; i++) {
      own.add(theta.get(i));
    }
    return own;
  }
}

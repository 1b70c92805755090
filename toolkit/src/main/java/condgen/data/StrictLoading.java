package condgen.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.nn.Layer;
import condgen.nn.Parameter;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives a network exactly the arrays that its parameters name. What is missing, unexpected or of
 * another shape is reported all at once, before anything is made: that is how one sees that a file
 * belongs to another architecture.
 */
public final class StrictLoading {

  private static final int SHOWN = 6;

  private StrictLoading() {}

  /**
   * The values of a network's parameters, float32, in the network's order and in the current scope.
   *
   * @param stored arrays by the names of the parameters, in any order
   * @throws IllegalArgumentException naming what is missing, unexpected, of another shape or not of
   *     a floating type; nothing is then made
   */
  public static NDList into(Layer network, Map<String, StoredArray> stored) {
    return into(network.getClass().getSimpleName(), network.parameters(), stored);
  }

  /**
   * The values of some parameters; see {@link #into(Layer, Map)}.
   *
   * @param owner what has these parameters, for the message
   */
  public static NDList into(
      String owner, List<Parameter> parameters, Map<String, StoredArray> stored) {
    requireFit(owner, parameters, stored);
    NDList theta = new NDList();
    try (Scope scope = Scope.open()) {
      for (Parameter parameter : parameters) {
        float[] values = stored.get(parameter.name()).floats();
        NDArray array = Tensors.of(values, parameter.shape());
        array.setName(parameter.name());
        theta.add(scope.keep(array));
      }
    }
    return theta;
  }

  /**
   * Refuses arrays that are not exactly those of a network, without reading their numbers.
   *
   * @throws IllegalArgumentException naming what is missing, unexpected, of another shape or not of
   *     a floating type
   */
  public static void requireFit(Layer network, Map<String, StoredArray> stored) {
    requireFit(network.getClass().getSimpleName(), network.parameters(), stored);
  }

  /**
   * Refuses arrays that are not exactly those of some parameters; see {@link #requireFit(Layer,
   * Map)}.
   *
   * @param owner what has these parameters, for the message
   */
  public static void requireFit(
      String owner, List<Parameter> parameters, Map<String, StoredArray> stored) {
    List<String> missing = new ArrayList<>();
    List<String> shapes = new ArrayList<>();
    Set<String> unexpected = new LinkedHashSet<>(stored.keySet());
    for (Parameter parameter : parameters) {
      String name = parameter.name();
      StoredArray array = stored.get(name);
      unexpected.remove(name);
      if (array == null) {
        missing.add(name);
      } else if (!array.shape().equals(parameter.shape())) {
        shapes.add(name + " " + array.shape() + " instead of " + parameter.shape());
      } else if (!array.type().isFloating()) {
        shapes.add(name + " " + array.type() + " instead of floating numbers");
      }
    }
    if (!missing.isEmpty() || !unexpected.isEmpty() || !shapes.isEmpty()) {
      throw new IllegalArgumentException(
          ("stored must hold exactly the %d parameters of %s, but %d are missing%s, %d are"
                  + " unexpected%s and %d have another shape%s")
              .formatted(
                  parameters.size(),
                  owner,
                  missing.size(),
                  listed(missing),
                  unexpected.size(),
                  listed(List.copyOf(unexpected)),
                  shapes.size(),
                  listed(shapes)));
    }
  }

  private static String listed(List<String> names) {
    return names.isEmpty() ? "" : " (" + some(names) + ")";
  }

  /** The first names of a list, and how many more there are. */
  static String some(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() <= SHOWN ? first : first + " and " + (names.size() - SHOWN) + " more";
  }

  /**
   * The same arrays without a prefix such as {@code module.} or {@code unet.}, where a key has it.
   *
   * @throws IllegalArgumentException if two keys become one
   */
  public static Map<String, StoredArray> stripped(Map<String, StoredArray> stored, String prefix) {
    Map<String, StoredArray> map = new LinkedHashMap<>();
    stored.forEach(
        (key, array) -> {
          String name = key.startsWith(prefix) ? key.substring(prefix.length()) : key;
          if (map.put(name, array.named(name)) != null) {
            throw new IllegalArgumentException(
                "stored must hold one array " + name + ", but holds it with and without " + prefix);
          }
        });
    return map;
  }

  /** The same arrays without some that a network does not need, such as {@code betas}. */
  public static Map<String, StoredArray> without(
      Map<String, StoredArray> stored, String... ignored) {
    Map<String, StoredArray> map = new LinkedHashMap<>(stored);
    map.keySet().removeAll(Set.of(ignored));
    return map;
  }
}

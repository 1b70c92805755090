package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Scalars;
import condgen.tensor.Tensors;

/** What the solvers do with a whole state. */
final class States {

  private States() {}

  /** A copy that a gradient runs through; the engine's own duplicate cuts it off. */
  static NDList copy(NDList state) {
    NDList copy = new NDList(state.size());
    state.forEach(array -> copy.add(Scalars.scale(array, 1)));
    return copy;
  }

  /** True when no number is NaN or infinite. */
  static boolean isFinite(NDList state) {
    for (NDArray array : state) {
      if (!Tensors.isFinite(array)) {
        return false;
      }
    }
    return true;
  }

  /** The states after the first, all arrays of one time, then those of the next. */
  static NDList after(OdeSolution solution) {
    NDList flat = new NDList();
    for (int i = 1; i < solution.states().size(); i++) {
      flat.addAll(solution.states().get(i));
    }
    return flat;
  }

  /** Entry i of a flat list of states of some arrays each. */
  static NDList part(NDList flat, int i, int arrays) {
    return new NDList(flat.subList(i * arrays, (i + 1) * arrays));
  }
}

package condgen.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Tensors;

/**
 * Samples that went along a flow, and what was integrated on the way.
 *
 * @param end where they came to, (batch, ...)
 * @param change log p(end) − log p(start) = ∫ −Tr(∂f/∂v) dt over the way, (batch)
 * @param kinetic integrated kinetic energy, (batch); null without regulariser
 * @param jacobian integrated size of the Jacobian, (batch); null without regulariser
 */
public record Passage(NDArray end, NDArray change, NDArray kinetic, NDArray jacobian) {

  /**
   * A passage that has not begun: samples with no change of density yet.
   *
   * @param x (batch, ...)
   */
  public static Passage at(NDArray x) {
    Samples.require(x, "x");
    Shape batch = new Shape(x.getShape().get(0));
    return new Passage(x, Tensors.zeros(batch, x.getDataType()), null, null);
  }

  /** From the arrays of the augmented state: end, change and, with a regulariser, two more. */
  static Passage of(NDList state) {
    boolean regularized = state.size() == 4;
    return new Passage(
        state.get(0),
        state.get(1),
        regularized ? state.get(2) : null,
        regularized ? state.get(3) : null);
  }

  /** The arrays that there are. */
  NDList arrays() {
    return kinetic == null ? new NDList(end, change) : new NDList(end, change, kinetic, jacobian);
  }
}

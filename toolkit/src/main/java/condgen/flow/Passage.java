package condgen.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * Samples that went along a flow, and what was integrated on the way.
 *
 * @param end where they came to, (batch, ...)
 * @param change log p(end) − log p(start) = ∫ −Tr(∂f/∂v) dt over the way, (batch)
 * @param kinetic integrated kinetic energy, (batch); null without regulariser
 * @param jacobian integrated size of the Jacobian, (batch); null without regulariser
 */
public record Passage(NDArray end, NDArray change, NDArray kinetic, NDArray jacobian) {

  /** From the arrays of the augmented state: end, change and, with a regulariser, two more. */
  static Passage of(NDList state) {
    boolean regularized = state.size() == 4;
    return new Passage(
        state.get(0),
        state.get(1),
        regularized ? state.get(2) : null,
        regularized ? state.get(3) : null);
  }
}

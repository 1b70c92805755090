package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** A method that takes steps of given lengths. */
interface FixedMethod {

  /** Takes steps of length h; the constants it makes belong to the scope of this call. */
  Stepper stepper(Dynamics f, double h, NDArray like);

  /** Takes one step after the other, all of one length h. */
  @FunctionalInterface
  interface Stepper {
    /**
     * One step from (t, x) to the time {@code end} = t + h.
     *
     * @param history what the steps before left
     */
    Taken take(double t, double end, NDList x, History history);
  }

  /**
   * A step that was taken.
   *
   * @param slope at its start
   * @param state at its end
   * @param history for the next step
   */
  record Taken(NDList slope, NDList state, History history) {}
}

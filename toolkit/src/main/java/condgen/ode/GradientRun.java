package condgen.ode;

import ai.djl.ndarray.NDList;

/** A solve that has run forwards and can carry one gradient back. */
interface GradientRun {

  /** The solve, free of any graph. */
  OdeSolution solution();

  /**
   * Carries a gradient back; called at most once, after a completed solve.
   *
   * @param cotangents ∂L/∂x(tᵢ) for each time after the first, array by array
   */
  Pulled pull(NDList cotangents);

  /**
   * What came back; theta, x0 and times are empty unless the status is completed.
   *
   * @param theta ∂L/∂θ
   * @param x0 ∂L/∂x(t₀)
   * @param times ∂L/∂tᵢ; empty when not asked for
   * @param evaluations calls of the dynamics
   * @param drift see {@link OdeGradient#drift}
   */
  record Pulled(
      NDList theta, NDList x0, double[] times, long evaluations, double drift, Status status) {

    static Pulled failed(long evaluations, double drift, Status status) {
      return new Pulled(new NDList(), new NDList(), new double[0], evaluations, drift, status);
    }
  }
}

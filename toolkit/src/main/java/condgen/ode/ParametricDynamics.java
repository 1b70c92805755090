package condgen.ode;

import ai.djl.ndarray.NDList;

/**
 * The right-hand side f of dx/dt = f(x(t), t, θ) with parameters θ, for gradients through a solve.
 *
 * <pre>{@code
 * ParametricDynamics f = (theta, t, x) -> new NDList(x.get(0).mul(theta.get(0)));
 * }</pre>
 *
 * <p>Whatever is to have a gradient must come in through θ or x: what the function holds otherwise
 * is a constant. Give {@link TimedDynamics} when a gradient should run through the time as well.
 */
@FunctionalInterface
public interface ParametricDynamics {

  /**
   * The slope dx/dt.
   *
   * @param theta parameters, any shapes
   * @param t time
   * @param x state, any shapes; not to be changed
   * @return one array per array of x, of its shape and type
   */
  NDList apply(NDList theta, double t, NDList x);

  /** The dynamics with these parameters, for {@link Ode#solve}. */
  default Dynamics at(NDList theta) {
    return (t, x) -> apply(theta, t, x);
  }
}

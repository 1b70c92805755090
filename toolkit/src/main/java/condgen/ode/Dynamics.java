package condgen.ode;

import ai.djl.ndarray.NDList;

/**
 * The right-hand side f of dx/dt = f(x(t), t), over a state of one or more arrays.
 *
 * <p>Time comes as a Java double, in full precision whatever the type of the state. A dynamics that
 * does not depend on time ignores it; one that does decides how it enters: {@code Math.sin(t)} in
 * Java, {@code x.add(Scalars.fresh(t, x))} as a 0-d array, {@code Tensors.full(...)} as a channel.
 * Use {@code Scalars.fresh} for numbers made from t: they change from call to call.
 *
 * <p>Arrays made inside belong to the solver's step and need no closing.
 */
@FunctionalInterface
public interface Dynamics {

  /**
   * The slope dx/dt.
   *
   * @param t time
   * @param x state, any shapes; not to be changed
   * @return one array per array of x, of its shape and type
   */
  NDList apply(double t, NDList x);

  /**
   * Number of leading arrays of the state that the slope is made from: all of them, unless the last
   * ones are mere integrals along the way. A solver does not keep those up to date within a step.
   *
   * @param arrays number of arrays of the state
   */
  default int reads(int arrays) {
    return arrays;
  }

  /**
   * The dynamics of a state that is one array.
   *
   * <pre>{@code
   * var decay = Dynamics.of((t, x) -> x.neg());
   * }</pre>
   */
  static VectorField of(VectorField field) {
    return field;
  }
}

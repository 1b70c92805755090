package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Tensors;
import java.util.Locale;

/**
 * A loss of a solve's states, and its gradients.
 *
 * <p>Gradients exist only when both directions went well: otherwise {@link #theta()}, {@link
 * #x0()}, {@link #times()} throw, and {@link #status()} says what happened.
 *
 * @param value the loss, 0-d; NaN when the forward solve did not reach all times
 * @param theta ∂L/∂θ, one array per parameter
 * @param x0 ∂L/∂x(t₀), one array per array of the state
 * @param times ∂L/∂tᵢ, one number per time; empty unless asked for by {@link Gradient#withTimes}
 * @param forward the solve forwards
 * @param backwardEvaluations calls of the dynamics after the forward solve
 * @param drift how far a state that was integrated backwards ended from the stored one, relative to
 *     its root mean square, at worst; 0 when no state is integrated backwards
 * @param status how it went; not {@link Status#COMPLETED} when the gradient is not to be trusted
 */
public record OdeGradient(
    NDArray value,
    NDList theta,
    NDList x0,
    double[] times,
    OdeSolution forward,
    long backwardEvaluations,
    double drift,
    Status status)
    implements AutoCloseable {

  /** True when the gradients exist. */
  public boolean isCompleted() {
    return status == Status.COMPLETED;
  }

  /**
   * ∂L/∂θ, one array per parameter, of its shape.
   *
   * @throws ArithmeticException with advice when there is no gradient
   */
  @Override
  public NDList theta() {
    orThrow();
    return theta;
  }

  /**
   * ∂L/∂x(t₀), one array per array of the state, of its shape.
   *
   * @throws ArithmeticException with advice when there is no gradient
   */
  @Override
  public NDList x0() {
    orThrow();
    return x0;
  }

  /**
   * ∂L/∂tᵢ, one number per time; empty unless asked for by {@link Gradient#withTimes}.
   *
   * @throws ArithmeticException with advice when there is no gradient
   */
  @Override
  public double[] times() {
    orThrow();
    return times.clone();
  }

  /**
   * This gradient when there is one.
   *
   * @throws ArithmeticException with the status's advice otherwise
   */
  public OdeGradient orThrow() {
    if (!isCompleted()) {
      throw new ArithmeticException(toString());
    }
    return this;
  }

  /** Frees everything, the forward states too; harmless when repeated. */
  @Override
  public void close() {
    value.close();
    Tensors.close(theta);
    Tensors.close(x0);
    forward.close();
  }

  /** One line: status, evaluations, drift; with advice when there is no gradient. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "gradient %s: %d evaluations forwards, %d backwards, drift %.3g%s",
        status.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        forward.evaluations(),
        backwardEvaluations,
        drift,
        isCompleted() ? "" : "; " + status.advice());
  }
}

package condgen.tensor;

import ai.djl.ndarray.NDArray;

/**
 * An operator that knows its own Jacobian: its value, the product J·e with a tangent and the
 * product Jᵀ·e with a cotangent, all built from ordinary operators. A gradient can therefore run
 * through the products themselves with one first-order backward pass, which is what trace estimates
 * and Jacobian penalties need.
 *
 * <p>Implementations are linear, convolution, activations, group normalisation, concatenation and
 * arithmetic; {@link Dual} applies them.
 */
public interface Rule {

  /**
   * The value.
   *
   * @param x the operands
   */
  NDArray value(NDArray[] x);

  /**
   * J·e.
   *
   * @param x the operands
   * @param y their value
   * @param tangents one per operand, of its shape; null where the operand is constant
   * @return the tangent of y
   */
  NDArray jvp(NDArray[] x, NDArray y, NDArray[] tangents);

  /**
   * Jᵀ·e for one operand.
   *
   * @param x the operands
   * @param y their value
   * @param cotangent of y's shape
   * @param operand which operand
   * @return a product of the shape of x[operand]
   */
  NDArray vjp(NDArray[] x, NDArray y, NDArray cotangent, int operand);
}

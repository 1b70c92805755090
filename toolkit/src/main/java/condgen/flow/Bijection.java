package condgen.flow;

import ai.djl.ndarray.NDArray;

/**
 * An invertible map of samples whose Jacobian has a known determinant; each sample for itself.
 *
 * <p>{@link LogitTransform} opens the interval of pixels to the whole line; {@link AffineTransform}
 * scales and shifts.
 */
public interface Bijection {

  /**
   * From data towards noise.
   *
   * @param x (batch, ...)
   * @return of x's shape
   */
  NDArray forward(NDArray x);

  /**
   * log |det ∂forward/∂x| per sample.
   *
   * @param x (batch, ...)
   * @return (batch)
   */
  NDArray logDeterminant(NDArray x);

  /**
   * From noise towards data.
   *
   * @param y (batch, ...)
   * @return of y's shape
   */
  NDArray inverse(NDArray y);
}

package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Activation;
import condgen.tensor.Arguments;
import condgen.tensor.Dual;
import condgen.tensor.Scalars;
import condgen.tensor.Tensors;

/**
 * Turns a step t into features: sines and cosines of t at frequencies from 1 down to 1/10000 in
 * geometric progression, then two dense layers.
 */
public final class TimeEmbedding extends Composite {

  private final int width;
  private final Dense first;
  private final Dense second;

  /**
   * An embedding.
   *
   * @param width number of features, even
   */
  public TimeEmbedding(int width) {
    this.width = width;
    first = part("first", new Dense(width, width));
    second = part("second", new Dense(width, width));
  }

  /**
   * Sines in the first half, cosines in the second.
   *
   * @param t (B), steps
   * @param width number of features, even and at least 4
   * @return (B, width)
   */
  public static NDArray sinusoid(NDArray t, int width) {
    if (width < 4 || width % 2 != 0) {
      throw new IllegalArgumentException("width must be even and at least 4, but is " + width);
    }
    Arguments.requireShape(t, "t", -1);
    int half = width / 2;
    NDArray rising = Tensors.linspace(0, 1, half);
    NDArray frequencies = Scalars.scale(rising, -Math.log(10_000)).exp();
    NDArray angles = t.reshape(new Shape(-1, 1)).mul(frequencies.reshape(new Shape(1, half)));
    return NDArrays.concat(new NDList(angles.sin(), angles.cos()), 1);
  }

  /** Features of t, (B) to (B, width); the second argument is ignored. */
  @Override
  public Dual apply(NDList theta, Dual t, NDArray unused) {
    Dual features = Dual.of(sinusoid(t.value(), width));
    Dual hidden = Activation.SWISH.apply(run(first, theta, features, null));
    return run(second, theta, hidden, null);
  }
}

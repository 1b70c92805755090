package condgen.noise;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Tensors;

/**
 * Two numbers of variance 1 and correlation 0.6, with the roots written out: a test's smallest
 * non-white noise.
 */
public final class CorrelatedPair implements GaussianNoise {

  private static NDArray times(NDArray x, double diagonal, double other) {
    double[] matrix = {diagonal, other, other, diagonal};
    return x.matMul(Tensors.of(matrix, new Shape(2, 2)).toType(x.getDataType(), false));
  }

  @Override
  public NDArray sqrt(NDArray x) {
    return times(x, 3 / Math.sqrt(10), 1 / Math.sqrt(10));
  }

  @Override
  public NDArray inverseSqrt(NDArray x) {
    return times(x, 3 / Math.sqrt(10) / 0.8, -1 / Math.sqrt(10) / 0.8);
  }

  @Override
  public NDArray covariance(NDArray x) {
    return times(x, 1, 0.6);
  }

  @Override
  public NDArray precision(NDArray x) {
    return times(x, 1 / 0.64, -0.6 / 0.64);
  }

  @Override
  public double logDeterminant(Shape sample) {
    return Math.log(0.64);
  }
}

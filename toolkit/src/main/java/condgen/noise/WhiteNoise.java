package condgen.noise;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** Isotropic noise, Σ = I: every operator is the identity and returns its argument itself. */
public record WhiteNoise() implements GaussianNoise {

  @Override
  public NDArray sqrt(NDArray x) {
    return x;
  }

  @Override
  public NDArray inverseSqrt(NDArray x) {
    return x;
  }

  @Override
  public NDArray covariance(NDArray x) {
    return x;
  }

  @Override
  public NDArray precision(NDArray x) {
    return x;
  }

  @Override
  public double logDeterminant(Shape sample) {
    return 0;
  }
}

package condgen.noise;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Noise of images of any size: a {@link Spectrum} for each size. It has the same law at every pixel
 * of an image whose borders meet, acts on the last two axes, height and width, and is independent
 * for each channel and frame.
 */
public interface StationaryNoise extends GaussianNoise {

  /**
   * The noise of images of one size.
   *
   * @param height in pixels, at least 1
   * @param width in pixels, at least 1
   */
  Spectrum spectrum(long height, long width);

  @Override
  default NDArray sqrt(NDArray x) {
    return of(x).sqrt(x);
  }

  @Override
  default NDArray inverseSqrt(NDArray x) {
    return of(x).inverseSqrt(x);
  }

  @Override
  default NDArray covariance(NDArray x) {
    return of(x).covariance(x);
  }

  @Override
  default NDArray precision(NDArray x) {
    return of(x).precision(x);
  }

  @Override
  default double logDeterminant(Shape sample) {
    return of(sample, 2, "sample must have shape (..., height, width)").logDeterminant(sample);
  }

  private Spectrum of(NDArray x) {
    return of(x.getShape(), 3, "x must have shape (batch, ..., height, width)");
  }

  private Spectrum of(Shape shape, int least, String expected) {
    int axes = shape.dimension();
    if (axes < least) {
      throw new IllegalArgumentException(expected + ", but has " + shape);
    }
    return spectrum(shape.get(axes - 2), shape.get(axes - 1));
  }
}

package condgen.noise;

/**
 * A Gaussian free field without its constant wave.
 *
 * @param field which
 */
record ZeroMeanField(GaussianFreeField field) implements StationaryNoise {

  @Override
  public Spectrum spectrum(long height, long width) {
    if (height * width == 1) {
      throw new IllegalArgumentException(
          "an image must have at least 2 pixels to vary around its mean, but is 1 x 1");
    }
    return Spectrum.withoutConstantWave(field.eigenvalues(height, width, 0));
  }
}

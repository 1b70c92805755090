package condgen.metrics;

import ai.djl.ndarray.NDArray;

/**
 * Peak signal-to-noise ratio in decibel, 10 log₁₀(1 / MSE) with frames in [0, 1]. A clip's is that
 * of the mean MSE of its frames, as in the released code, and not the mean of their ratios. Equal
 * frames have an infinite one.
 *
 * @param ceiling what no clip exceeds, in dB, so that a mean over clips exists when one is met
 *     exactly; infinite for none
 */
public record Psnr(double ceiling) implements FrameMetric {

  private static final MeanSquaredError ERROR = new MeanSquaredError();

  /**
   * Checks the ceiling.
   *
   * @throws IllegalArgumentException unless it is positive
   */
  public Psnr {
    if (!(ceiling > 0)) {
      throw new IllegalArgumentException("ceiling must be positive, in dB, but is " + ceiling);
    }
  }

  /** Without a ceiling. */
  public Psnr() {
    this(Double.POSITIVE_INFINITY);
  }

  /** The ratio that belongs to a mean squared error of frames in [0, 1]. */
  public static double of(double meanSquaredError) {
    return 10 * Math.log10(1 / meanSquaredError);
  }

  @Override
  public String name() {
    return "PSNR";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public String preparation() {
    return "frames in [0, 1]; a clip's is that of the mean MSE of its frames, in dB"
        + (Double.isInfinite(ceiling) ? "" : ", at most %.0f".formatted(ceiling));
  }

  @Override
  public double[] ofFrames(NDArray predicted, NDArray truth) {
    return ofAll(ERROR.ofFrames(predicted, truth));
  }

  @Override
  public double[] perClip(NDArray predicted, NDArray truth) {
    return ofAll(ERROR.perClip(predicted, truth));
  }

  private double[] ofAll(double[] errors) {
    double[] ratios = new double[errors.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = Math.min(ceiling, of(errors[i]));
    }
    return ratios;
  }
}

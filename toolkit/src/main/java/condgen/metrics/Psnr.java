package condgen.metrics;

import ai.djl.ndarray.NDArray;

/**
 * Peak signal-to-noise ratio in decibel, 10 log₁₀(1 / MSE) with frames in [0, 1]. A clip's is that
 * of the mean MSE of its frames, as in the released code, and not the mean of their ratios. Equal
 * frames have an infinite one.
 */
public record Psnr() implements FrameMetric {

  private static final MeanSquaredError ERROR = new MeanSquaredError();

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
    return "frames in [0, 1]; a clip's is that of the mean MSE of its frames, in dB";
  }

  @Override
  public double[] ofFrames(NDArray predicted, NDArray truth) {
    return ofAll(ERROR.ofFrames(predicted, truth));
  }

  @Override
  public double[] perClip(NDArray predicted, NDArray truth) {
    return ofAll(ERROR.perClip(predicted, truth));
  }

  private static double[] ofAll(double[] errors) {
    double[] ratios = new double[errors.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = of(errors[i]);
    }
    return ratios;
  }
}

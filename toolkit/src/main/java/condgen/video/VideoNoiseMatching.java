package condgen.video;

import ai.djl.ndarray.NDArray;
import condgen.diffusion.ForwardProcess;
import condgen.diffusion.NoiseMatching;
import condgen.noise.GaussianNoise;
import condgen.tensor.Scalars;
import condgen.tensor.Seeds;
import condgen.thesis.Equation;
import java.util.function.IntToDoubleFunction;

/**
 * The loss of masked conditional video diffusion: noise is put on the current frames and predicted
 * back by a network that sees the clean past and future frames, each block masked at random. The
 * released code takes half of it.
 *
 * @param process the forward process, with any noise
 * @param window which frames are past, current and future
 * @param masks how often a block is masked: {@link MaskDistribution#NEVER} is equation 7.2.6,
 *     {@link MaskDistribution#PAST} 7.2.7, {@link MaskDistribution#PAST_FUTURE} 7.2.8
 */
public record VideoNoiseMatching(
    ForwardProcess process, FrameWindow window, MaskDistribution masks) {

  /**
   * E‖ε − ε_θ(x_t | m_p p, m_f f, t)‖², the mean over the batch, with steps, noise and masks drawn
   * from (seeds, step): those of clip i depend on (seeds, step, i) alone.
   *
   * @param network ε_θ
   * @param clip (batch, frames, channels, height, width), a clip of the window
   * @return 0-d
   */
  public NDArray loss(ConditionalNoisePredictor network, NDArray clip, Seeds seeds, long step) {
    Draws draws = draw(clip, seeds, step);
    return loss(network, clip, draws.t, draws.epsilon, draws.masks);
  }

  /**
   * The same loss with given draws.
   *
   * @param t a step for each clip
   * @param epsilon white noise, (batch, current · channels, height, width)
   * @param masks one for all clips or one for each
   * @return 0-d
   */
  @Equation({"7.2.4", "7.2.6", "7.2.7", "7.2.8"})
  public NDArray loss(
      ConditionalNoisePredictor network,
      NDArray clip,
      int[] t,
      NDArray epsilon,
      FrameMask... masks) {
    NDArray conditioning = window.conditioning(clip, masks);
    return new NoiseMatching(process)
        .loss(network.given(conditioning), window.current(clip), t, epsilon);
  }

  /** The {@link #loss} divided by the numbers in a sample: always answering 0 has loss 1. */
  public NDArray lossPerDimension(
      ConditionalNoisePredictor network, NDArray clip, Seeds seeds, long step) {
    return perDimension(loss(network, clip, seeds, step), clip);
  }

  /** The {@link #loss} with given draws, divided by the numbers in a sample. */
  public NDArray lossPerDimension(
      ConditionalNoisePredictor network,
      NDArray clip,
      int[] t,
      NDArray epsilon,
      FrameMask... masks) {
    return perDimension(loss(network, clip, t, epsilon, masks), clip);
  }

  /**
   * ½ E λ(t) ‖ε − ε_θ‖² / (1 − ᾱ_t), per number in a sample, with draws from (seeds, step): the
   * same error with other weights of the levels.
   *
   * @param lambda λ as a function of t; {@link #lossPerDimension} is λ(t) = 2 (1 − ᾱ_t)
   * @return 0-d
   */
  public NDArray weightedLoss(
      ConditionalNoisePredictor network,
      NDArray clip,
      Seeds seeds,
      long step,
      IntToDoubleFunction lambda) {
    Draws draws = draw(clip, seeds, step);
    NDArray conditioning = window.conditioning(clip, draws.masks);
    NDArray loss =
        new NoiseMatching(process)
            .overallLoss(
                network.given(conditioning), window.current(clip), draws.t, draws.epsilon, lambda);
    return perDimension(loss, clip);
  }

  private NDArray perDimension(NDArray loss, NDArray clip) {
    long inFrame = clip.getShape().slice(2).size();
    return Scalars.scale(loss, 1.0 / (window.current() * inFrame));
  }

  private record Draws(int[] t, NDArray epsilon, FrameMask[] masks) {}

  private Draws draw(NDArray clip, Seeds seeds, long step) {
    window.requireClip(clip);
    int batch = (int) clip.getShape().get(0);
    int[] t = new NoiseMatching(process).drawSteps(seeds, step, batch);
    NDArray epsilon =
        GaussianNoise.white(
            seeds.part("noise"),
            step,
            window.sample(clip.getShape().get(3), clip.getShape().get(4)),
            batch);
    return new Draws(t, epsilon, masks.draw(seeds, step, batch));
  }
}

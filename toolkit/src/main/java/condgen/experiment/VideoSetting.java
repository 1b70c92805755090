package condgen.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.diffusion.ForwardProcess;
import condgen.diffusion.NoiseSchedule;
import condgen.nn.Layer;
import condgen.nn.Patches;
import condgen.nn.VelocityOutput;
import condgen.nn.VideoUNet;
import condgen.noise.GaussianNoise;
import condgen.noise.WhiteNoise;
import condgen.tensor.Seeds;
import condgen.video.ConditionalNoisePredictor;
import condgen.video.FrameWindow;
import condgen.video.MaskDistribution;
import condgen.video.StepCode;
import condgen.video.VideoModel;
import condgen.video.VideoNoiseMatching;
import java.util.List;

/**
 * A video model and how it is trained, small enough for the lecture: the thesis's network on
 * patches of small frames.
 *
 * @param footage the data
 * @param side height and width of a frame in pixels
 * @param patch height and width of the squares of pixels that the network sees as channels
 * @param window frames that the network sees
 * @param masks how often past and future are hidden in training
 * @param conditioning how past and future enter the network
 * @param width channels at full size
 * @param multipliers channels at each level, as multiples of the width
 * @param blocks residual blocks per level
 * @param spadeWidth channels of the modulation maps of SPATIN
 * @param batch clips in a training step
 * @param noise the distribution of the noise
 * @param output what the network's output stands for
 */
public record VideoSetting(
    Footage footage,
    int side,
    int patch,
    FrameWindow window,
    MaskDistribution masks,
    VideoUNet.Conditioning conditioning,
    int width,
    List<Integer> multipliers,
    int blocks,
    int spadeWidth,
    int batch,
    GaussianNoise noise,
    Output output) {

  /** What a network's output stands for; either way the model predicts the noise. */
  public enum Output {
    /** The noise, as in the thesis. */
    NOISE,
    /**
     * The velocity of {@link VelocityOutput}, and in training each level counts by the velocity's
     * error.
     */
    VELOCITY
  }

  /** The lecture's model: two digits of 32 x 32, five past, current and future frames. */
  public static VideoSetting smmnist() {
    return new VideoSetting(
        Footage.SMMNIST,
        32,
        2,
        new FrameWindow(5, 5, 5, 1),
        MaskDistribution.PAST_FUTURE,
        VideoUNet.Conditioning.CONCAT,
        64,
        List.of(1, 1),
        1,
        32,
        32,
        new WhiteNoise(),
        Output.VELOCITY);
  }

  /** Walking people of 32 x 32: five past and five current frames, the past never hidden. */
  public static VideoSetting walking() {
    VideoSetting s = smmnist();
    return new VideoSetting(
        Footage.WALKING,
        s.side,
        s.patch,
        new FrameWindow(5, 5, 0, 1),
        MaskDistribution.NEVER,
        s.conditioning,
        s.width,
        s.multipliers,
        s.blocks,
        s.spadeWidth,
        s.batch,
        s.noise,
        s.output);
  }

  /** The same, with another meaning of the network's output. */
  public VideoSetting with(Output other) {
    return new VideoSetting(
        footage,
        side,
        patch,
        window,
        masks,
        conditioning,
        width,
        multipliers,
        blocks,
        spadeWidth,
        batch,
        noise,
        other);
  }

  /** The network, which predicts the noise; nothing is allocated. */
  public Layer network() {
    Layer unet = new VideoUNet(architecture());
    Layer network = patch == 1 ? unet : new Patches(unet, patch);
    if (output == Output.NOISE) {
      return network;
    }
    NoiseSchedule schedule = process().schedule();
    int levels = schedule.steps();
    double[] alphaBar = new double[levels];
    for (int label = 0; label < levels; label++) {
      alphaBar[label] = schedule.alphaBar(levels - label);
    }
    return new VelocityOutput(network, (long) window.current() * window.channels(), alphaBar);
  }

  /** The network's shape; its images are those of the patches. */
  public VideoUNet.Architecture architecture() {
    return new VideoUNet.Architecture(
        side / patch,
        window.channels() * patch * patch,
        window.current(),
        window.past(),
        window.future(),
        width,
        multipliers,
        blocks,
        width,
        conditioning,
        spadeWidth);
  }

  /** From clips to noise, in the 1,000 steps of Ho et al. */
  public ForwardProcess process() {
    return new ForwardProcess(NoiseSchedule.ddpm(), noise);
  }

  /** The loss of the thesis. */
  public VideoNoiseMatching objective() {
    return new VideoNoiseMatching(process(), window, masks);
  }

  /**
   * The loss of a training step: the squared error of what the network's output stands for, per
   * number. For the velocity that is the error of the noise divided by ᾱ.
   */
  NDArray loss(ConditionalNoisePredictor predictor, NDArray clip, Seeds seeds, long step) {
    if (output == Output.NOISE) {
      return objective().lossPerDimension(predictor, clip, seeds, step);
    }
    NoiseSchedule schedule = process().schedule();
    return objective()
        .weightedLoss(
            predictor,
            clip,
            seeds,
            step,
            t -> 2 * (1 - schedule.alphaBar(t)) / schedule.alphaBar(t));
  }

  /**
   * The network as a predictor of the noise, told the released index.
   *
   * @param network {@link #network}
   * @param theta its parameters
   */
  public ConditionalNoisePredictor predictor(Layer network, NDList theta) {
    return ConditionalNoisePredictor.of(
        network, theta, StepCode.RELEASED_INDEX, process().schedule().steps());
  }

  /**
   * The model with trained parameters, sampled by DDPM with clipping.
   *
   * @param theta parameters of {@link #network}
   * @param steps of the sampler
   */
  public VideoModel model(NDList theta, int steps) {
    return new VideoModel(
        network(), theta, window, side, process(), StepCode.RELEASED_INDEX, steps);
  }
}

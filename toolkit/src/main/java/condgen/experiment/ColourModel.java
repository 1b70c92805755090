package condgen.experiment;

import ai.djl.ndarray.NDArray;
import condgen.data.LabelledImages;
import condgen.diffusion.ForwardProcess;
import condgen.diffusion.NoiseMatching;
import condgen.diffusion.NoisePredictor;
import condgen.diffusion.NoiseSchedule;
import condgen.nn.UNet;
import condgen.noise.GaussianNoise;
import condgen.tensor.Seeds;
import condgen.training.Training;
import java.util.List;

/**
 * The models of 6.6, for the colour photographs of CIFAR-10: one network, schedule and budget, and
 * a noise to choose. The thesis does not print its network; widths and blocks are those of Ho et
 * al. (2020), whose network has attention at 16 × 16 and a second block at the bottom besides. This
 * one has 33.0 of their 35.7 million parameters, and what a part of a picture needs from far away
 * has to come through the smallest level.
 *
 * @param noise the distribution of the noise
 * @param width channels at full size; 128 in Ho et al.
 */
public record ColourModel(GaussianNoise noise, int width) {

  /** Steps of training, in the thesis. */
  public static final int STEPS = 300_000;

  private static final int WIDTH = 128;
  private static final int GROUPS = 32;

  /** Checks the width. */
  public ColourModel {
    if (width < 4 || width % Math.min(GROUPS, width) != 0) {
      throw new IllegalArgumentException(
          "width must be from 4 to 32 or divisible by 32, but is " + width);
    }
  }

  /** The model of full width. */
  public static ColourModel ofPaper(GaussianNoise noise) {
    return new ColourModel(noise, WIDTH);
  }

  /** The network; nothing is allocated until its parameters are made. */
  public UNet network() {
    List<Integer> widths = List.of(width, 2 * width, 2 * width, 2 * width);
    return new UNet(new UNet.Architecture(3, widths, 2, Math.min(GROUPS, width)));
  }

  /** A fresh training with Ho et al.'s numbers. */
  public Training training(long seed) {
    return new Training(
            network().initialize(Seeds.of(seed).part("weights")),
            new Training.Options(2e-4, 5_000, 1, 0.9999))
        .note("noise", noise.toString())
        .note("width", Integer.toString(width))
        .note("seed", Long.toString(seed));
  }

  /**
   * The loss of a training step, the mean over pixels and channels; always answering 0 has loss 1.
   *
   * @param images to draw the batch from
   * @param step from 0
   * @param batch images of a step; 128 in Ho et al.
   */
  public NDArray loss(
      NoisePredictor network, LabelledImages images, long seed, long step, int batch) {
    NoiseMatching matching = new NoiseMatching(new ForwardProcess(NoiseSchedule.ddpm(), noise));
    NDArray x0 = images.batch(seed, step, batch).images();
    Seeds seeds = Seeds.of(seed);
    NDArray epsilon = seeds.part("noise").normal(step, x0.getShape());
    return matching.lossPerDimension(network, x0, matching.drawSteps(seeds, step, batch), epsilon);
  }
}

package condgen.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.noise.GaussianFreeField;
import condgen.noise.GaussianNoise;
import condgen.noise.WhiteNoise;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.SplittableRandom;

/**
 * Images that are no digits, for a classifier to be undecided about: white noise and Gaussian free
 * fields of many smoothnesses, sizes and brightnesses, some with a digit deep inside.
 */
final class NoiseImages {

  private static final double[] GAMMAS = {0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2};

  private final Seeds seeds;

  NoiseImages(Seeds seeds) {
    this.seeds = seeds;
  }

  /**
   * Half of the images are white, a quarter are fields of γ = 1, and a quarter of another γ.
   *
   * @param digits (n, 1, H, W), n divisible by 4; a third of the images carry up to 0.3 of theirs
   * @return (n, 1, H, W): brightness + size · noise + share · digit
   */
  NDArray draw(long step, NDArray digits) {
    int n = (int) digits.getShape().get(0);
    Shape sample = digits.getShape().slice(1);
    SplittableRandom random = seeds.random(step);
    GaussianNoise other = new GaussianFreeField(GAMMAS[random.nextInt(GAMMAS.length)]);
    NDArray noise =
        NDArrays.concat(
            new NDList(
                new WhiteNoise().sample(seeds.part("white"), step, sample, n / 2),
                new GaussianFreeField(1).sample(seeds.part("field"), step, sample, n / 4),
                other.sample(seeds.part("other"), step, sample, n / 4)));
    double[] size = random.doubles(n).map(u -> 0.05 * Math.pow(60, u)).toArray();
    double[] brightness = random.doubles(n).map(u -> u < 0.4 ? 0 : (u - 0.7) / 0.3).toArray();
    double[] share = random.doubles(n).map(u -> u < 0.67 ? 0 : (u - 0.67) / 0.33 * 0.3).toArray();
    for (int i = 0; i < n; i++) {
      if (share[i] > 0) {
        size[i] = Math.max(size[i], 0.7);
        brightness[i] = 0;
      }
    }
    return noise
        .mul(Tensors.perSample(size, noise))
        .add(Tensors.perSample(brightness, noise))
        .add(digits.mul(Tensors.perSample(share, digits)));
  }

  /**
   * Digits with a little white noise on about half of them, so that slight grain does not matter.
   */
  NDArray grain(long step, NDArray digits) {
    int n = (int) digits.getShape().get(0);
    SplittableRandom random = seeds.part("grain").random(step);
    double[] size = random.doubles(n).map(u -> u < 0.5 ? 0 : (u - 0.5) * 0.4).toArray();
    NDArray white = seeds.part("grain").normal(step, digits.getShape());
    return digits.add(white.mul(Tensors.perSample(size, digits)));
  }
}

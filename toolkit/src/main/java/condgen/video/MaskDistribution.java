package condgen.video;

import condgen.tensor.Seeds;
import condgen.thesis.Equation;
import java.util.SplittableRandom;

/**
 * With which probabilities training masks the past frames and the future frames of a clip, drawn
 * independently of each other.
 *
 * <p>The thesis writes m ~ B(p_mask) and multiplies the frames by m, which would mask them with
 * probability 1 − p_mask; meant is m ~ B(1 − p_mask), the same at its p_mask = 1/2.
 *
 * @param past p_mask of the past frames, from 0 to 1
 * @param future p_mask of the future frames; a window without future frames ignores it
 */
@Equation({"7.2.7", "7.2.8"})
public record MaskDistribution(double past, double future) {

  /** All frames are always seen: the model of equation 7.2.6. */
  public static final MaskDistribution NEVER = new MaskDistribution(0, 0);

  /** The past is masked half the time: prediction and generation. */
  public static final MaskDistribution PAST = new MaskDistribution(0.5, 0);

  /** The future is masked half the time: prediction and interpolation. */
  public static final MaskDistribution FUTURE = new MaskDistribution(0, 0.5);

  /** Both are masked half the time: all four tasks, a quarter each. */
  public static final MaskDistribution PAST_FUTURE = new MaskDistribution(0.5, 0.5);

  /**
   * Checks the probabilities.
   *
   * @throws IllegalArgumentException if one is outside [0, 1]
   */
  public MaskDistribution {
    if (!(past >= 0 && past <= 1 && future >= 0 && future <= 1)) {
      throw new IllegalArgumentException(
          "past and future must be probabilities from 0 to 1, but are " + past + " and " + future);
    }
  }

  /**
   * The mask that two uniform numbers stand for: a block is kept if its number is above its
   * probability of being masked.
   *
   * @param ofPast uniform in [0, 1)
   * @param ofFuture uniform in [0, 1)
   */
  public FrameMask mask(double ofPast, double ofFuture) {
    return new FrameMask(ofPast > past, ofFuture > future);
  }

  /** Masks for a batch; mask i depends on (seeds, step, i) alone. */
  public FrameMask[] draw(Seeds seeds, long step, int batch) {
    SplittableRandom random = seeds.part("masks").random(step);
    FrameMask[] masks = new FrameMask[batch];
    for (int i = 0; i < batch; i++) {
      // 1 − u lies in (0, 1], so that probability 0 never masks.
      masks[i] = mask(1 - random.nextDouble(), 1 - random.nextDouble());
    }
    return masks;
  }

  /** How often a mask is drawn. */
  public double probability(FrameMask mask) {
    return (mask.past() ? 1 - past : past) * (mask.future() ? 1 - future : future);
  }
}

package condgen.data;

import ai.djl.ndarray.NDArray;
import java.util.SplittableRandom;

/**
 * Moving MNIST: handwritten digits that move in straight lines and are reflected at the walls. Two
 * frames tell the whole future: what {@link StochasticMovingMnist} adds is chance.
 *
 * <p>A digit of 28 x 28 pixels on a frame of 64 x 64 starts anywhere, in any direction, and moves a
 * tenth of the free range a frame. At a wall it stops for a frame, and its speed across the wall
 * changes sign. Of overlapping digits the brighter counts. Frames of 32 or 16 pixels are means over
 * squares of the same clip.
 *
 * <p>N. Srivastava, E. Mansimov, R. Salakhutdinov: Unsupervised learning of video representations
 * using LSTMs, 2015.
 */
public final class MovingMnist implements ClipSource {
  private static final int DIGIT = 28;
  private static final int RANGE = DigitClips.CANVAS - DIGIT;
  private static final double SPEED = 0.1;

  private final DigitClips clips;

  /**
   * @param digits what moves, grey images of 28 x 28: {@code Mnist.train()} for training, {@code
   *     Mnist.test()} for testing
   * @param digitsPerClip how many, at least 1
   * @param side height and width of a frame, a divisor of 64
   */
  public MovingMnist(LabelledImages digits, int digitsPerClip, int side) {
    this.clips = new DigitClips(digits, digitsPerClip, side, DIGIT, MovingMnist::path, false);
  }

  /** {@inheritDoc} Clip i of step 0 is {@link #clip clip}(seed, i, frames). */
  @Override
  public NDArray batch(long seed, long step, int batch, int frames) {
    return clips.batch(seed, step, batch, frames);
  }

  /**
   * One clip. A longer clip begins like a shorter one of the same number.
   *
   * @param index the clip, any number
   * @return (frames, 1, side, side), float32 in [-1, 1]
   */
  public NDArray clip(long seed, long index, int frames) {
    return clips.clip(seed, index, frames);
  }

  /**
   * Where the digits of {@link #clip clip}(seed, index, frames) are.
   *
   * @return for each digit, for each frame: row and column of its corner, 0 to 36, in pixels of a
   *     frame of 64 x 64
   */
  public int[][][] paths(long seed, long index, int frames) {
    return clips.paths(seed, index, frames);
  }

  @Override
  public int side() {
    return clips.side();
  }

  @Override
  public int channels() {
    return 1;
  }

  private static int[][] path(DigitClips.Randoms randoms, int frames) {
    SplittableRandom start = randoms.at(0);
    double column = start.nextDouble();
    double row = start.nextDouble();
    double angle = 2 * Math.PI * start.nextDouble();
    double across = SPEED * StrictMath.cos(angle);
    double down = SPEED * StrictMath.sin(angle);
    int[][] path = new int[frames][];
    for (int frame = 0; frame < frames; frame++) {
      row += down;
      column += across;
      if (row <= 0 || row >= 1) {
        row = row <= 0 ? 0 : 1;
        down = -down;
      }
      if (column <= 0 || column >= 1) {
        column = column <= 0 ? 0 : 1;
        across = -across;
      }
      path[frame] = new int[] {(int) (RANGE * row), (int) (RANGE * column)};
    }
    return path;
  }

  @Override
  public String toString() {
    return "Moving MNIST, " + clips;
  }
}

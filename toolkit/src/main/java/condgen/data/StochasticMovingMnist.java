package condgen.data;

import ai.djl.ndarray.NDArray;
import java.util.SplittableRandom;

/**
 * Stochastic Moving MNIST: handwritten digits that move in straight lines and leave each wall in a
 * random direction. The past says where a digit goes until it touches a wall, and not what comes
 * then: a model has to invent one of many futures.
 *
 * <p>A digit is enlarged to 32 x 32 pixels (bilinear) on a frame of 64 x 64; its corner starts at
 * one of 32 x 32 places and moves by -4 to 4 pixels a frame along each axis. Where a step leads
 * over a wall, the corner stays at the wall, the speed across it becomes 1 to 4 away from it, the
 * speed along it -4 to 4 anew. Overlapping digits are added and cut at white. Frames of 32 or 16
 * pixels are means over squares of the same clip.
 *
 * <p>E. Denton, R. Fergus: Stochastic video generation with a learned prior, 2018; as in the
 * released code of MCVD (Voleti and others, 2022).
 */
public final class StochasticMovingMnist implements ClipSource {
  private static final int DIGIT = 32;
  private static final int PLACES = DigitClips.CANVAS - DIGIT;
  private static final int FASTEST = 4;
  private static final int RELEASED_TEST_DIGITS = 256;

  private final DigitClips clips;

  /**
   * @param digits what moves, grey images of 28 x 28: {@code Mnist.train()} for training, {@code
   *     Mnist.test()} for testing
   * @param digitsPerClip how many, at least 1; the thesis: 2
   * @param side height and width of a frame, a divisor of 64
   */
  public StochasticMovingMnist(LabelledImages digits, int digitsPerClip, int side) {
    this.clips =
        new DigitClips(digits, digitsPerClip, side, DIGIT, StochasticMovingMnist::path, true);
  }

  /**
   * The digits from which the released code makes its test clips: only the first 256 of the test
   * set ever appear there, since it draws the number of a digit below the number of clips. Numbers
   * that shall compare with the thesis take these; others take all test digits.
   *
   * @param test {@code Mnist.test()}
   * @return its first 256 digits, or all if it holds fewer
   */
  public static LabelledImages releasedTestDigits(LabelledImages test) {
    return test.take(Math.min(RELEASED_TEST_DIGITS, test.size()));
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
   * Several futures of one start: clips with the same digits that agree up to frame {@code shared},
   * and from there draw different speeds at the walls. They part one frame after the next touch.
   *
   * @param index the clip; future 0 is {@link #clip clip}(seed, index, frames) itself
   * @param shared how many frames are common to all, at least 2
   * @param count how many futures
   * @return (count, frames, 1, side, side), float32 in [-1, 1]
   */
  public NDArray continuations(long seed, long index, int shared, int frames, int count) {
    return clips.continuations(seed, index, shared, frames, count);
  }

  /**
   * Where the digits of {@link #clip clip}(seed, index, frames) are.
   *
   * @return for each digit, for each frame: row and column of its corner, 0 to 31, in pixels of a
   *     frame of 64 x 64
   */
  public int[][][] paths(long seed, long index, int frames) {
    return clips.paths(seed, index, frames);
  }

  /** Which digits {@link #clip clip}(seed, index, frames) shows: one class for each. */
  public int[] labels(long seed, long index) {
    return clips.labels(seed, index);
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
    int column = start.nextInt(PLACES);
    int row = start.nextInt(PLACES);
    int across = anySpeed(start);
    int down = anySpeed(start);
    int[][] path = new int[frames][];
    for (int frame = 0; frame < frames; frame++) {
      SplittableRandom random = randoms.at(frame);
      if (isOutside(row)) {
        down = speedAwayFrom(row, random);
        across = anySpeed(random);
        row = atWall(row);
      }
      if (isOutside(column)) {
        across = speedAwayFrom(column, random);
        down = anySpeed(random);
        column = atWall(column);
      }
      path[frame] = new int[] {row, column};
      row += down;
      column += across;
    }
    return path;
  }

  private static boolean isOutside(int place) {
    return place < 0 || place >= PLACES;
  }

  private static int atWall(int place) {
    return place < 0 ? 0 : PLACES - 1;
  }

  private static int speedAwayFrom(int place, SplittableRandom random) {
    int speed = random.nextInt(1, FASTEST + 1);
    return place < 0 ? speed : -speed;
  }

  private static int anySpeed(SplittableRandom random) {
    return random.nextInt(-FASTEST, FASTEST + 1);
  }

  @Override
  public String toString() {
    return "Stochastic Moving MNIST, " + clips;
  }
}

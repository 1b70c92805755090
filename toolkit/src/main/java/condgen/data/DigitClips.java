package condgen.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * Clips of digits that move over a black square of 64 x 64 pixels, drawn in whole grey levels and
 * averaged down to the side wanted. How a digit moves and how overlapping digits are joined is
 * given.
 */
final class DigitClips {
  static final int CANVAS = 64;

  private final LabelledImages digits;
  private final int perClip;
  private final int side;
  private final int digitSide;
  private final Motion motion;
  private final boolean add;

  /** How the top left corner of a digit moves. */
  interface Motion {
    /**
     * @param randoms the generator to draw from at each frame
     * @return for each frame row and column of the corner
     */
    int[][] path(Randoms randoms, int frames);
  }

  /** Which generator is drawn from at a frame: continuations of one start change it on the way. */
  interface Randoms {
    SplittableRandom at(int frame);
  }

  /**
   * @param digitSide side of a digit on the canvas
   * @param add whether overlapping digits are added and cut at white; otherwise the brighter counts
   */
  DigitClips(
      LabelledImages digits, int perClip, int side, int digitSide, Motion motion, boolean add) {
    if (digits.channels() != 1 || digits.rows() != 28 || digits.columns() != 28) {
      throw new IllegalArgumentException(
          "digits must be grey images of 28 x 28, but are " + digits);
    }
    if (perClip < 1) {
      throw new IllegalArgumentException("digitsPerClip must be at least 1, but is " + perClip);
    }
    if (side < 1 || CANVAS % side != 0) {
      throw new IllegalArgumentException("side must divide " + CANVAS + ", but is " + side);
    }
    this.digits = digits;
    this.perClip = perClip;
    this.side = side;
    this.digitSide = digitSide;
    this.motion = motion;
    this.add = add;
  }

  int side() {
    return side;
  }

  NDArray batch(long seed, long step, int batch, int frames) {
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be at least 1, but is " + batch);
    }
    if (step < 0) {
      throw new IllegalArgumentException("step must not be negative, but is " + step);
    }
    return draw(batch, frames, i -> sprites(seed, (step << 32) + i, frames, frames, 0));
  }

  /** (frames, 1, side, side) */
  NDArray clip(long seed, long index, int frames) {
    float[] values = values(1, frames, i -> sprites(seed, index, frames, frames, 0));
    return Tensors.of(values, new Shape(frames, 1, side, side));
  }

  /** Clips that agree in their first {@code shared} frames; number 0 is the clip itself. */
  NDArray continuations(long seed, long index, int shared, int frames, int count) {
    if (shared < 2) {
      throw new IllegalArgumentException("shared must be at least 2, but is " + shared);
    }
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1, but is " + count);
    }
    return draw(count, frames, i -> sprites(seed, index, shared, frames, i));
  }

  int[][][] paths(long seed, long index, int frames) {
    requireFrames(frames);
    return Arrays.stream(sprites(seed, index, frames, frames, 0))
        .map(Sprite::path)
        .toArray(int[][][]::new);
  }

  int[] labels(long seed, long index) {
    return Arrays.stream(sprites(seed, index, 1, 1, 0)).mapToInt(Sprite::label).toArray();
  }

  private record Sprite(int label, byte[] pixels, int[][] path) {}

  /** Each digit has a generator of its own, so a longer clip begins like a shorter one. */
  private Sprite[] sprites(long seed, long index, int shared, int frames, int future) {
    SplittableRandom clip = Seeds.of(seed).random(index);
    Sprite[] sprites = new Sprite[perClip];
    for (int d = 0; d < perClip; d++) {
      SplittableRandom own = clip.split();
      Seeds others = Seeds.of(clip.nextLong());
      SplittableRandom later = future == 0 ? own : others.random(future);
      int digit = own.nextInt(digits.size());
      byte[] pixels =
          ImageResize.BILINEAR.apply(digits.pixels(digit), 1, 28, 28, digitSide, digitSide);
      // What is drawn at the last shared frame shows in the next one only.
      int[][] path = motion.path(frame -> frame < shared - 1 ? own : later, frames);
      sprites[d] = new Sprite(digits.label(digit), pixels, path);
    }
    return sprites;
  }

  private NDArray draw(int count, int frames, IntFunction<Sprite[]> clip) {
    return Tensors.of(values(count, frames, clip), new Shape(count, frames, 1, side, side));
  }

  private float[] values(int count, int frames, IntFunction<Sprite[]> clip) {
    requireFrames(frames);
    int area = side * side;
    float[] values = new float[Math.multiplyExact(Math.multiplyExact(count, frames), area)];
    int[] canvas = new int[CANVAS * CANVAS];
    for (int i = 0; i < count; i++) {
      Sprite[] sprites = clip.apply(i);
      for (int frame = 0; frame < frames; frame++) {
        Arrays.fill(canvas, 0);
        for (Sprite sprite : sprites) {
          paste(sprite, frame, canvas);
        }
        average(canvas, values, (i * frames + frame) * area);
      }
    }
    return values;
  }

  private void paste(Sprite sprite, int frame, int[] canvas) {
    int corner = sprite.path[frame][0] * CANVAS + sprite.path[frame][1];
    for (int r = 0; r < digitSide; r++) {
      int at = corner + r * CANVAS;
      for (int p = r * digitSide; p < (r + 1) * digitSide; p++, at++) {
        int old = canvas[at];
        int come = sprite.pixels[p] & 0xff;
        canvas[at] = add ? Math.min(255, old + come) : Math.max(old, come);
      }
    }
  }

  private void average(int[] canvas, float[] values, int start) {
    int block = CANVAS / side;
    float scale = 2f / (255 * block * block);
    for (int r = 0; r < side; r++) {
      for (int c = 0; c < side; c++) {
        int sum = 0;
        for (int y = r * block; y < (r + 1) * block; y++) {
          for (int x = c * block; x < (c + 1) * block; x++) {
            sum += canvas[y * CANVAS + x];
          }
        }
        values[start + r * side + c] = sum * scale - 1;
      }
    }
  }

  private static void requireFrames(int frames) {
    if (frames < 1) {
      throw new IllegalArgumentException("frames must be at least 1, but is " + frames);
    }
  }

  @Override
  public String toString() {
    return perClip + " moving of " + digits + ", frames of " + side + " x " + side;
  }
}

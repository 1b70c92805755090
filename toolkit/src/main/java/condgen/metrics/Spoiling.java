package condgen.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Ways of spoiling a clip, of which a distance of clips should be aware: some leave every frame as
 * it is and spoil the motion alone.
 */
public enum Spoiling {
  /** Nothing is done. */
  NONE,
  /** Frames in random order. */
  SHUFFLED,
  /** Frames in reverse order. */
  REVERSED,
  /** From some frame of the first half on, nothing moves any more. */
  FROZEN,
  /** Every frame but the first is, with probability 1/2, a copy of the one before. */
  STUTTERING,
  /** From some frame on, another clip. */
  SPLICED,
  /** White noise of deviation 0.1 to 0.5 is added, and the sum cut off to [−1, 1]. */
  NOISY,
  /** Each square of 2 × 2 pixels is replaced by its mean. */
  COARSE;

  /**
   * Spoiled clips.
   *
   * @param clips (B, F, C, H, W) in [−1, 1], F at least 2; H and W even for {@link #COARSE}, B at
   *     least 2 for {@link #SPLICED}
   * @param seed of what is random in it
   * @return the same shape, in the current scope
   */
  public NDArray of(NDArray clips, long seed) {
    UnitFrames.requireClip(clips, "clips");
    Shape shape = clips.getShape();
    if (shape.get(1) < 2 || this == SPLICED && shape.get(0) < 2) {
      throw new IllegalArgumentException(
          "clips must have 2 frames or more, and be 2 or more to be spliced, but have shape "
              + shape);
    }
    try (Scope scope = Scope.open()) {
      NDList spoiled = new NDList();
      for (int i = 0; i < shape.get(0); i++) {
        NDArray other = clips.get((i + 1) % shape.get(0));
        spoiled.add(one(clips.get(i), other, Seeds.of(seed), i));
      }
      return scope.keep(NDArrays.stack(spoiled));
    }
  }

  private NDArray one(NDArray clip, NDArray other, Seeds seeds, int number) {
    int frames = (int) clip.getShape().get(0);
    SplittableRandom random = seeds.random(number);
    return switch (this) {
      case NONE -> clip;
      case SHUFFLED, REVERSED, FROZEN, STUTTERING -> ordered(clip, order(frames, random));
      case SPLICED -> {
        int from = random.nextInt(1, frames);
        yield clip.get("0:" + from).concat(other.get(from + ":"));
      }
      case NOISY -> {
        NDArray noise = seeds.normal(number, clip.getShape());
        yield Scalars.axpy(0.1 + 0.4 * random.nextDouble(), noise, clip).clip(-1, 1);
      }
      case COARSE -> coarse(clip);
    };
  }

  private long[] order(int frames, SplittableRandom random) {
    long[] order = IntStream.range(0, frames).asLongStream().toArray();
    int stop = random.nextInt((frames + 1) / 2);
    for (int i = frames - 1; i > 0; i--) {
      if (this == SHUFFLED) {
        int k = random.nextInt(i + 1);
        long last = order[i];
        order[i] = order[k];
        order[k] = last;
      }
    }
    for (int i = 1; i < frames; i++) {
      switch (this) {
        case REVERSED -> order[i] = frames - 1L - i;
        case FROZEN -> order[i] = Math.min(i, stop);
        case STUTTERING -> order[i] = random.nextBoolean() ? order[i - 1] : i;
        default -> {}
      }
    }
    order[0] = this == REVERSED ? frames - 1L : order[0];
    return order;
  }

  private static NDArray ordered(NDArray clip, long[] order) {
    return clip.get(Tensors.ofLongs(order));
  }

  private static NDArray coarse(NDArray clip) {
    Shape shape = clip.getShape();
    long height = shape.get(2);
    long width = shape.get(3);
    if (height % 2 != 0 || width % 2 != 0) {
      throw new IllegalArgumentException(
          "clips must have an even number of rows and columns, but have shape " + shape);
    }
    NDArray squares = clip.reshape(-1, height / 2, 2, width / 2, 2);
    NDArray means = squares.mean(new int[] {4}).mean(new int[] {2});
    return means.repeat(1, 2).repeat(2, 2).reshape(shape);
  }
}

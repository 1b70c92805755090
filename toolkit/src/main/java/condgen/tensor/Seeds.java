package condgen.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.SplittableRandom;

/**
 * Reproducible randomness. The engine's generator cannot be saved, so it is reseeded from (run
 * seed, step): a run that stops and goes on draws the same numbers as one that never stopped.
 *
 * <p>Normal draws depend on the shape asked for, not only on the seed; {@link #normal(Shape, int)}
 * draws each sample at one fixed shape, so that sample 3 is the same in a batch of 4 and in a batch
 * of 64.
 *
 * @param run the seed of the run
 */
public record Seeds(long run) {

  /** Seeds of a run. */
  public static Seeds of(long run) {
    return new Seeds(run);
  }

  /** Reseeds the engine for a step and returns the seed used. */
  public long at(long step) {
    long seed = mix(run, step);
    Devices.device();
    JniUtils.setSeed(seed);
    return seed;
  }

  /** A Java generator for a step, independent of the engine's. */
  public SplittableRandom random(long step) {
    return new SplittableRandom(mix(run ^ 0x5DEECE66DL, step));
  }

  /**
   * Seeds of a named part of the run (data, noise, initial weights), independent of the other
   * parts.
   */
  public Seeds part(String name) {
    return new Seeds(mix(run, name.hashCode()));
  }

  /** Standard normal numbers of this shape for a step, float32. Reseeds the engine. */
  public NDArray normal(long step, Shape shape) {
    return normal(step, shape, DataType.FLOAT32);
  }

  /** Standard normal numbers of this shape and type for a step. Reseeds the engine. */
  public NDArray normal(long step, Shape shape, DataType type) {
    at(step);
    return Devices.root().randomNormal(0f, 1f, shape, type);
  }

  /**
   * Standard normal noise for {@code count} samples: sample i depends on (run, i) alone.
   *
   * @param sample shape of one sample
   * @return (count, sample...)
   */
  public NDArray normal(Shape sample, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1, but is " + count);
    }
    NDList draws = new NDList(count);
    for (int i = 0; i < count; i++) {
      draws.add(normal(i, sample));
    }
    NDArray stacked = NDArrays.stack(draws);
    Tensors.close(draws);
    return stacked;
  }

  /**
   * Standard normal numbers in the shape and type of another array, from the engine's generator as
   * it stands.
   */
  public static NDArray normalLike(NDArray like) {
    return Devices.root().randomNormal(0f, 1f, like.getShape(), like.getDataType());
  }

  /** Uniform numbers in [low, high) of this shape, float32, for a step. Reseeds the engine. */
  public NDArray uniform(long step, double low, double high, Shape shape) {
    at(step);
    return Devices.root().randomUniform((float) low, (float) high, shape, DataType.FLOAT32);
  }

  /** The finaliser of SplitMix64 over both numbers: neighbouring steps get unrelated seeds. */
  static long mix(long run, long step) {
    long z = run * 0x9E3779B97F4A7C15L + step + 0x632BE59BD9B4E019L;
    for (int round = 0; round < 2; round++) {
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      z = z ^ (z >>> 31);
    }
    return z;
  }
}

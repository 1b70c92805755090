package condgen.diffusion;

import java.util.stream.IntStream;

/**
 * The schedules of the released code of chapter 7, number by number: float32, and in reversed
 * order. Index i = 0 is the noisiest level and T − 1 the cleanest, so that i = T − t for the
 * thesis's step t; ᾱ_i is the product of 1 − β from the last index down to i. A released network is
 * told i.
 */
public final class ReleasedSchedule {

  /** Numbers that the recorded machine handled at a time, and in one turn of its loop. */
  private static final int LANES = 8;

  private static final int TURN = 32;

  private final float[] beta;
  private final float[] alphaBar;

  private ReleasedSchedule(float[] beta, float[] alphaBar) {
    this.beta = beta;
    this.alphaBar = alphaBar;
  }

  /**
   * β falling linearly with the index.
   *
   * @param size T, at least 2
   * @param begin β at index 0, the largest
   * @param end β at index T − 1
   */
  public static ReleasedSchedule linear(int size, double begin, double end) {
    if (size < 2) {
      throw new IllegalArgumentException("size must be at least 2, but is " + size);
    }
    float[] beta = linspace((float) begin, (float) end, size);
    float[] alphaBar = new float[size];
    double product = 1;
    for (int i = size - 1; i >= 0; i--) {
      product *= 1 - beta[i];
      alphaBar[i] = (float) product;
    }
    return new ReleasedSchedule(beta, alphaBar);
  }

  /** PyTorch's linspace as its vectorised loop rounds: from both ends, in runs of eight. */
  private static float[] linspace(float first, float last, int size) {
    float[] values = new float[size];
    float step = (last - first) / (size - 1);
    for (int i = 0; i < size; i++) {
      int run = i < size / TURN * TURN ? i - i % LANES : i;
      float start =
          run < size / 2 ? Math.fma(step, run, first) : Math.fma(-step, size - 1 - run, last);
      values[i] = start + step * (i - run);
    }
    return values;
  }

  /**
   * The cosine schedule, without a limit on β: β₀ rounds to 1.
   *
   * @param size T, at least 1
   */
  public static ReleasedSchedule cosine(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("size must be at least 1, but is " + size);
    }
    float[] alphaBar = new float[size];
    for (int i = 0; i < size; i++) {
      alphaBar[i] = squaredCosine((float) (size - i) / size) / squaredCosine(0);
    }
    return new ReleasedSchedule(betas(alphaBar), alphaBar);
  }

  private static float squaredCosine(float u) {
    float cosine = (float) Math.cos((u + 0.008f) / 1.008f * (float) Math.PI / 2);
    return cosine * cosine;
  }

  private static float[] betas(float[] alphaBar) {
    float[] beta = new float[alphaBar.length];
    for (int i = 0; i < beta.length; i++) {
      float previous = i + 1 < beta.length ? alphaBar[i + 1] : 1;
      beta[i] = 1 - alphaBar[i] / previous;
    }
    return beta;
  }

  /** T. */
  public int size() {
    return beta.length;
  }

  /** β at an index. */
  public float beta(int index) {
    return beta[index];
  }

  /** ᾱ at an index. */
  public float alphaBar(int index) {
    return alphaBar[index];
  }

  /**
   * The indices 0, skip, 2 skip, … with skip = T / steps rounded down, so that there may be more of
   * them than steps; all T if steps is not below T.
   *
   * @param steps at least 1
   */
  public int[] indices(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be at least 1, but is " + steps);
    }
    int skip = steps < size() ? size() / steps : 1;
    return IntStream.range(0, (size() + skip - 1) / skip).map(i -> i * skip).toArray();
  }

  /**
   * The schedule of those indices in the thesis's order: step K has index 0. {@link
   * NoiseSchedule#label} is the index, as a released network wants it. With fewer steps than T, β
   * is computed anew in float32.
   */
  public NoiseSchedule schedule(int steps) {
    int[] indices = indices(steps);
    int count = indices.length;
    float[] kept = new float[count];
    for (int i = 0; i < count; i++) {
      kept[i] = alphaBar[indices[i]];
    }
    float[] betas = steps < size() ? betas(kept) : beta;
    double[] ofStep = new double[count + 1];
    double[] alphaBarOfStep = new double[count + 1];
    int[] label = new int[count + 1];
    alphaBarOfStep[0] = 1;
    label[0] = size();
    for (int t = 1; t <= count; t++) {
      ofStep[t] = betas[count - t];
      alphaBarOfStep[t] = kept[count - t];
      label[t] = indices[count - t];
    }
    return NoiseSchedule.asRounded(ofStep, alphaBarOfStep, label);
  }
}

package condgen.training;

import java.util.Arrays;

/**
 * The loss over the steps of a run: means over equal stretches of steps. When there are 2,048 of
 * them, neighbours are joined and the stretch doubles, so that it stays small in a run of any
 * length.
 */
public final class LearningCurve {

  private static final String GROUP = "curve";
  private static final int MOST = 2048;

  private final double[] means = new double[MOST];
  private int size;
  private long stretch = 1;
  private double sum;
  private long count;

  LearningCurve() {}

  void add(double loss) {
    sum += loss;
    count++;
    if (count < stretch) {
      return;
    }
    means[size++] = sum / count;
    sum = 0;
    count = 0;
    if (size == MOST) {
      for (int i = 0; i < MOST / 2; i++) {
        means[i] = (means[2 * i] + means[2 * i + 1]) / 2;
      }
      size = MOST / 2;
      stretch *= 2;
    }
  }

  /** The last step of each stretch, from 1. */
  public double[] steps() {
    double[] steps = new double[size];
    Arrays.setAll(steps, i -> (i + 1.0) * stretch);
    return steps;
  }

  /** The mean loss of each stretch. */
  public double[] losses() {
    return Arrays.copyOf(means, size);
  }

  void save(Checkpoint checkpoint) {
    checkpoint.add(GROUP, "losses", losses());
    checkpoint.add(GROUP, "state", stretch, sum, count);
  }

  void restore(Checkpoint checkpoint) {
    double[] losses = checkpoint.doubles(GROUP, "losses");
    double[] state = checkpoint.doubles(GROUP, "state");
    if (losses.length >= MOST || state.length != 3) {
      throw new IllegalArgumentException(
          "the checkpoint's curve must have fewer than "
              + MOST
              + " losses and 3 numbers of state, but has "
              + losses.length
              + " and "
              + state.length);
    }
    size = losses.length;
    System.arraycopy(losses, 0, means, 0, size);
    stretch = (long) state[0];
    sum = state[1];
    count = (long) state[2];
  }

  /**
   * The curve of the run that left a checkpoint.
   *
   * @throws IllegalArgumentException if it holds none
   */
  public static LearningCurve of(Checkpoint checkpoint) {
    LearningCurve curve = new LearningCurve();
    curve.restore(checkpoint);
    return curve;
  }
}

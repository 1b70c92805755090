package condgen.metrics;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Arguments;
import condgen.tensor.Tensors;

/**
 * Structural similarity of two frames, in double, by the protocol of the released code. Frames
 * become bytes (255 x, cut off to whole numbers), then grey by (19595 R + 38470 G + 7471 B + 32768)
 * / 65536 rounded down. Means, variances and covariance are weighted by a Gaussian of deviation 1.5
 * over 11 × 11 pixels, mirrored at the border, and
 *
 * <p>(2 μₓ μᵧ + C₁)(2 σₓᵧ + C₂) / ((μₓ² + μᵧ² + C₁)(σₓ² + σᵧ² + C₂)), C₁ = (0.01 · 255)², C₂ =
 * (0.03 · 255)²,
 *
 * <p>is averaged over the pixels that are 5 or more away from the border. Equal frames have 1.
 *
 * @param levels whether frames are rounded to two levels first
 */
public record Ssim(Levels levels) implements FrameMetric {

  /** What happens to frames in [0, 1] before they become bytes. */
  public enum Levels {
    /** Nothing. */
    ALL,
    /**
     * Each pixel becomes 0 or 1, whichever is nearer (a half becomes 0). The released code does it
     * for (Stochastic) Moving MNIST, and for SSIM alone; it changes the score a lot.
     */
    ZERO_OR_ONE
  }

  private static final double[] WEIGHTS = Smoothing.gaussian(1.5, 3.5);
  private static final int BORDER = (WEIGHTS.length - 1) / 2;
  private static final double C1 = 0.01 * 255 * (0.01 * 255);
  private static final double C2 = 0.03 * 255 * (0.03 * 255);

  /** Of the frames as they are. */
  public Ssim() {
    this(Levels.ALL);
  }

  /** Of frames rounded to 0 or 1 first: the choice for (Stochastic) Moving MNIST. */
  public static Ssim rounded() {
    return new Ssim(Levels.ZERO_OR_ONE);
  }

  @Override
  public String name() {
    return "SSIM";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public String preparation() {
    return (levels == Levels.ALL ? "frames in [0, 1]" : "frames in [0, 1], rounded to 0 or 1")
        + ", as grey bytes; 11 x 11 Gaussian window, 5 pixels at the border left out";
  }

  @Override
  public double[] ofFrames(NDArray predicted, NDArray truth) {
    Arguments.requireSameShape(predicted, "predicted", truth, "truth");
    int[][][] x = grey(predicted);
    int[][][] y = grey(truth);
    double[] scores = new double[x.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = of(x[i], y[i]);
    }
    return scores;
  }

  /**
   * Frames as grey bytes.
   *
   * @param frames (N, 1 or 3, H, W) in [0, 1]
   * @return N × H × W numbers from 0 to 255
   */
  public int[][][] grey(NDArray frames) {
    Arguments.requireShape(frames, "frames", -1, -1, -1, -1);
    int n = (int) frames.getShape().get(0);
    int channels = (int) frames.getShape().get(1);
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException(
          "frames must have 1 or 3 channels, but have shape " + frames.getShape());
    }
    int height = (int) frames.getShape().get(2);
    int width = (int) frames.getShape().get(3);
    float[] flat = Tensors.toFloats(frames);
    int[][][] grey = new int[n][height][width];
    int size = height * width;
    int next = channels == 3 ? size : 0;
    for (int i = 0; i < n * size; i++) {
      int at = i / size * channels * size + i % size;
      int sum =
          19595 * level(flat[at])
              + 38470 * level(flat[at + next])
              + 7471 * level(flat[at + 2 * next]);
      grey[i / size][i % size / width][i % width] = (sum + 32768) >> 16;
    }
    return grey;
  }

  private int level(float value) {
    float wanted = levels == Levels.ALL ? value : (float) Math.rint(value);
    return Math.max(0, Math.min(255, (int) (wanted * 255f)));
  }

  /**
   * Of two grey frames: the mean of their map without its border.
   *
   * @param x H × W numbers from 0 to 255, at least 11 × 11
   * @param y as many
   */
  public static double of(int[][] x, int[][] y) {
    double[][] map = map(x, y);
    double sum = 0;
    for (int row = BORDER; row < map.length - BORDER; row++) {
      for (int column = BORDER; column < map[row].length - BORDER; column++) {
        sum += map[row][column];
      }
    }
    return sum / (map.length - 2 * BORDER) / (map[0].length - 2 * BORDER);
  }

  /**
   * The map of local similarities of two grey frames.
   *
   * @param x H × W numbers from 0 to 255, at least 11 × 11
   * @param y as many
   * @return H × W numbers from −1 to 1
   */
  public static double[][] map(int[][] x, int[][] y) {
    requireFrames(x, y);
    int height = x.length;
    int width = x[0].length;
    double[][] products = new double[5][height * width];
    for (int i = 0; i < height * width; i++) {
      double a = x[i / width][i % width];
      double b = y[i / width][i % width];
      products[0][i] = a;
      products[1][i] = b;
      products[2][i] = a * a;
      products[3][i] = b * b;
      products[4][i] = a * b;
    }
    for (int k = 0; k < products.length; k++) {
      products[k] = Smoothing.smooth(products[k], height, width, WEIGHTS);
    }
    double[][] map = new double[height][width];
    for (int i = 0; i < height * width; i++) {
      double ux = products[0][i];
      double uy = products[1][i];
      double vx = products[2][i] - ux * ux;
      double vy = products[3][i] - uy * uy;
      double vxy = products[4][i] - ux * uy;
      map[i / width][i % width] =
          (2 * ux * uy + C1) * (2 * vxy + C2) / ((ux * ux + uy * uy + C1) * (vx + vy + C2));
    }
    return map;
  }

  private static void requireFrames(int[][] x, int[][] y) {
    if (x.length < WEIGHTS.length || x[0].length < WEIGHTS.length) {
      throw new IllegalArgumentException(
          "x must have at least 11 x 11 pixels, but has "
              + x.length
              + " x "
              + (x.length == 0 ? 0 : x[0].length));
    }
    if (y.length != x.length || y[0].length != x[0].length) {
      throw new IllegalArgumentException(
          "x and y must have one size, but have %d x %d and %d x %d"
              .formatted(x.length, x[0].length, y.length, y.length == 0 ? 0 : y[0].length));
    }
  }
}

package condgen.metrics;

import java.util.Arrays;

/**
 * A frame with a velocity at each pixel. Velocities lie on a grid of half pixels per frame, up to a
 * sixteenth of the side; the one is taken whose shifted earlier frame differs least in squares,
 * under a Gaussian window of a twelfth of the side.
 */
final class MovingFrame {

  private static final double GRID = 0.5;

  /** A pixel moves only if that explains all but this share of its surroundings' change. */
  private static final double EXPLAINED = 0.7;

  /** Squared differences below this are no change. */
  private static final double STILL = 1e-4;

  private final double[] values;
  private final int channels;
  private final int height;
  private final int width;
  private final double[] down;
  private final double[] right;
  private final double[] still;

  private MovingFrame(double[] values, int channels, int height, int width) {
    this.values = values;
    this.channels = channels;
    this.height = height;
    this.width = width;
    down = new double[height * width];
    right = new double[height * width];
    still = new double[values.length];
  }

  /**
   * A frame that follows another.
   *
   * @param last channels · height · width numbers
   * @param before as many, one frame earlier
   */
  static MovingFrame of(double[] last, double[] before, int channels, int height, int width) {
    MovingFrame frame = new MovingFrame(last, channels, height, width);
    frame.match(before);
    frame.fillWhatLeft();
    return frame;
  }

  private void match(double[] before) {
    int side = Math.max(height, width);
    int reach = (int) Math.ceil(side / 16.0 / GRID);
    double[] window = Smoothing.gaussian(side / 12.0, 2);
    double[] least = Smoothing.smooth(errors(before, 0, 0), height, width, window);
    for (int i = 0; i < least.length; i++) {
      least[i] = EXPLAINED * least[i] - STILL;
    }
    for (int dy = -reach; dy <= reach; dy++) {
      for (int dx = -reach; dx <= reach; dx++) {
        double[] errors = errors(before, dy * GRID, dx * GRID);
        double[] cost = Smoothing.smooth(errors, height, width, window);
        for (int i = 0; i < least.length; i++) {
          if (cost[i] < least[i]) {
            least[i] = cost[i];
            down[i] = dy * GRID;
            right[i] = dx * GRID;
          }
        }
      }
    }
  }

  private double[] errors(double[] before, double vy, double vx) {
    double[] errors = new double[height * width];
    for (int c = 0; c < channels; c++) {
      int base = c * errors.length;
      for (int i = 0; i < errors.length; i++) {
        double error = values[base + i] - at(before, base, i / width - vy, i % width - vx);
        errors[i] += error * error / channels;
      }
    }
    return errors;
  }

  /** The value between four pixels; beyond the border the outermost pixel goes on. */
  private double at(double[] frame, int base, double y, double x) {
    double row = Math.max(0, Math.min(height - 1, y));
    double column = Math.max(0, Math.min(width - 1, x));
    int top = Math.min(height - 2, (int) row);
    int left = Math.min(width - 2, (int) column);
    double lower = row - top;
    double later = column - left;
    int i = base + top * width + left;
    return (1 - lower) * ((1 - later) * frame[i] + later * frame[i + 1])
        + lower * ((1 - later) * frame[i + width] + later * frame[i + width + 1]);
  }

  private boolean moves(int pixel) {
    return down[pixel] != 0 || right[pixel] != 0;
  }

  /** What stands still, with the gaps behind what moves filled from around them. */
  private void fillWhatLeft() {
    int pixels = height * width;
    double[] window = Smoothing.gaussian(Math.min(height, width) / 8.0, 3);
    double[] known = new double[pixels];
    for (int i = 0; i < pixels; i++) {
      known[i] = moves(i) ? 1e-6 : 1;
    }
    double[] weight = Smoothing.smooth(known, height, width, window);
    for (int c = 0; c < channels; c++) {
      double[] weighted = new double[pixels];
      for (int i = 0; i < pixels; i++) {
        weighted[i] = known[i] * values[c * pixels + i];
      }
      double[] around = Smoothing.smooth(weighted, height, width, window);
      for (int i = 0; i < pixels; i++) {
        still[c * pixels + i] = moves(i) ? around[i] / weight[i] : values[c * pixels + i];
      }
    }
  }

  /**
   * The frame k frames later. Where moving pixels meet, those count most whose surroundings differ
   * from what stands still.
   */
  double[] after(int k) {
    int pixels = height * width;
    double[] moved = new double[values.length];
    double[] cover = new double[pixels];
    double[] weight = new double[pixels];
    double[] contrast = contrast();
    for (int i = 0; i < pixels; i++) {
      if (!moves(i)) {
        continue;
      }
      double y = i / width + k * down[i];
      double x = i % width + k * right[i];
      double importance = 1e-3 + contrast[i];
      for (int corner = 0; corner < 4; corner++) {
        int row = (int) Math.floor(y) + corner / 2;
        int column = (int) Math.floor(x) + corner % 2;
        double share = (1 - Math.abs(y - row)) * (1 - Math.abs(x - column));
        if (row >= 0 && row < height && column >= 0 && column < width) {
          int to = row * width + column;
          cover[to] += share;
          weight[to] += share * importance;
          for (int c = 0; c < channels; c++) {
            moved[c * pixels + to] += share * importance * values[c * pixels + i];
          }
        }
      }
    }
    return over(moved, weight, cover);
  }

  /** How much the surroundings of each pixel differ from what stands still. */
  private double[] contrast() {
    int pixels = height * width;
    double[] contrast = new double[pixels];
    for (int i = 0; i < values.length; i++) {
      contrast[i % pixels] += Math.abs(values[i] - still[i]) / channels;
    }
    double deviation = Math.max(height, width) / 16.0;
    return Smoothing.smooth(contrast, height, width, Smoothing.gaussian(deviation, 2));
  }

  private double[] over(double[] moved, double[] weight, double[] cover) {
    int pixels = height * width;
    double[] frame = Arrays.copyOf(still, still.length);
    for (int i = 0; i < frame.length; i++) {
      double alpha = Math.min(1, cover[i % pixels]);
      if (alpha > 0 && weight[i % pixels] > 0) {
        frame[i] += alpha * (moved[i] / weight[i % pixels] - frame[i]);
      }
    }
    return frame;
  }
}

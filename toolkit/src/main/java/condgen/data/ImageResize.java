package condgen.data;

import java.util.Arrays;

/**
 * Ways to change the size of a picture of bytes, each byte for byte as the program does it with
 * which published numbers were made. The first four are the Python imaging library's (Pillow): a
 * filter as wide as the reduction, so that every pixel counts; columns first, then rows, each time
 * rounded to bytes, with weights in fixed point. {@link #OPENCV_LINEAR} is OpenCV's linear
 * interpolation between the four nearest pixels, whatever the reduction: it skips pixels.
 */
public enum ImageResize {
  /** The mean over the pixels that an output pixel covers. */
  BOX(0.5) {
    @Override
    double weight(double x) {
      return x > -0.5 && x <= 0.5 ? 1 : 0;
    }
  },
  /** A triangle. */
  BILINEAR(1) {
    @Override
    double weight(double x) {
      return Math.max(0, 1 - Math.abs(x));
    }
  },
  /** A cubic spline with slope parameter -1/2. */
  BICUBIC(2) {
    @Override
    double weight(double x) {
      double d = Math.abs(x);
      if (d < 1) {
        return (1.5 * d - 2.5) * d * d + 1;
      }
      return d < 2 ? (((d - 5) * d + 8) * d - 4) * -0.5 : 0;
    }
  },
  /** A sinc in the window of a three times wider sinc. */
  LANCZOS(3) {
    @Override
    double weight(double x) {
      return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
    }
  },
  /** OpenCV's {@code INTER_LINEAR}; halving both sides is the mean of 2 x 2 pixels, as there. */
  OPENCV_LINEAR(1) {
    @Override
    double weight(double x) {
      return Math.max(0, 1 - Math.abs(x));
    }

    @Override
    byte[] plane(byte[] in, int at, int rows, int columns, int height, int width) {
      return new OpenCvLinear(rows, columns, height, width).apply(in, at);
    }
  };

  private static final int DIGITS = 22;

  private final double support;

  ImageResize(double support) {
    this.support = support;
  }

  /** The filter at a distance in output pixels, before the weights are made to sum to 1. */
  abstract double weight(double x);

  /**
   * A picture of another size.
   *
   * @param pixels unsigned bytes: channel after channel, each row by row
   * @param channels how many, at least 1
   * @param rows height of the picture that comes
   * @param columns its width
   * @param height of the picture wanted, at least 1
   * @param width of the picture wanted, at least 1
   * @return channels · height · width bytes; a new array even when the size stays
   * @throws IllegalArgumentException unless pixels holds channels · rows · columns bytes
   */
  public byte[] apply(byte[] pixels, int channels, int rows, int columns, int height, int width) {
    if (Math.min(Math.min(channels, rows), Math.min(columns, Math.min(height, width))) < 1
        || (long) channels * rows * columns != pixels.length) {
      throw new IllegalArgumentException(
          "sizes must be positive and fit, but are %d x %d x %d (%d bytes) to %d x %d"
              .formatted(channels, rows, columns, pixels.length, height, width));
    }
    if (rows == height && columns == width) {
      return pixels.clone();
    }
    int area = Math.multiplyExact(height, width);
    byte[] result = new byte[Math.multiplyExact(channels, area)];
    for (int c = 0; c < channels; c++) {
      byte[] plane = plane(pixels, c * rows * columns, rows, columns, height, width);
      System.arraycopy(plane, 0, result, c * area, area);
    }
    return result;
  }

  /** One channel, which begins at {@code at}. */
  byte[] plane(byte[] in, int at, int rows, int columns, int height, int width) {
    byte[] wide =
        width == columns ? copy(in, at, rows * columns) : across(in, at, rows, columns, width);
    return height == rows ? wide : down(wide, rows, width, height);
  }

  private static byte[] copy(byte[] in, int at, int count) {
    return Arrays.copyOfRange(in, at, at + count);
  }

  private byte[] across(byte[] in, int at, int rows, int columns, int width) {
    byte[] out = new byte[Math.multiplyExact(rows, width)];
    for (int x = 0; x < width; x++) {
      Weights weights = weights(x, columns, width);
      for (int r = 0; r < rows; r++) {
        int from = at + r * columns + weights.first;
        int sum = 1 << (DIGITS - 1);
        for (int k = 0; k < weights.values.length; k++) {
          sum += (in[from + k] & 0xff) * weights.values[k];
        }
        out[r * width + x] = toByte(sum);
      }
    }
    return out;
  }

  private byte[] down(byte[] in, int rows, int width, int height) {
    byte[] out = new byte[Math.multiplyExact(height, width)];
    for (int y = 0; y < height; y++) {
      Weights weights = weights(y, rows, height);
      for (int x = 0; x < width; x++) {
        int sum = 1 << (DIGITS - 1);
        for (int k = 0; k < weights.values.length; k++) {
          sum += (in[(weights.first + k) * width + x] & 0xff) * weights.values[k];
        }
        out[y * width + x] = toByte(sum);
      }
    }
    return out;
  }

  private static byte toByte(int sum) {
    return (byte) Math.max(0, Math.min(255, sum >> DIGITS));
  }

  /** The weights of one output pixel in fixed point: those of the inputs from {@code first} on. */
  private record Weights(int first, int[] values) {}

  private Weights weights(int output, int inputs, int outputs) {
    double scale = (double) inputs / outputs;
    double stretch = Math.max(scale, 1);
    double reach = support * stretch;
    double centre = (output + 0.5) * scale;
    int first = Math.max(0, (int) (centre - reach + 0.5));
    int end = Math.min(inputs, (int) (centre + reach + 0.5));
    double[] weights = new double[end - first];
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      weights[k] = weight((k + first - centre + 0.5) * (1 / stretch));
      sum += weights[k];
    }
    int[] fixed = new int[weights.length];
    for (int k = 0; k < fixed.length; k++) {
      double weight = sum == 0 ? weights[k] : weights[k] / sum;
      fixed[k] = (int) (Math.copySign(0.5, weight) + weight * (1 << DIGITS));
    }
    return new Weights(first, fixed);
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : StrictMath.sin(x * Math.PI) / (x * Math.PI);
  }
}

package condgen.display;

import java.awt.image.BufferedImage;

/**
 * A batch of images as numbers.
 *
 * @param count N, the number of images
 * @param channels C, 1 (grey) or 3 (red, green, blue)
 * @param height H
 * @param width W
 * @param values N·C·H·W numbers in this order, the last index fastest
 */
record Pixels(int count, int channels, int height, int width, float[] values) {

  /** What a value that is not a number looks like: vermillion, which no grey image has. */
  private static final int BROKEN = 0xD55E00;

  Pixels {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("images must have 1 or 3 channels, but have " + channels);
    }
    if (count < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "images must have a shape (N, C, H, W) of positive numbers, but it is (%d, %d, %d, %d)"
              .formatted(count, channels, height, width));
    }
    if (values.length != count * channels * height * width) {
      throw new IllegalArgumentException(
          "images of shape (%d, %d, %d, %d) must have %d values, but have %d"
              .formatted(
                  count,
                  channels,
                  height,
                  width,
                  count * channels * height * width,
                  values.length));
    }
  }

  /** Reads a shape (N, C, H, W) or, for a single image, (C, H, W) or (H, W). */
  static Pixels of(float[] values, long... shape) {
    if (shape.length < 2 || shape.length > 4) {
      throw new IllegalArgumentException(
          "images must have the shape (N, C, H, W), (C, H, W) or (H, W), but it has %d dimensions"
              .formatted(shape.length));
    }
    int n = shape.length;
    return new Pixels(
        n > 3 ? Math.toIntExact(shape[0]) : 1,
        n > 2 ? Math.toIntExact(shape[n - 3]) : 1,
        Math.toIntExact(shape[n - 2]),
        Math.toIntExact(shape[n - 1]),
        values);
  }

  /** Image {@code i} at its own size; {@code low} is black, {@code high} white, beyond clipped. */
  BufferedImage image(int i, double low, double high) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int plane = height * width;
    int start = i * channels * plane;
    for (int p = 0; p < plane; p++) {
      int rgb = 0;
      for (int c = 0; c < 3; c++) {
        float value = values[start + p + (channels == 3 ? c * plane : 0)];
        if (Float.isNaN(value)) {
          rgb = BROKEN;
          break;
        }
        double level = Math.min(1, Math.max(0, (value - low) / (high - low)));
        rgb = rgb << 8 | (int) Math.round(255 * level);
      }
      image.setRGB(p % width, p / width, rgb);
    }
    return image;
  }

  int countNonFinite() {
    int missing = 0;
    for (float value : values) {
      if (!Float.isFinite(value)) {
        missing++;
      }
    }
    return missing;
  }
}

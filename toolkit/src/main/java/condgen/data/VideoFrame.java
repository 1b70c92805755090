package condgen.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Tensors;
import java.util.Arrays;
import java.util.List;

/**
 * One frame of a film: eight bits per channel, channel after channel, each row by row. Immutable.
 */
public final class VideoFrame {
  private final int channels;
  private final int rows;
  private final int columns;
  private final byte[] pixels;

  /** Takes the bytes as they are, without a copy. */
  VideoFrame(int channels, int rows, int columns, byte[] pixels) {
    if (pixels.length != channels * rows * columns) {
      throw new IllegalArgumentException(
          "pixels must hold %d bytes for %d x %d x %d, but holds %d"
              .formatted(channels * rows * columns, channels, rows, columns, pixels.length));
    }
    this.channels = channels;
    this.rows = rows;
    this.columns = columns;
    this.pixels = pixels;
  }

  /** From bytes in which the channels of a pixel lie side by side. */
  static VideoFrame ofMixed(int channels, int rows, int columns, byte[] mixed) {
    byte[] planes = new byte[mixed.length];
    int area = rows * columns;
    for (int k = 0; k < mixed.length; k++) {
      planes[k % channels * area + k / channels] = mixed[k];
    }
    return new VideoFrame(channels, rows, columns, planes);
  }

  /** 1 for grey, 3 for red, green and blue. */
  public int channels() {
    return channels;
  }

  /** The height in pixels. */
  public int rows() {
    return rows;
  }

  /** The width in pixels. */
  public int columns() {
    return columns;
  }

  /** The bytes, unsigned: channel after channel, each row by row. A copy. */
  public byte[] pixels() {
    return pixels.clone();
  }

  /** The bytes themselves, not to be changed. */
  byte[] bytes() {
    return pixels;
  }

  /**
   * The frame made smaller: every square of {@code factor} x {@code factor} pixels becomes its
   * mean, rounded. Rows and columns that fill no square are left out.
   *
   * @param factor 1 to the smaller of rows and columns
   */
  public VideoFrame pool(int factor) {
    if (factor < 1 || factor > Math.min(rows, columns)) {
      throw new IllegalArgumentException(
          "factor must be 1 to %d, but is %d".formatted(Math.min(rows, columns), factor));
    }
    int height = rows / factor;
    int width = columns / factor;
    byte[] pooled = new byte[channels * height * width];
    int[] sums = new int[width];
    for (int k = 0; k < channels * height; k++) {
      Arrays.fill(sums, factor * factor / 2);
      for (int y = 0; y < factor; y++) {
        int at = (k / height * rows + k % height * factor + y) * columns;
        for (int c = 0; c < width; c++) {
          for (int x = 0; x < factor; x++) {
            sums[c] += pixels[at++] & 0xff;
          }
        }
      }
      for (int c = 0; c < width; c++) {
        pooled[k * width + c] = (byte) (sums[c] / (factor * factor));
      }
    }
    return new VideoFrame(channels, height, width, pooled);
  }

  /**
   * The frame at another size.
   *
   * @param height in pixels, at least 1
   * @param width in pixels, at least 1
   * @param how which filter
   */
  public VideoFrame resize(int height, int width, ImageResize how) {
    byte[] changed = how.apply(pixels, channels, rows, columns, height, width);
    return new VideoFrame(channels, height, width, changed);
  }

  /**
   * A rectangle cut out.
   *
   * @param row the first row
   * @param column the first column
   * @param height its rows, inside the frame
   * @param width its columns, inside the frame
   */
  public VideoFrame window(int row, int column, int height, int width) {
    if (row < 0 || column < 0 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "the window must have a corner and a size, but is %d x %d at (%d, %d)"
              .formatted(height, width, row, column));
    }
    if (row > rows - height || column > columns - width) {
      throw new IllegalArgumentException(
          "a window of %d x %d at (%d, %d) leaves the frame of %d x %d"
              .formatted(height, width, row, column, rows, columns));
    }
    byte[] cut = new byte[channels * height * width];
    for (int plane = 0; plane < channels; plane++) {
      for (int r = 0; r < height; r++) {
        int from = (plane * rows + row + r) * columns + column;
        System.arraycopy(pixels, from, cut, (plane * height + r) * width, width);
      }
    }
    return new VideoFrame(channels, height, width, cut);
  }

  /**
   * The frame in grey: 0.299 red + 0.587 green + 0.114 blue in fixed point, rounded, as OpenCV has
   * it. A grey frame stays as it is.
   */
  public VideoFrame grey() {
    if (channels == 1) {
      return this;
    }
    int area = rows * columns;
    byte[] grey = new byte[area];
    for (int p = 0; p < area; p++) {
      int red = pixels[p] & 0xff;
      int green = pixels[area + p] & 0xff;
      int blue = pixels[2 * area + p] & 0xff;
      grey[p] = (byte) (9798 * red + 19235 * green + 3735 * blue + (1 << 14) >> 15);
    }
    return new VideoFrame(1, rows, columns, grey);
  }

  /** The frame turned left to right. */
  public VideoFrame mirrored() {
    byte[] turned = new byte[pixels.length];
    for (int p = 0; p < pixels.length; p++) {
      turned[p] = pixels[p - p % columns + columns - 1 - p % columns];
    }
    return new VideoFrame(channels, rows, columns, turned);
  }

  /**
   * Frames in a row as a clip.
   *
   * @param frames at least one, all of one size
   * @return (1, frames, C, rows, columns), float32, 0 ... 255 mapped onto [-1, 1]
   * @throws IllegalArgumentException naming the first frame of another size
   */
  public static NDArray clip(List<VideoFrame> frames) {
    if (frames.isEmpty()) {
      throw new IllegalArgumentException("frames must hold at least one frame, but is empty");
    }
    VideoFrame first = frames.get(0);
    float[] values = new float[Math.multiplyExact(frames.size(), first.pixels.length)];
    for (int i = 0; i < frames.size(); i++) {
      VideoFrame frame = frames.get(i);
      if (!frame.size().equals(first.size())) {
        throw new IllegalArgumentException(
            "frames must be of one size, but frame %d is %s and frame 0 is %s"
                .formatted(i, frame.size(), first.size()));
      }
      for (int p = 0; p < frame.pixels.length; p++) {
        values[i * frame.pixels.length + p] = (frame.pixels[p] & 0xff) / 127.5f - 1;
      }
    }
    return Tensors.of(
        values, new Shape(1, frames.size(), first.channels, first.rows, first.columns));
  }

  private String size() {
    return channels + " x " + rows + " x " + columns;
  }

  @Override
  public String toString() {
    return "frame of " + size();
  }
}

package condgen.data;

import java.util.Arrays;

/**
 * A picture: eight bits per channel, channel after channel, each row by row. Immutable.
 *
 * @see PictureDecoder
 */
public final class PixelImage {
  private final int channels;
  private final int rows;
  private final int columns;
  private final byte[] pixels;

  /** Takes the bytes as they are, without a copy. */
  PixelImage(int channels, int rows, int columns, byte[] pixels) {
    if ((long) channels * rows * columns != pixels.length || pixels.length == 0) {
      throw new IllegalArgumentException(
          "pixels must hold %d x %d x %d bytes, but holds %d"
              .formatted(channels, rows, columns, pixels.length));
    }
    this.channels = channels;
    this.rows = rows;
    this.columns = columns;
    this.pixels = pixels;
  }

  /**
   * A picture of given bytes.
   *
   * @param channels 1 for grey, 3 for red, green and blue
   * @param rows the height
   * @param columns the width
   * @param pixels channels · rows · columns unsigned bytes: channel after channel, each row by row;
   *     copied
   */
  public static PixelImage of(int channels, int rows, int columns, byte[] pixels) {
    return new PixelImage(channels, rows, columns, pixels.clone());
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

  /** The same picture with three channels: a grey one has its channel three times. */
  public PixelImage colour() {
    if (channels == 3) {
      return this;
    }
    byte[] three = Arrays.copyOf(pixels, 3 * pixels.length);
    System.arraycopy(pixels, 0, three, pixels.length, pixels.length);
    System.arraycopy(pixels, 0, three, 2 * pixels.length, pixels.length);
    return new PixelImage(3, rows, columns, three);
  }

  /**
   * The picture at another size.
   *
   * @param height in pixels, at least 1
   * @param width in pixels, at least 1
   * @param how which filter
   */
  public PixelImage resize(int height, int width, ImageResize how) {
    byte[] changed = how.apply(pixels, channels, rows, columns, height, width);
    return new PixelImage(channels, height, width, changed);
  }

  /**
   * A rectangle cut out.
   *
   * @param row its first row
   * @param column its first column
   * @param height its rows, inside the picture
   * @param width its columns, inside the picture
   */
  public PixelImage window(int row, int column, int height, int width) {
    if (Math.min(row, column) < 0
        || Math.min(height, width) < 1
        || row > rows - height
        || column > columns - width) {
      throw new IllegalArgumentException(
          "a window of %d x %d at (%d, %d) leaves the picture of %d x %d"
              .formatted(height, width, row, column, rows, columns));
    }
    byte[] cut = new byte[channels * height * width];
    for (int plane = 0; plane < channels; plane++) {
      for (int r = 0; r < height; r++) {
        int from = (plane * rows + row + r) * columns + column;
        System.arraycopy(pixels, from, cut, (plane * height + r) * width, width);
      }
    }
    return new PixelImage(channels, height, width, cut);
  }

  /** The picture turned left to right. */
  public PixelImage mirror() {
    byte[] turned = new byte[pixels.length];
    for (int start = 0; start < pixels.length; start += columns) {
      for (int c = 0; c < columns; c++) {
        turned[start + c] = pixels[start + columns - 1 - c];
      }
    }
    return new PixelImage(channels, rows, columns, turned);
  }

  /**
   * The picture in the middle of a larger one that is black around it.
   *
   * @param height not less than the rows
   * @param width not less than the columns
   */
  public PixelImage pad(int height, int width) {
    if (height < rows || width < columns) {
      throw new IllegalArgumentException(
          "a picture of %d x %d cannot be padded to %d x %d"
              .formatted(rows, columns, height, width));
    }
    byte[] padded = new byte[Math.multiplyExact(channels, Math.multiplyExact(height, width))];
    int top = (height - rows) / 2;
    int left = (width - columns) / 2;
    for (int plane = 0; plane < channels; plane++) {
      for (int r = 0; r < rows; r++) {
        int to = (plane * height + top + r) * width + left;
        System.arraycopy(pixels, (plane * rows + r) * columns, padded, to, columns);
      }
    }
    return new PixelImage(channels, height, width, padded);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PixelImage that
        && channels == that.channels
        && rows == that.rows
        && Arrays.equals(pixels, that.pixels);
  }

  @Override
  public int hashCode() {
    return 31 * rows + Arrays.hashCode(pixels);
  }

  @Override
  public String toString() {
    return "picture of %d x %d x %d".formatted(channels, rows, columns);
  }
}

package condgen.data;

/**
 * How the frames of a set are brought to one size.
 *
 * @param rows the height wanted
 * @param columns the width wanted
 * @param middle whether the largest square in the middle is cut out first; otherwise the whole
 *     frame is resized, and squeezed where its sides have another ratio
 * @param how the way of resizing
 */
public record FrameFit(int rows, int columns, boolean middle, ImageResize how) {

  /** Checks the size. */
  public FrameFit {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "rows and columns must be at least 1, but are " + rows + " and " + columns);
    }
  }

  /** The whole frame, squeezed. */
  public static FrameFit whole(int rows, int columns, ImageResize how) {
    return new FrameFit(rows, columns, false, how);
  }

  /** The square in the middle. */
  public static FrameFit middle(int side, ImageResize how) {
    return new FrameFit(side, side, true, how);
  }

  /** A frame of that size. Of a square with an odd side, the last row and column are left out. */
  public VideoFrame apply(VideoFrame frame) {
    VideoFrame square = frame;
    if (middle && frame.rows() != frame.columns()) {
      int half = Math.min(frame.rows(), frame.columns()) / 2;
      int row = frame.rows() / 2 - half;
      int column = frame.columns() / 2 - half;
      square = half == 0 ? frame : frame.window(row, column, 2 * half, 2 * half);
    }
    return square.resize(rows, columns, how);
  }
}

package condgen.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The clips of a film in which something moves. A clip is a window of 64 x 64 pixels, its corner on
 * a grid of 16, that starts at every fifth frame. Of its pairs (pixel, two frames in a row) the
 * share that differs by more than 12 grey levels is its motion; a clip counts when that is more
 * than 2 %, in the whole clip and in its first five frames: somebody walks, and is seen from the
 * start.
 */
final class MovingWindows {
  static final int SIDE = 64;
  private static final int GRID = 16;
  private static final int EVERY = 5;
  private static final int LEVELS = 12;
  private static final int BEGINNING = 5;
  private static final double LEAST_MOTION = 0.02;

  private final List<VideoFrame> film;
  private final int first;
  private final int end;
  private final int gridRows;
  private final int gridColumns;

  /** For each frame and square of the grid: changed pixels in all frames before it. */
  private final int[][] changedBefore;

  private final Map<Integer, List<Window>> byLength = new HashMap<>();

  /**
   * Where a clip begins.
   *
   * @param start its first frame
   * @param row the row of its corner, pixels
   * @param column the column of its corner, pixels
   */
  record Window(int start, int row, int column) {}

  /**
   * @param film grey frames of one size, at least 64 x 64
   * @param first the first frame that clips may use
   * @param end the frame before which they end
   */
  MovingWindows(List<VideoFrame> film, int first, int end) {
    this.film = List.copyOf(film);
    this.first = first;
    this.end = end;
    this.gridRows = film.get(0).rows() / GRID;
    this.gridColumns = film.get(0).columns() / GRID;
    this.changedBefore = new int[end - first][gridRows * gridColumns];
    for (int t = first + 1; t < end; t++) {
      int[] before = changedBefore[t - first - 1];
      int[] now = changedBefore[t - first];
      addChanges(film.get(t - 1).bytes(), film.get(t).bytes(), now);
      for (int square = 0; square < now.length; square++) {
        now[square] += before[square];
      }
    }
  }

  private void addChanges(byte[] last, byte[] next, int[] counts) {
    int columns = film.get(0).columns();
    for (int r = 0; r < gridRows * GRID; r++) {
      for (int c = 0; c < gridColumns * GRID; c++) {
        int p = r * columns + c;
        if (Math.abs((next[p] & 0xff) - (last[p] & 0xff)) > LEVELS) {
          counts[r / GRID * gridColumns + c / GRID]++;
        }
      }
    }
  }

  /**
   * The clips of this many frames with enough motion, at least one.
   *
   * @throws IllegalArgumentException when there is none
   */
  synchronized List<Window> ofLength(int frames) {
    if (frames < 1 || frames > end - first) {
      throw new IllegalArgumentException(
          "frames must be 1 to %d, but is %d".formatted(end - first, frames));
    }
    List<Window> windows = byLength.computeIfAbsent(frames, this::moving);
    if (windows.isEmpty()) {
      throw new IllegalArgumentException("no clip of %d frames has motion".formatted(frames));
    }
    return windows;
  }

  private List<Window> moving(int frames) {
    List<Window> windows = new ArrayList<>();
    for (int start = first; start + frames <= end; start += EVERY) {
      for (int row = 0; row + SIDE <= gridRows * GRID; row += GRID) {
        for (int column = 0; column + SIDE <= gridColumns * GRID; column += GRID) {
          Window window = new Window(start, row, column);
          if (motion(window, Math.min(frames, BEGINNING)) > LEAST_MOTION
              && motion(window, frames) > LEAST_MOTION) {
            windows.add(window);
          }
        }
      }
    }
    return List.copyOf(windows);
  }

  /** The share of changed pixels in a clip; of a single frame, in the two around its start. */
  double motion(Window window, int frames) {
    int from = Math.min(window.start - first, end - first - 2);
    int to = Math.max(from + 1, window.start - first + frames - 1);
    long changed = 0;
    for (int r = window.row / GRID; r < (window.row + SIDE) / GRID; r++) {
      for (int c = window.column / GRID; c < (window.column + SIDE) / GRID; c++) {
        int square = r * gridColumns + c;
        changed += changedBefore[to][square] - changedBefore[from][square];
      }
    }
    return changed / ((double) (to - from) * SIDE * SIDE);
  }

  /** Writes a clip, averaged down to {@code side}, in [-1, 1]. */
  void copy(Window window, int frames, int side, boolean turned, float[] values, int start) {
    int block = SIDE / side;
    float scale = 2f / (255 * block * block);
    int columns = film.get(0).columns();
    int at = start;
    for (int t = 0; t < frames; t++) {
      byte[] frame = film.get(window.start + t).bytes();
      for (int r = 0; r < side; r++) {
        for (int c = 0; c < side; c++) {
          int from = turned ? side - 1 - c : c;
          int corner = (window.row + r * block) * columns + window.column + from * block;
          int sum = 0;
          for (int y = 0; y < block; y++) {
            for (int x = 0; x < block; x++) {
              sum += frame[corner + y * columns + x] & 0xff;
            }
          }
          values[at++] = sum * scale - 1;
        }
      }
    }
  }
}

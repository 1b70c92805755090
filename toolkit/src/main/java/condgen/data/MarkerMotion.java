package condgen.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Recorded places of markers on a body, without a skeleton: the {@code .csm} files of Character
 * Studio. A text of sections that begin with {@code $}: the names after {@code $Order}, the rate
 * after {@code $Rate}, and after {@code $Points} one row per frame, its number and then x, y, z of
 * each marker. A marker that was out of sight is the word DROPOUT instead of its three numbers.
 */
public final class MarkerMotion {

  private static final String DROPOUT = "DROPOUT";

  private final List<String> markers;
  private final double rate;
  private final int firstFrame;
  private final double[] places;

  private MarkerMotion(List<String> markers, double rate, int firstFrame, double[] places) {
    this.markers = List.copyOf(markers);
    this.rate = rate;
    this.firstFrame = firstFrame;
    this.places = places;
  }

  /**
   * Reads a recording. The rows are counted; what the header says of them is not used.
   *
   * @throws DamagedDataException if it is no such file, a row has too few or too many numbers, or
   *     the frames are not numbered through; the message names the line
   * @throws IOException if it cannot be opened
   */
  public static MarkerMotion read(Path file) throws IOException {
    try (TextLines text = TextLines.open(file)) {
      List<String> markers = new ArrayList<>();
      double rate = 0;
      String section = "";
      for (String[] row = text.row(); row != null; row = text.row()) {
        boolean opens = row[0].startsWith("$");
        section = opens ? row[0].toLowerCase(Locale.ROOT) : section;
        if (section.equals("$points")) {
          requireHeader(text, markers, rate);
          return rows(text, opens ? text.row() : row, markers, rate);
        }
        if (section.equals("$order")) {
          markers.addAll(Arrays.asList(row).subList(opens ? 1 : 0, row.length));
        } else if (section.equals("$rate") && row.length > (opens ? 1 : 0)) {
          rate = text.number(row[opens ? 1 : 0]);
        }
      }
      throw text.damaged("$Points before the end");
    }
  }

  private static void requireHeader(TextLines text, List<String> markers, double rate)
      throws DamagedDataException {
    if (markers.isEmpty()) {
      throw text.damaged("names of markers ($Order) before $Points");
    }
    if (!(rate > 0)) {
      throw text.damaged("a positive $Rate before $Points");
    }
  }

  private static MarkerMotion rows(
      TextLines text, String[] first, List<String> markers, double rate) throws IOException {
    DoubleRows places = new DoubleRows();
    int start = first == null ? 0 : text.count(first[0]);
    int frame = start;
    for (String[] row = first; row != null; row = text.row()) {
      if (text.count(row[0]) != frame) {
        throw text.damaged("frame " + frame + ", but has " + row[0]);
      }
      places(text, row, markers.size(), places);
      frame++;
    }
    if (frame == start) {
      throw text.damaged("rows of markers after $Points, but has none");
    }
    return new MarkerMotion(markers, rate, start, places.toArray());
  }

  private static void places(TextLines text, String[] row, int markers, DoubleRows places)
      throws DamagedDataException {
    int at = 1;
    for (int i = 0; i < markers; i++) {
      boolean seen = at >= row.length || !row[at].equalsIgnoreCase(DROPOUT);
      if (at + (seen ? 3 : 1) > row.length) {
        throw text.damaged(markers + " markers of x, y, z, but has only " + i);
      }
      for (int axis = 0; axis < 3; axis++) {
        places.add(seen ? text.number(row[at + axis]) : Double.NaN, text);
      }
      at += seen ? 3 : 1;
    }
    if (at != row.length) {
      throw text.damaged(markers + " markers of x, y, z, but has " + (row.length - at) + " more");
    }
  }

  /** Names of the markers in the order of the columns. */
  public List<String> markers() {
    return markers;
  }

  /** Frames a second. */
  public double rate() {
    return rate;
  }

  /** The number that the file gives to its first frame. */
  public int firstFrame() {
    return firstFrame;
  }

  /** How many frames there are, counted. */
  public int frames() {
    return places.length / (3 * markers.size());
  }

  /**
   * A copy of the places of all markers at one frame: x, y, z of each, in millimetres, NaN where it
   * was out of sight.
   *
   * @param index 0 to {@code frames() - 1}
   */
  public double[] frame(int index) {
    if (index < 0 || index >= frames()) {
      throw new IllegalArgumentException(
          "frame must be 0 to %d, but is %d".formatted(frames() - 1, index));
    }
    int width = 3 * markers.size();
    return Arrays.copyOfRange(places, index * width, (index + 1) * width);
  }

  @Override
  public String toString() {
    return "%d frames of %d markers at %s Hz".formatted(frames(), markers.size(), rate);
  }
}

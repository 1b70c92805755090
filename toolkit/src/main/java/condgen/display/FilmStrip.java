package condgen.display;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/**
 * How images change: a column for each step, a row for each image. Made by {@link
 * Images#filmStrip}. Values are read when a step is added, so the array may be closed afterwards.
 */
public final class FilmStrip extends ImageChart<FilmStrip> {
  private final LabelledBatches steps = new LabelledBatches("step");
  private final ImageMarks marks = new ImageMarks("step");
  private List<String> rowLabels = List.of();

  FilmStrip(String title) {
    super(title);
  }

  /**
   * Adds a column of images (N, C, H, W) under a label such as "t = 300".
   *
   * @throws IllegalArgumentException if the shape differs from the steps before
   */
  public FilmStrip step(String label, NDArray images) {
    return add(label, Images.pixels(images));
  }

  /** Adds a column of images given as numbers, with their shape. */
  public FilmStrip step(String label, float[] values, long... shape) {
    return add(label, Pixels.of(values, shape));
  }

  private FilmStrip add(String label, Pixels pixels) {
    steps.add(label, pixels);
    noted(pixels);
    return this;
  }

  /** Prints a text at the left of each row. */
  public FilmStrip rowCaptions(String... texts) {
    rowLabels = List.of(texts);
    return this;
  }

  /**
   * Adds all frames of videos (N, T, C, H, W) as columns, labelled with their numbers.
   *
   * @param first number of the first frame
   */
  public FilmStrip video(int first, NDArray videos) {
    long frames = videos.getShape().get(1);
    for (int t = 0; t < frames; t++) {
      try (NDArray images = videos.get(":, " + t)) {
        step(String.valueOf(first + t), images);
      }
    }
    return this;
  }

  /**
   * Frames some images of a row in a colour, which a legend explains; equal names share it.
   *
   * @param name what the frame stands for, such as "past" or "predicted"
   * @param row which row, from 0
   * @param from first step, from 0
   * @param to the step after the last
   */
  public FilmStrip mark(String name, int row, int from, int to) {
    marks.add(name, row, from, to);
    return this;
  }

  /** How many steps were added. */
  public int size() {
    return steps.size();
  }

  @Override
  public Picture picture() {
    if (steps.size() == 0) {
      throw new IllegalStateException(
          "Film strip '" + title + "' has no steps; add one with .step");
    }
    int count = steps.get(0).count();
    if (!rowLabels.isEmpty() && rowLabels.size() != count) {
      throw new IllegalArgumentException(
          "rowCaptions must be as many as the images of a step (%d), but are %d"
              .formatted(count, rowLabels.size()));
    }
    marks.requireWithin(count, steps.size());
    List<List<ImageSheet.Cell>> rows = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      List<ImageSheet.Cell> row = new ArrayList<>();
      for (int s = 0; s < steps.size(); s++) {
        row.add(new ImageSheet.Cell(steps.get(s).image(r, low, high), "", marks.of(r, s)));
      }
      rows.add(row);
    }
    ImageSheet sheet =
        new ImageSheet(title, steps.labels(), rowLabels, rows, Theme.DENSITY, marks.names());
    String description =
        "Film strip of %s with %s each, %s."
            .formatted(
                Numbers.plural(steps.size(), "step", "steps"),
                Numbers.plural(count, "image", "images"),
                steps.ends());
    return picture(sheet, description + marks.words());
  }

  @Override
  FilmStrip self() {
    return this;
  }
}

package condgen.display;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * How images change: a column for each step, a row for each image. Made by {@link
 * Images#filmStrip}. Values are read when a step is added, so the array may be closed afterwards.
 */
public final class FilmStrip extends ImageChart<FilmStrip> {
  private final List<String> labels = new ArrayList<>();
  private final List<Pixels> steps = new ArrayList<>();
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
    Require.text(label, "label");
    Pixels first = steps.isEmpty() ? pixels : steps.get(0);
    if (first.count() != pixels.count()
        || first.width() != pixels.width()
        || first.height() != pixels.height()) {
      throw new IllegalArgumentException(
          "images of step '%s' must be %d of %d by %d pixels like the first, but are %d of %d by %d"
              .formatted(
                  label,
                  first.count(),
                  first.width(),
                  first.height(),
                  pixels.count(),
                  pixels.width(),
                  pixels.height()));
    }
    labels.add(label);
    steps.add(counted(pixels));
    return this;
  }

  /** Prints a text at the left of each row. */
  public FilmStrip rowCaptions(String... texts) {
    rowLabels = List.of(texts);
    return this;
  }

  /** How many steps were added. */
  public int size() {
    return steps.size();
  }

  @Override
  public Picture picture() {
    if (steps.isEmpty()) {
      throw new IllegalStateException(
          "Film strip '" + title + "' has no steps; add one with .step");
    }
    int count = steps.get(0).count();
    if (!rowLabels.isEmpty() && rowLabels.size() != count) {
      throw new IllegalArgumentException(
          "rowCaptions must be as many as the images of a step (%d), but are %d"
              .formatted(count, rowLabels.size()));
    }
    List<List<ImageSheet.Cell>> rows = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      List<ImageSheet.Cell> row = new ArrayList<>();
      for (Pixels step : steps) {
        row.add(new ImageSheet.Cell(step.image(r, low, high), ""));
      }
      rows.add(row);
    }
    ImageSheet sheet = new ImageSheet(title, labels, rowLabels, rows, Theme.DENSITY);
    BufferedImage image = sheet.draw(scale > 0 ? scale : sheet.automaticScale(), captionText());
    String description =
        "Film strip of %s with %s each, from %s to %s."
            .formatted(
                Numbers.plural(steps.size(), "step", "steps"),
                Numbers.plural(count, "image", "images"),
                labels.get(0),
                labels.get(labels.size() - 1));
    return Picture.ofPng(
        Png.ofImages(image),
        image.getWidth() / Theme.DENSITY,
        image.getHeight() / Theme.DENSITY,
        altText(description));
  }

  @Override
  FilmStrip self() {
    return this;
  }
}

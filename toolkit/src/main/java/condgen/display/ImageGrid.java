package condgen.display;

import java.util.ArrayList;
import java.util.List;

/** The images of a batch side by side. Made by {@link Images#grid}. */
public final class ImageGrid extends ImageChart<ImageGrid> {
  private final Pixels pixels;
  private int columns;
  private List<String> captions = List.of();
  private List<String> rowLabels = List.of();

  ImageGrid(String title, Pixels pixels) {
    super(title);
    this.pixels = noted(pixels);
    columns = Math.min(8, pixels.count());
  }

  /** Sets how many images stand in a row; 8 unless set. */
  public ImageGrid columns(int count) {
    columns = Require.positive(count, "count");
    return this;
  }

  /**
   * Prints a text under each image.
   *
   * @throws IllegalArgumentException if there are not as many texts as images
   */
  public ImageGrid captions(String... texts) {
    if (texts.length != pixels.count()) {
      throw new IllegalArgumentException(
          "texts must be as many as the images (%d), but are %d"
              .formatted(pixels.count(), texts.length));
    }
    captions = List.of(texts);
    return this;
  }

  /** Prints a text at the left of each row. */
  public ImageGrid rowCaptions(String... texts) {
    rowLabels = List.of(texts);
    return this;
  }

  @Override
  public Picture picture() {
    int count = pixels.count();
    int rowCount = (count + columns - 1) / columns;
    if (!rowLabels.isEmpty() && rowLabels.size() != rowCount) {
      throw new IllegalArgumentException(
          "rowCaptions must be as many as the rows (%d), but are %d"
              .formatted(rowCount, rowLabels.size()));
    }
    List<List<ImageSheet.Cell>> rows = new ArrayList<>();
    for (int r = 0; r < rowCount; r++) {
      List<ImageSheet.Cell> row = new ArrayList<>();
      for (int i = r * columns; i < Math.min(count, (r + 1) * columns); i++) {
        String text = captions.isEmpty() ? "" : captions.get(i);
        row.add(new ImageSheet.Cell(pixels.image(i, low, high), text));
      }
      rows.add(row);
    }
    ImageSheet sheet = new ImageSheet(title, List.of(), rowLabels, rows, Theme.DENSITY);
    String description =
        "%s of %d by %d pixels in %s of up to %d%s."
            .formatted(
                Numbers.plural(count, "image", "images"),
                pixels.width(),
                pixels.height(),
                Numbers.plural(rowCount, "row", "rows"),
                columns,
                captions.isEmpty() ? "" : ", labelled " + String.join(", ", captions));
    return picture(sheet, description);
  }

  @Override
  ImageGrid self() {
    return this;
  }
}

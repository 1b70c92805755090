package condgen.download;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes CIFAR-10's binary records, 1 label byte, then 1,024 bytes each of red, green and blue,
 * from a PNG that holds one image in each row, pixel after pixel, and a JSON array of labels.
 */
final class CifarRecords {
  /** The bytes of a record. */
  static final int LENGTH = 1 + 3 * 32 * 32;

  private static final int PIXELS = 32 * 32;
  private static final int CLASSES = 10;
  private static final Gson GSON = new Gson();

  private CifarRecords() {}

  /**
   * @param picture a PNG of 1,024 x {@code count} pixels, 8-bit red, green and blue
   * @param labels a JSON array of integers 0 to 9
   * @param first the number of the label of the first image
   * @param count the number of images
   * @param to where the records go; replaced
   * @throws FetchException when picture or labels are not that
   */
  static void write(Path picture, Path labels, int first, int count, Path to) throws IOException {
    byte[] classes = labels(labels, first, count);
    RgbPng image = RgbPng.read(picture, PIXELS, count);
    byte[] record = new byte[LENGTH];
    int[] row = new int[PIXELS];
    try (OutputStream out = Copy.open(to)) {
      for (int i = 0; i < count; i++) {
        image.row(i, row);
        record[0] = classes[i];
        for (int p = 0; p < PIXELS; p++) {
          record[1 + p] = (byte) (row[p] >> 16);
          record[1 + PIXELS + p] = (byte) (row[p] >> 8);
          record[1 + 2 * PIXELS + p] = (byte) row[p];
        }
        Copy.write(out, record, LENGTH, to);
      }
    }
  }

  /** The labels of the images, as bytes. */
  private static byte[] labels(Path file, int first, int count) throws IOException {
    int[] all;
    try (Reader in = Files.newBufferedReader(file)) {
      all = GSON.fromJson(in, int[].class);
    } catch (JsonParseException | IllegalArgumentException | IOException e) {
      throw new FetchException(
          file.getFileName() + ": expected a JSON array of integers: " + e.getMessage(), e);
    }
    int found = all == null ? 0 : all.length;
    if (first < 0 || count < 0 || found - first < count) {
      throw new FetchException(
          String.format(
              "%s: expected labels %,d to %,d, found %,d labels",
              file.getFileName(), first, first + count - 1, found));
    }
    byte[] classes = new byte[count];
    for (int i = 0; i < count; i++) {
      int label = all[first + i];
      if (label < 0 || label >= CLASSES) {
        throw new FetchException(
            String.format(
                "%s: expected labels 0 to %d, found %d at number %,d",
                file.getFileName(), CLASSES - 1, label, first + i));
      }
      classes[i] = (byte) label;
    }
    return classes;
  }
}

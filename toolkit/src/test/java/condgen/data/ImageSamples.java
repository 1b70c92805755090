package condgen.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Small files of picture data sets. Pillow 9.4.0, NumPy 1.24.2, SciPy 1.10.1 and Python's zipfile
 * and tarfile wrote them; their pictures are waves and noise, so that nothing of a data set is
 * passed on.
 */
final class ImageSamples {
  private ImageSamples() {}

  static Path file(String name) {
    return Path.of("src", "test", "resources", "data", "images", name);
  }

  static Map<String, StoredArray> arrays(String name) throws IOException {
    return Npz.read(file(name));
  }

  /** What an array of (channels, rows, columns) shows. */
  static PixelImage picture(StoredArray array) {
    int[] sizes = Arrays.stream(array.shape().getShape()).mapToInt(n -> (int) n).toArray();
    return PixelImage.of(sizes[0], sizes[1], sizes[2], array.bytes());
  }
}

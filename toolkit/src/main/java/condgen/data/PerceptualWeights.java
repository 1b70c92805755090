package condgen.data;

import condgen.download.DataCache;
import condgen.download.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The two weight files of LPIPS: the convolutions of AlexNet as torchvision published them, and one
 * learned number for each of their channels, version 0.1. Fetch them with {@code
 * data-downloaders/fetch alexnet lpips}.
 *
 * <p>Of the first file only the beginning of the SHA-256 is published, in its name; it is compared.
 */
public final class PerceptualWeights {

  private static final String FEATURES = "features.";

  private PerceptualWeights() {}

  /**
   * AlexNet's convolutions, {@code features.0.weight} to {@code features.10.bias}.
   *
   * @throws condgen.download.MissingDataException when the file was not fetched
   * @throws DamagedDataException when it is not the published one
   */
  public static Map<String, StoredArray> alexnet() throws IOException {
    return alexnet(file(DataCache.standard(), "alexnet"));
  }

  /** Those in some file, without the layers that classify. */
  static Map<String, StoredArray> alexnet(Path file) throws IOException {
    Map<String, StoredArray> features = new LinkedHashMap<>();
    TorchCheckpoint.read(file)
        .model()
        .forEach(
            (key, array) -> {
              if (key.startsWith(FEATURES)) {
                features.put(key, array);
              }
            });
    return features;
  }

  /**
   * The channels' numbers, {@code lin0.model.1.weight} to {@code lin4.model.1.weight}.
   *
   * @throws condgen.download.MissingDataException when the file was not fetched
   * @throws DamagedDataException when it is not the published one
   */
  public static Map<String, StoredArray> linear() throws IOException {
    return TorchCheckpoint.read(file(DataCache.standard(), "lpips")).model();
  }

  static Path file(DataCache cache, String set) throws IOException {
    return InceptionWeights.verified(cache, Manifest.standard().get(set));
  }
}

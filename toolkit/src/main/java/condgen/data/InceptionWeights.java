package condgen.data;

import condgen.download.DataCache;
import condgen.download.DataFile;
import condgen.download.DataSet;
import condgen.download.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file of the network whose features the FID compares: InceptionV3 as TorchScript. A
 * TorchScript file is a program, so its path is given away only after its length and SHA-256 were
 * compared with the published ones. Fetch it with {@code data-downloaders/fetch inception-fid}.
 */
public final class InceptionWeights {
  private static final String DATA_SET = "inception-fid";

  private InceptionWeights() {}

  /**
   * The verified file in the user's cache.
   *
   * @throws condgen.download.MissingDataException when it was not fetched
   * @throws DamagedDataException when its length or its hash is not the published one
   */
  public static Path file() throws IOException {
    return file(DataCache.standard());
  }

  /** The verified file in another cache; see {@link #file()}. */
  public static Path file(DataCache cache) throws IOException {
    return verified(cache, Manifest.standard().get(DATA_SET));
  }

  /** The published SHA-256 of the file, which whoever loads it must compare once more. */
  public static String sha256() {
    return Manifest.standard().get(DATA_SET).files().get(0).content().sha256();
  }

  /** The only file of a data set, after it was compared with the manifest. */
  static Path verified(DataCache cache, DataSet set) throws IOException {
    DataFile expected = set.files().get(0);
    Path file = cache.require(set.id(), expected.name());
    try {
      Optional<String> difference = expected.differenceFrom(file);
      if (difference.isPresent()) {
        throw new DamagedDataException(
            String.format(
                "%s: %s. Fetch it again with: data-downloaders/fetch %s",
                file, difference.get(), set.id()));
      }
      return file;
    } catch (DamagedDataException e) {
      throw e;
    } catch (IOException e) {
      throw new DamagedDataException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}

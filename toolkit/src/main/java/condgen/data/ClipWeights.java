package condgen.data;

import condgen.download.DataCache;
import condgen.download.DataSet;
import condgen.download.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file of the network whose features FVD compares: I3D as TorchScript. As for {@link
 * InceptionWeights} its path is given away only after its length and SHA-256 were compared with the
 * published ones. Fetch it with {@code data-downloaders/fetch i3d-fvd}.
 */
public final class ClipWeights {
  private static final String DATA_SET = "i3d-fvd";

  private ClipWeights() {}

  private static DataSet set() {
    return Manifest.standard().get(DATA_SET);
  }

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
    return InceptionWeights.verified(cache, set());
  }

  /** True when there is a file of that name in the user's cache; it is not looked into. */
  public static boolean isPresent() {
    return isPresent(DataCache.standard());
  }

  /** True when there is a file of that name in another cache. */
  public static boolean isPresent(DataCache cache) {
    return Files.isRegularFile(cache.directory(DATA_SET).resolve(set().files().get(0).name()));
  }

  /** The published SHA-256 of the file, which whoever loads it must compare once more. */
  public static String sha256() {
    return set().files().get(0).content().sha256();
  }
}

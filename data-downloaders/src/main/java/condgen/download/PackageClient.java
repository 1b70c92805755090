package condgen.download;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A program of the system that fetches packages by name and version from its own registry. */
interface PackageClient {
  /** Its name in the manifest. */
  String name();

  /** What must be installed before it can be used; empty when all is there. */
  Optional<String> missing();

  /**
   * Fetches a package without installing it or running its scripts.
   *
   * @param into an empty directory
   * @return a tar archive, plain or gzipped, with the files of the package
   * @throws FetchException with the program's own words when it fails
   */
  Path download(PackageEntry entry, Path into) throws IOException, InterruptedException;
}

package condgen.download;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that chooses where data sets lie. */
final class Place {
  @Option(
      names = "--dir",
      paramLabel = "D",
      description =
          "work in directory D instead of the cache. D gets the layout of the cache,"
              + " D/DATA-SET/FILE (for instance D/mnist/train-images-idx3-ubyte), so"
              + " CONDGEN_DATA=D makes everything read from it.")
  private Path directory;

  DataCache cache() {
    return directory == null ? DataCache.standard() : DataCache.at(directory);
  }
}

package condgen.download;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where data sets lie: {@code ROOT/DATA-SET/FILE}, for instance {@code
 * ~/.cache/condgen/mnist/train-images-idx3-ubyte}. Asking never downloads anything.
 */
public final class DataCache {
  private static final String VARIABLE = "CONDGEN_DATA";

  private final Path root;

  private DataCache(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /**
   * The cache named by the environment variable {@code CONDGEN_DATA}, or else {@code condgen} in
   * the user's cache directory: {@code XDG_CACHE_HOME} or {@code ~/.cache} on Linux, {@code
   * ~/Library/Caches} on macOS, {@code LOCALAPPDATA} on Windows.
   */
  public static DataCache standard() {
    return from(
        System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
  }

  /** A cache in a directory of choice, which need not exist yet. */
  public static DataCache at(Path root) {
    return new DataCache(root);
  }

  static DataCache from(Map<String, String> environment, String os, Path home) {
    Optional<Path> chosen = value(environment, VARIABLE);
    return new DataCache(
        chosen.orElseGet(() -> userCache(environment, os, home).resolve("condgen")));
  }

  private static Path userCache(Map<String, String> environment, String os, Path home) {
    String system = os.toLowerCase(Locale.ROOT);
    if (system.startsWith("windows")) {
      return value(environment, "LOCALAPPDATA").orElse(home.resolve("AppData").resolve("Local"));
    }
    if (system.startsWith("mac")) {
      return home.resolve("Library").resolve("Caches");
    }
    return value(environment, "XDG_CACHE_HOME")
        .filter(Path::isAbsolute)
        .orElse(home.resolve(".cache"));
  }

  private static Optional<Path> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(s -> !s.isBlank()).map(Path::of);
  }

  /** The directory that holds one directory per data set. */
  public Path root() {
    return root;
  }

  /**
   * The directory of one data set, which need not exist.
   *
   * @param dataSet the name of the data set, such as {@code mnist}
   * @throws IllegalArgumentException when the name is not a plain directory name
   */
  public Path directory(String dataSet) {
    return inside(root, dataSet, "dataSet");
  }

  /**
   * The path of a file of a data set, or of its gzipped form (the same name and {@code .gz}) when
   * only that is there.
   *
   * @param dataSet the name of the data set, such as {@code mnist}
   * @param file the name of the file, such as {@code train-images-idx3-ubyte}
   * @return the path of an existing file; its content is not checked here
   * @throws MissingDataException when neither is there; the message says how to fetch it
   * @throws IllegalArgumentException when a name is not a plain file name
   */
  public Path require(String dataSet, String file) {
    Path plain = inside(directory(dataSet), file, "file");
    if (Files.isRegularFile(plain)) {
      return plain;
    }
    Path zipped = plain.resolveSibling(file + ".gz");
    if (Files.isRegularFile(zipped)) {
      return zipped;
    }
    throw new MissingDataException(
        "file "
            + file
            + " of data set "
            + dataSet
            + " is missing: looked for "
            + plain
            + " and "
            + zipped.getFileName()
            + " beside it (the cache is chosen by "
            + VARIABLE
            + "). "
            + FetchAdvice.of(this, dataSet, f -> f.name().equals(file)));
  }

  /**
   * The directory that became of an archive of a data set, such as {@code kth/walking}.
   *
   * @param dataSet the name of the data set, such as {@code kth}
   * @param name the name of the directory in the manifest, such as {@code walking}
   * @return the path of an existing directory, which appeared only when all in it was right; its
   *     content is not checked here
   * @throws MissingDataException when it is not there; the message says how to fetch it
   * @throws IllegalArgumentException when a name is not a plain file name
   */
  public Path requireDirectory(String dataSet, String name) {
    Path path = inside(directory(dataSet), name, "name");
    if (Files.isDirectory(path)) {
      return path;
    }
    throw new MissingDataException(
        "directory "
            + name
            + " of data set "
            + dataSet
            + " is missing: looked for "
            + path
            + " (the cache is chosen by "
            + VARIABLE
            + "). "
            + FetchAdvice.of(
                this, dataSet, f -> f.becomesDirectory() && f.archive().directory().equals(name)));
  }

  private static Path inside(Path directory, String name, String argument) {
    if (name == null || name.isBlank() || name.startsWith(".") || name.matches(".*[/\\\\:].*")) {
      throw new IllegalArgumentException(
          argument + " must be a plain name without separators, but is '" + name + "'");
    }
    return directory.resolve(name);
  }

  @Override
  public String toString() {
    return root.toString();
  }
}

package condgen.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory beside the files of a data set that holds a package or archive taken apart. */
record Workplace(Path path) {
  private static final String PACKAGE = "package.part";
  private static final String ARCHIVE = "archive.part";

  /** Where packages are taken apart. */
  static Workplace forPackage(Path directory) {
    return new Workplace(directory.resolve(PACKAGE));
  }

  /** Where archives from the web are taken apart. */
  static Workplace forArchive(Path directory) {
    return new Workplace(directory.resolve(ARCHIVE));
  }

  /** Removes what a fetch left in a directory, also one that was killed. */
  static void clearUp(Path directory) throws IOException {
    forPackage(directory).clear();
    forArchive(directory).clear();
  }

  /** Makes and returns an empty directory below this one. */
  Path create(String name) throws StorageException {
    try {
      return Files.createDirectories(path.resolve(name));
    } catch (IOException e) {
      throw new StorageException("cannot create " + path.resolve(name) + ": " + e, e);
    }
  }

  /** Removes the directory and all that is in it. */
  void clear() throws IOException {
    clear(path);
  }

  static void clear(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

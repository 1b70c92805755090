package condgen.kernel;

import io.github.spencerpark.jupyter.kernel.util.GlobFinder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds the jars and directories that cells can use. */
final class ClassPaths {
  /** Names the directory whose jars all cells can use. */
  static final String TOOLKIT = "condgen.toolkit";

  private ClassPaths() {}

  /**
   * The jars in the directory {@code toolkit}, then what the globs of {@code IJAVA_CLASSPATH}
   * match. Empty when neither is set: cells then use the class path of the process.
   *
   * @throws IOException if the directory cannot be read or is not there
   */
  static List<Path> ofCells(String toolkit, Map<String, String> environment) throws IOException {
    List<Path> entries = new ArrayList<>();
    if (toolkit != null && !toolkit.isBlank()) {
      Path directory = Path.of(toolkit);
      if (!Files.isDirectory(directory)) {
        throw new IOException(
            "-D" + TOOLKIT + " names a directory that is not there: " + directory.toAbsolutePath());
      }
      try (Stream<Path> files = Files.list(directory)) {
        files.filter(f -> f.toString().endsWith(".jar")).sorted().forEach(entries::add);
      }
    }
    for (String glob : list(environment.get("IJAVA_CLASSPATH"))) {
      matches(glob).stream().filter(p -> !entries.contains(p)).forEach(entries::add);
    }
    return entries;
  }

  /** The parts of a list that is separated as a class path is; empty for null. */
  static List<String> list(String text) {
    return text == null
        ? List.of()
        : Stream.of(text.split(File.pathSeparator)).filter(part -> !part.isBlank()).toList();
  }

  /** The files and directories that {@code glob} matches, sorted; {@code *} and {@code ?} count. */
  static List<Path> matches(String glob) throws IOException {
    String slashes = File.separatorChar == '\\' ? glob.replace('\\', '/') : glob;
    if (slashes.endsWith("/") && slashes.length() > 1) {
      slashes = slashes.substring(0, slashes.length() - 1);
    }
    List<Path> found = new ArrayList<>();
    try {
      for (Path path : new GlobFinder(slashes).computeMatchingPaths()) {
        found.add(path.toAbsolutePath().normalize());
      }
    } catch (java.nio.file.NoSuchFileException | java.nio.file.NotDirectoryException e) {
      return List.of();
    }
    found.sort(null);
    return found;
  }
}

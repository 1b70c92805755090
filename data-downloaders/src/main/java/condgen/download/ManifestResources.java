package condgen.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The entries of this project, wherever its resources lie: every JSON file beside {@code
 * mnist.json}, in a directory or in a jar. There is no list of them to keep.
 */
final class ManifestResources {
  private static final String SUFFIX = ".json";
  private static final String ONE = "mnist" + SUFFIX;

  private ManifestResources() {}

  /** The names of the resources, in no order. */
  static List<String> names() {
    return names(ManifestResources.class.getResource(ONE));
  }

  /** The names of all JSON resources in the directory of one of them. */
  static List<String> names(URL one) {
    if (one == null) {
      throw new IllegalStateException("resource " + ONE + " of the manifest is missing");
    }
    try {
      return one.openConnection() instanceof JarURLConnection connection
          ? inJar(connection)
          : inDirectory(Path.of(one.toURI()).getParent());
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("cannot list the manifest's resources at " + one, e);
    }
  }

  private static List<String> inDirectory(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).filter(n -> n.endsWith(SUFFIX)).toList();
    }
  }

  private static List<String> inJar(JarURLConnection connection) throws IOException {
    String one = connection.getEntryName();
    String directory = one.substring(0, one.lastIndexOf('/') + 1);
    connection.setUseCaches(false); // Closing this jar closes it for nobody else.
    try (JarFile jar = connection.getJarFile()) {
      return jar.stream()
          .map(e -> e.getName())
          .filter(n -> n.startsWith(directory) && n.endsWith(SUFFIX))
          .map(n -> n.substring(directory.length()))
          .filter(n -> n.indexOf('/') < 0)
          .toList();
    }
  }

  /** The text of a resource. */
  static String text(String name) {
    try (InputStream in = ManifestResources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " of the manifest is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the manifest resource " + name, e);
    }
  }
}

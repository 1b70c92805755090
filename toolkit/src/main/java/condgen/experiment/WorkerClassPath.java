package condgen.experiment;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The class path with which another process can load what this one has: that of the process, or, in
 * a notebook, that of the loader into which a Java kernel put the jars.
 */
final class WorkerClassPath {

  private WorkerClassPath() {}

  /**
   * The class path of a class and all that it uses, nearest loader first.
   *
   * @throws IllegalArgumentException if the class lies in no file, as one made in a cell does
   */
  static String of(Class<?> type) {
    Set<String> entries = new LinkedHashSet<>();
    entries.add(origin(type));
    entries.add(origin(WorkerClassPath.class));
    addLoaders(WorkerClassPath.class.getClassLoader(), entries);
    addLoaders(type.getClassLoader(), entries);
    return String.join(File.pathSeparator, entries);
  }

  private static void addLoaders(ClassLoader first, Set<String> entries) {
    for (ClassLoader at = first; at != null; at = at.getParent()) {
      if (at instanceof URLClassLoader loader) {
        for (URL url : loader.getURLs()) {
          if (url.getProtocol().equals("file")) {
            entries.add(path(url));
          }
        }
      } else if (at == ClassLoader.getSystemClassLoader()) {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
          entries.add(new File(entry).getAbsolutePath());
        }
      }
    }
  }

  private static String origin(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    if (location == null || !location.getProtocol().equals("file")) {
      throw new IllegalArgumentException(
          type.getSimpleName()
              + " must lie in a jar or directory for other processes to load it, but was made in"
              + " this one: run it here, without workers");
    }
    return path(location);
  }

  private static String path(URL url) {
    try {
      URI uri = url.toURI();
      return Path.of(uri).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no file: " + url, e);
    }
  }
}

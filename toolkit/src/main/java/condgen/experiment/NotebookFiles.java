package condgen.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what lies beside a notebook. A kernel's process starts in the notebook's directory; a
 * runner without Jupyter names the directory by the system property {@value #DIRECTORY}.
 */
public final class NotebookFiles {

  /** The system property that names the directory of the notebook. */
  public static final String DIRECTORY = "condgen.notebook.directory";

  private NotebookFiles() {}

  /**
   * The file or directory, relative to the notebook of this process.
   *
   * @param relative such as {@code checkpoints/a.safetensors}
   * @throws IllegalArgumentException if it is nowhere
   */
  public static Path find(String relative) {
    return find(relative, System.getProperty(DIRECTORY), Path.of(""));
  }

  /**
   * The file, relative to the notebook; a process that started elsewhere in the project finds it,
   * too.
   *
   * @param relative such as {@code checkpoints/a.safetensors}
   * @param named what the system property names, or null
   * @param start the process's directory
   * @throws IllegalArgumentException if it is nowhere
   */
  static Path find(String relative, String named, Path start) {
    List<Path> places = new ArrayList<>();
    if (named != null) {
      places.add(Path.of(named));
    }
    for (Path at = start.toAbsolutePath(); at != null; at = at.getParent()) {
      places.add(at);
      places.add(at.resolve("notebooks"));
    }
    for (Path place : places) {
      if (Files.exists(place.resolve(relative))) {
        return place.resolve(relative);
      }
    }
    throw new IllegalArgumentException(
        "the notebook needs the file "
            + relative
            + ", which must lie beside it; open the notebook in its own directory");
  }
}

package condgen.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookFilesTest {
  @Test
  void aShippedFileIsFoundFromTheDirectoryThatIsNamedAndFromAnyInTheProject(@TempDir Path root)
      throws IOException {
    Path file = root.resolve("notebooks/checkpoints/a.safetensors");
    Path elsewhere = Files.createDirectories(root.resolve("toolkit/target"));
    Files.createDirectories(file.getParent());
    Files.createFile(file);
    String relative = "checkpoints/a.safetensors";
    String named = root.resolve("notebooks").toString();
    assertEquals(file, NotebookFiles.find(relative, named, Path.of("").toAbsolutePath()));
    assertEquals(file, NotebookFiles.find(relative, null, file.getParent().getParent()));
    assertEquals(file, NotebookFiles.find(relative, null, root));
    assertEquals(file, NotebookFiles.find(relative, null, elsewhere));
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> NotebookFiles.find("checkpoints/none.safetensors", named, elsewhere));
    assertTrue(e.getMessage().contains("checkpoints/none.safetensors"), e.getMessage());
  }
}

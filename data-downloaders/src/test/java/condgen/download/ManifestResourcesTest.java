package condgen.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestResourcesTest {
  @TempDir Path directory;

  @Test
  void inAJar_allEntriesOfTheDirectoryAndNoOthers() throws Exception {
    Path jar = directory.resolve("some library.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (String name :
          List.of("x/mnist.json", "x/mine.json", "x/A.class", "x/deep/no.json", "no.json")) {
        out.putNextEntry(new JarEntry(name));
        out.closeEntry();
      }
    }
    URL one = URI.create("jar:" + jar.toUri() + "!/x/mnist.json").toURL();
    assertEquals(
        List.of("mine.json", "mnist.json"),
        ManifestResources.names(one).stream().sorted().toList());
    Files.delete(jar); // The jar is closed again.
  }

  @Test
  void inADirectory_aNewFileIsFoundByItself() throws Exception {
    Path sets = Files.createDirectories(directory.resolve("some sets"));
    for (String name : List.of("mnist.json", "mine.json", "note.txt")) {
      Files.writeString(sets.resolve(name), "{}");
    }
    assertEquals(
        List.of("mine.json", "mnist.json"),
        ManifestResources.names(sets.resolve("mnist.json").toUri().toURL()).stream()
            .sorted()
            .toList());
  }

  @Test
  void standard_hasEverySourceFile() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/condgen/download"))) {
      List<String> names = files.map(f -> f.getFileName().toString()).sorted().toList();
      assertEquals(names, ManifestResources.names().stream().sorted().toList());
      TreeSet<String> ids = new TreeSet<>();
      Manifest.standard().ids().forEach(id -> ids.add(id + ".json"));
      assertEquals(names, List.copyOf(ids), "each file is named by its id");
    }
  }

  @Test
  void withoutTheResources_thisIsSaid() {
    assertThrows(IllegalStateException.class, () -> ManifestResources.names(null));
    assertThrows(IllegalStateException.class, () -> ManifestResources.text("no.json"));
  }
}

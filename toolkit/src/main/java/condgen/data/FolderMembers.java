package condgen.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files in a folder and in those in it. */
record FolderMembers(Path place, List<String> names) implements Members {

  static FolderMembers open(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return new FolderMembers(
          folder,
          all.filter(Files::isRegularFile)
              .map(file -> folder.relativize(file).toString().replace('\\', '/'))
              .sorted()
              .toList());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public byte[] read(int i) throws IOException {
    Path file = place.resolve(names.get(i));
    if (Files.size(file) > LONGEST) {
      throw new DamagedDataException(
          "%s must have at most %,d bytes, but has %,d".formatted(file, LONGEST, Files.size(file)));
    }
    return Files.readAllBytes(file);
  }

  @Override
  public void close() {}
}

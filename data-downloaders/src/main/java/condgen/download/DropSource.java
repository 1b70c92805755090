package condgen.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Files that a person obtained: in {@code SET/drop} in the cache, or in a directory named on the
 * command line. They are linked or copied, and stay where they are.
 */
final class DropSource implements Source {
  static final String NAME = "drop";

  private final DataCache cache;
  private final Path from;

  /**
   * @param from the directory on the command line; null for none
   */
  DropSource(DataCache cache, Path from) {
    this.cache = cache;
    this.from = from;
  }

  @Override
  public String name() {
    return "what you put there yourself";
  }

  @Override
  public boolean serves(Gate gate) {
    return true;
  }

  @Override
  public String obtain(DataSet set, DataFile file, Path part) throws IOException {
    List<Path> looked = new ArrayList<>();
    for (Path directory : directories(set)) {
      Path plain = directory.resolve(file.name());
      looked.add(plain);
      if (Files.isRegularFile(plain)) {
        refuseOther(file.content(), plain);
        linkOrCopy(plain, part);
        return plain.toString();
      }
      if (file.download() != null && file.download().unpack() != Unpack.NONE) {
        Path packed = directory.resolve(file.download().name());
        looked.add(packed);
        if (Files.isRegularFile(packed)) {
          refuseOther(file.download().content(), packed);
          file.download().unpack().apply(packed, part, file.content().bytesOr());
          return packed.toString();
        }
      }
    }
    throw new FetchException("there is no " + looked.stream().map(Path::toString).toList());
  }

  @Override
  public boolean holds(DataSet set, DataFile file) {
    return directories(set).stream().anyMatch(d -> Files.isRegularFile(d.resolve(file.name())));
  }

  @Override
  public boolean links(DataSet set, DataFile file, Path directory) {
    try {
      for (Path from : directories(set)) {
        Path plain = from.resolve(file.name());
        if (Files.isRegularFile(plain)) {
          return Files.getFileStore(plain).equals(Files.getFileStore(directory));
        }
      }
    } catch (IOException e) {
      return false; // It is counted as if it were copied.
    }
    return false;
  }

  private List<Path> directories(DataSet set) {
    List<Path> directories = new ArrayList<>();
    if (from != null) {
      directories.add(from);
    }
    directories.add(cache.directory(set.id()).resolve(NAME));
    return directories;
  }

  private static void refuseOther(Fingerprint expected, Path file) throws IOException {
    Optional<String> difference = expected.differenceFrom(file);
    if (difference.isPresent()) {
      throw new FetchException(file + ": " + difference.get());
    }
  }

  /** A second name for the same bytes costs no space, where the file system can. */
  private static void linkOrCopy(Path from, Path part) throws IOException {
    Files.deleteIfExists(part);
    try {
      Files.createLink(part, from.toRealPath());
    } catch (IOException | UnsupportedOperationException e) {
      try (InputStream in = Files.newInputStream(from)) {
        Copy.bounded(in, part, -1);
      }
    }
  }
}

package condgen.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Copies from the user's cache when the files are wanted in another directory. */
final class CacheSource implements Source {
  private final DataCache cache;

  CacheSource(DataCache cache) {
    this.cache = cache;
  }

  @Override
  public String name() {
    return "the cache " + cache;
  }

  @Override
  public boolean serves(Gate gate) {
    return true;
  }

  @Override
  public boolean holds(DataSet set, DataFile file) {
    return Files.isRegularFile(path(set, file));
  }

  private Path path(DataSet set, DataFile file) {
    return cache.directory(set.id()).resolve(file.name());
  }

  @Override
  public String obtain(DataSet set, DataFile file, Path part) throws IOException {
    Path cached = path(set, file);
    if (!Files.isRegularFile(cached)) {
      throw new FetchException("it does not have " + cached);
    }
    Optional<String> difference = file.differenceFrom(cached);
    if (difference.isPresent()) {
      throw new FetchException(cached + " is damaged: " + difference.get());
    }
    try (InputStream in = Files.newInputStream(cached)) {
      Copy.bounded(in, part, -1);
    }
    return cached.toString();
  }
}

package condgen.download;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fetches what is missing of a data set. Each missing file is asked of the sources in turn, written
 * to {@code NAME.part}, compared with the manifest, and only then renamed. Files that are there and
 * right are left alone.
 */
public final class Fetcher {
  private final DataCache target;
  private final List<Source> sources;
  private final FreeSpace space;
  private final FetchListener listener;

  Fetcher(DataCache target, List<Source> sources, FreeSpace space, FetchListener listener) {
    this.target = target;
    this.sources = List.copyOf(sources);
    this.space = space;
    this.listener = listener;
  }

  /**
   * A fetcher that writes into {@code target}. It asks the user's cache when that is another place,
   * then the web unless {@code offline}, then the packages.
   *
   * @param target where the files go
   * @param offline whether web addresses are left alone
   * @param listener hears how it goes on
   */
  public static Fetcher standard(DataCache target, boolean offline, FetchListener listener) {
    FreeSpace space = FreeSpace.ofFileSystem();
    Command command = new Command(System.getenv());
    List<Source> sources = new ArrayList<>();
    DataCache cache = DataCache.standard();
    if (!cache.root().equals(target.root())) {
      sources.add(new CacheSource(cache));
    }
    if (!offline) {
      HttpDownload http = new HttpDownload(HttpDownload.Patience.USUAL, space, listener);
      sources.add(new MirrorSource(http, listener));
    }
    sources.add(
        new PackageSource(
            List.of(new NpmClient(command), new AptClient(command, listener)), space, listener));
    return new Fetcher(target, sources, space, listener);
  }

  /**
   * Makes the files of a data set present and right.
   *
   * @return the directory that holds them
   * @throws StorageException when the disk is full or not writable
   * @throws FetchException when no source has a file; what was there before is still there
   */
  @SuppressWarnings("try") // the resources are only there to be closed
  public Path fetch(DataSet set) throws IOException, InterruptedException {
    if (set.gate() != Gate.NONE) {
      throw new FetchException(
          set.id() + " cannot be fetched by this tool: " + set.gate() + "; " + set.terms());
    }
    Path directory = target.directory(set.id());
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new StorageException("cannot create the directory " + directory + ": " + e, e);
    }
    try (DirectoryLock lock = DirectoryLock.acquire(directory, listener);
        Closeable afterwards = () -> close(sources)) {
      Workplace.clearUp(directory);
      List<DataFile> missing = missing(set, directory);
      requireSpace(set, missing, directory);
      for (DataFile file : missing) {
        obtain(set, file, directory);
      }
      clearDownloads(set, directory);
    }
    return directory;
  }

  /** Removes what is left of downloads when all files are there, such as a shared archive. */
  private static void clearDownloads(DataSet set, Path directory) throws IOException {
    for (DataFile file : set.files()) {
      if (file.download() != null) {
        Files.deleteIfExists(directory.resolve(file.download().partName()));
      }
    }
  }

  /** Closes every source, whatever another one throws. */
  @SuppressWarnings("try")
  private static void close(List<Source> sources) throws IOException {
    if (!sources.isEmpty()) {
      try (Source first = sources.get(0)) {
        close(sources.subList(1, sources.size()));
      }
    }
  }

  private List<DataFile> missing(DataSet set, Path directory) throws IOException {
    List<DataFile> missing = new ArrayList<>();
    for (DataFile file : set.files()) {
      Path path = directory.resolve(file.name());
      if (!Files.isRegularFile(path)) {
        missing.add(file);
        continue;
      }
      Optional<String> difference = new FirstUse(directory).differenceFrom(file);
      if (difference.isPresent()) {
        listener.note(path + " is damaged (" + difference.get() + "); fetching it again");
        missing.add(file);
      } else {
        listener.note(set.id() + "/" + file.name() + " is right; it was there");
      }
    }
    return missing;
  }

  /** All missing files, and the largest download beside its unpacked content. */
  private void requireSpace(DataSet set, List<DataFile> missing, Path directory)
      throws IOException {
    long needed = 0;
    long largest = 0;
    for (DataFile file : missing) {
      needed += Math.max(0, file.content().bytesOr());
      needed -= PartFile.length(directory.resolve(file.name() + ".part"));
      if (file.download() != null && file.download().isPacked()) {
        largest = Math.max(largest, file.download().content().bytesOr());
      }
    }
    space.require(directory, needed + largest, set.id());
  }

  private void obtain(DataSet set, DataFile file, Path directory)
      throws IOException, InterruptedException {
    Path part = directory.resolve(file.name() + ".part");
    List<String> failures = new ArrayList<>();
    for (Source source : sources) {
      try {
        String from = source.obtain(set, file, part);
        accept(set, file, directory, part);
        listener.note(set.id() + "/" + file.name() + " is right; it came from " + from);
        return;
      } catch (StorageException e) {
        throw e;
      } catch (FetchException e) {
        failures.add("  " + source.name() + ": " + e.getMessage());
      }
    }
    throw new FetchException(
        "could not fetch "
            + set.id()
            + "/"
            + file.name()
            + "; tried\n"
            + String.join("\n", failures));
  }

  /** Checks a complete part file and gives it its final name. */
  private void accept(DataSet set, DataFile file, Path directory, Path part) throws IOException {
    Optional<String> difference = file.differenceFrom(part);
    FirstUse firstUse = new FirstUse(directory);
    boolean recognised = file.content().hasHash() || downloadHasHash(file);
    if (difference.isEmpty() && !recognised) {
      difference = firstUse.differenceFromRecord(file.name(), part);
    }
    if (difference.isPresent()) {
      Files.delete(part);
      throw new FetchException(file.name() + ": " + difference.get());
    }
    if (!recognised && !firstUse.knows(file.name())) {
      firstUse.record(file.name(), part);
      listener.note(
          "nobody published a hash of "
              + set.id()
              + "/"
              + file.name()
              + ": this first download is"
              + " not authenticated; its SHA-256 is kept in "
              + FirstUse.NAME);
    }
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(
        part,
        directory.resolve(file.name()),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean downloadHasHash(DataFile file) {
    return file.download() != null && file.download().content().hasHash();
  }
}

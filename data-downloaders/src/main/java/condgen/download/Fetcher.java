package condgen.download;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private final boolean accepted;

  /**
   * What the user asks for.
   *
   * @param offline whether web addresses are left alone
   * @param accepted whether the user accepts the terms of the data sets that ask for it
   * @param from a directory with files that the user obtained; null for none
   */
  public record Options(boolean offline, boolean accepted, Path from) {
    /** The web is asked, no terms are accepted, no files are given. */
    public static final Options USUAL = new Options(false, false, null);
  }

  Fetcher(DataCache target, List<Source> sources, FreeSpace space, FetchListener listener) {
    this(target, sources, space, listener, false);
  }

  Fetcher(
      DataCache target,
      List<Source> sources,
      FreeSpace space,
      FetchListener listener,
      boolean accepted) {
    this.accepted = accepted;
    this.target = target;
    this.sources = List.copyOf(sources);
    this.space = space;
    this.listener = listener;
  }

  /**
   * A fetcher that writes into {@code target}. It asks the user's cache when that is another place,
   * then what the user put there, then the web unless {@code offline}, then the packages.
   *
   * @param target where the files go
   * @param options what the user asks for
   * @param listener hears how it goes on
   */
  public static Fetcher standard(DataCache target, Options options, FetchListener listener) {
    FreeSpace space = FreeSpace.ofFileSystem();
    Command command = new Command(System.getenv());
    List<Source> sources = new ArrayList<>();
    DataCache cache = DataCache.standard();
    if (!cache.root().equals(target.root())) {
      sources.add(new CacheSource(cache));
    }
    sources.add(new DropSource(target, options.from()));
    if (!options.offline()) {
      HttpDownload http = new HttpDownload(HttpDownload.Patience.USUAL, space, listener);
      sources.add(new MirrorSource(http, listener));
      sources.add(new LoginSource(HttpDownload.Patience.USUAL, space, listener, secrets()));
    }
    sources.add(
        new PackageSource(
            List.of(new NpmClient(command), new AptClient(command, listener)), space, listener));
    return new Fetcher(target, sources, space, listener, options.accepted());
  }

  /**
   * Makes the files of a data set present and right.
   *
   * @return the directory that holds them
   * @throws StorageException when the disk is full or not writable
   * @throws GateException when a person must do something first
   * @throws FetchException when no source has a file; what was there before is still there
   */
  @SuppressWarnings("try") // the resources are only there to be closed
  public Path fetch(DataSet set) throws IOException, InterruptedException {
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
      requireConsent(set, missing);
      requireSpace(set, missing, directory);
      ByHand byHand = new ByHand(set, directory);
      for (DataFile file : missing) {
        obtain(set, file, directory, byHand);
      }
      byHand.requireNothing();
      clearDownloads(set, directory);
    }
    return directory;
  }

  private static Secrets secrets() {
    return Secrets.of(System::getenv, FetchCommand.onTerminal() ? System.console() : null);
  }

  /** Removes what is left of downloads when all files are there, such as a shared archive. */
  private static void clearDownloads(DataSet set, Path directory) throws IOException {
    for (DataFile file : set.files()) {
      if (file.download() != null) {
        for (Download way : file.download().ways()) {
          Files.deleteIfExists(directory.resolve(way.partName()));
        }
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

  private void requireConsent(DataSet set, List<DataFile> missing) throws FetchException {
    if (set.gate() == Gate.ACCEPT && !accepted && !missing.isEmpty()) {
      throw new GateException(
          set.id()
              + " has terms that you have to accept: "
              + set.terms()
              + " If you do: data-downloaders/fetch "
              + set.id()
              + " --accept");
    }
  }

  private List<DataFile> missing(DataSet set, Path directory) throws IOException {
    List<DataFile> missing = new ArrayList<>();
    for (DataFile file : set.files()) {
      Path path = file.placeIn(directory);
      if (!file.isIn(directory)) {
        missing.add(file);
        continue;
      }
      Acceptance.tellOfLongCheck(file, path, listener);
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
      if (set.gate() == Gate.MANUAL && sources.stream().noneMatch(s -> s.holds(set, file))) {
        continue; // The user learns how to obtain it first.
      }
      boolean linked = sources.stream().anyMatch(s -> s.links(set, file, directory));
      needed += linked ? 0 : file.bytes();
      if (file.becomesDirectory()) {
        needed += file.bytesOnDisk();
      }
      needed -= PartFile.length(directory.resolve(file.name() + ".part"));
      if (!linked && file.download() != null && file.download().isPacked()) {
        largest = Math.max(largest, file.download().content().bytesOr());
      }
    }
    space.require(directory, needed + largest, set.id());
  }

  private void obtain(DataSet set, DataFile file, Path directory, ByHand byHand)
      throws IOException, InterruptedException {
    Path part = directory.resolve(file.name() + ".part");
    Acceptance acceptance = new Acceptance(set, directory, space, listener);
    if (acceptance.unpackWhatIsThere(file)) {
      listener.note(set.id() + "/" + file.name() + " is right; it was there");
      return;
    }
    List<String> failures = new ArrayList<>();
    boolean shut = set.gate() == Gate.MANUAL;
    for (Source source : sources) {
      if (!source.serves(set.gate())) {
        continue;
      }
      PartFile.letGo(part);
      try {
        String from = source.obtain(set, file, part);
        acceptance.accept(file, part);
        listener.note(set.id() + "/" + file.name() + " is right; it came from " + from);
        return;
      } catch (StorageException e) {
        throw e;
      } catch (FetchException e) {
        shut |= e instanceof GateException;
        failures.add("  " + source.name() + ": " + e.getMessage());
      }
    }
    if (shut) {
      byHand.add(file, failures);
      return;
    }
    throw new FetchException(
        "could not fetch "
            + set.id()
            + "/"
            + file.name()
            + "; tried\n"
            + String.join("\n", failures)
            + instead(set));
  }

  /** What can be done when no source has a file. */
  private String instead(DataSet set) {
    StringBuilder text = new StringBuilder();
    if (sources.stream().noneMatch(MirrorSource.class::isInstance)) {
      text.append("\nThe web was not asked; without --offline it is.");
    }
    if (set.standIn() != null) {
      text.append("\nWhat can be used in its place: data-downloaders/fetch ");
      text.append(set.standIn().id()).append(" --offline (");
      text.append(set.standIn().difference()).append(").");
    }
    return text.toString();
  }
}

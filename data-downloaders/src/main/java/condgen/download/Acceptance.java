package condgen.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The last step of a fetch: a complete part file is checked and gets its name, or is removed. */
final class Acceptance {
  private static final long LONG = 1_000_000_000;

  private final DataSet set;
  private final Path directory;
  private final FreeSpace space;
  private final FetchListener listener;

  Acceptance(DataSet set, Path directory, FreeSpace space, FetchListener listener) {
    this.set = set;
    this.directory = directory;
    this.space = space;
    this.listener = listener;
  }

  /**
   * Checks a complete part file and gives it its final name; an archive that is taken apart becomes
   * its directory.
   *
   * @throws FetchException when it is not right; it is then gone
   */
  void accept(DataFile file, Path part) throws IOException {
    tellOfLongCheck(file, part, listener);
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
    Optional<String> doubt = file.content().doubt(part);
    if (!recognised && !firstUse.knows(file.name())) {
      firstUse.record(file.name(), part);
      listener.note(unauthenticated(file, doubt));
    }
    if (Files.isWritable(part)) { // A user's own file that is linked may be read-only.
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
    Path whole = directory.resolve(file.name());
    Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (file.becomesDirectory()) {
      unpack(file, whole);
    }
  }

  /** Says that a large file is read, which takes minutes in which nothing seems to happen. */
  static void tellOfLongCheck(DataFile file, Path path, FetchListener listener) throws IOException {
    long bytes = Files.isRegularFile(path) ? Files.size(path) : 0;
    if (bytes > LONG) {
      listener.note("checking " + file.name() + ", " + ConsoleListener.size(bytes));
    }
  }

  private String unauthenticated(DataFile file, Optional<String> doubt) {
    String who = set.id() + "/" + file.name();
    String kept = "its SHA-256 is kept in " + FirstUse.NAME;
    if (doubt.isPresent()) {
      return who
          + " differs from the one hash that somebody published ("
          + doubt.get()
          + "); it is taken, not authenticated; "
          + kept;
    }
    return "nobody published a confirmed hash of "
        + who
        + ": this first download is not authenticated; "
        + kept;
  }

  /**
   * Takes apart what an earlier run had fetched whole, when the disk was too small for its content.
   *
   * @return whether there was such an archive and it was right
   */
  boolean unpackWhatIsThere(DataFile file) throws IOException {
    Path whole = directory.resolve(file.name());
    if (!file.becomesDirectory() || !Files.isRegularFile(whole)) {
      return false;
    }
    if (new FirstUse(directory).differenceFrom(file, whole).isPresent()) {
      Files.delete(whole);
      return false;
    }
    unpack(file, whole);
    return true;
  }

  private void unpack(DataFile file, Path whole) throws IOException {
    listener.note("unpacking " + set.id() + "/" + file.name());
    try {
      new SafeUnpack(space).unpack(whole, file.archive(), directory);
    } catch (StorageException e) {
      throw e; // The archive is good and stays for the next try.
    } catch (FetchException e) {
      Files.delete(whole);
      throw e;
    }
    Files.delete(whole);
  }

  private static boolean downloadHasHash(DataFile file) {
    return file.download() != null && file.download().content().hasHash();
  }
}

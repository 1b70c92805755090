package condgen.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes a whole archive apart. The directory appears under its name only when everything is in it
 * and the counts are right. Refused as a whole: paths that leave the directory or meet, links and
 * devices, and content that grows beyond what is known or plausible.
 */
final class SafeUnpack {
  /** Films and pictures hardly shrink; text and arrays of zeros do, so there is room. */
  private static final long MOST_PER_PACKED_BYTE = 200;

  private static final long MOST_IN_ANY_CASE = 1 << 20;

  private final FreeSpace space;

  SafeUnpack(FreeSpace space) {
    this.space = space;
  }

  /**
   * Unpacks.
   *
   * @param archive the archive, which stays
   * @param content what is known of it; names the directory
   * @param parent where the directory appears; one of that name is replaced
   * @return the directory
   * @throws StorageException when the disk is the trouble
   * @throws FetchException when the archive is refused; nothing of it is left
   */
  Path unpack(Path archive, ArchiveContent content, Path parent) throws IOException {
    long most =
        content.bytes() != null
            ? content.bytes()
            : MOST_IN_ANY_CASE + MOST_PER_PACKED_BYTE * Files.size(archive);
    space.require(
        parent,
        content.bytes() != null ? content.bytes() : Files.size(archive),
        archive.getFileName() + " unpacked");
    Workplace work = Workplace.forArchive(parent);
    work.clear();
    Path tree = work.create(content.directory());
    try {
      write(archive, content, tree, most);
      Optional<String> difference = content.differenceFromDirectory(tree);
      if (difference.isPresent()) {
        throw new FetchException(archive.getFileName() + ": " + difference.get());
      }
      Path target = parent.resolve(content.directory());
      Workplace.clear(target);
      return Files.move(tree, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      work.clear();
    }
  }

  private static void write(Path archive, ArchiveContent content, Path tree, long most)
      throws IOException {
    String name = archive.getFileName().toString();
    EntryPath paths = new EntryPath(name);
    long[] total = {0};
    TreeMap<String, String> hashes = new TreeMap<>();
    content
        .format()
        .each(
            archive,
            (entry, ordinary, bytes, in) -> {
              String path = paths.once(entry);
              if (!ordinary) {
                throw new FetchException(
                    name + " is refused: entry '" + path + "' is a link or device, not a file");
              }
              if (bytes > most - total[0]) {
                throw tooLong(name, path, most);
              }
              Path target = tree.resolve(path);
              total[0] += copy(in, target, most - total[0], name, path, most);
              if (bytes >= 0 && Files.size(target) != bytes) {
                throw new FetchException(
                    String.format(
                        "%s is damaged: entry '%s' should have %,d bytes, has %,d",
                        name, path, bytes, Files.size(target)));
              }
              hashes.put(path, Fingerprint.sha256(target));
            });
    Contents.write(tree, hashes);
  }

  private static long copy(
      InputStream in, Path target, long left, String archive, String path, long most)
      throws IOException {
    try {
      Files.createDirectories(target.getParent());
    } catch (IOException e) {
      throw new StorageException("cannot create " + target.getParent() + ": " + e, e);
    }
    try {
      Copy.bounded(in, target, left);
    } catch (StorageException e) {
      throw e;
    } catch (FetchException e) {
      throw tooLong(archive, path, most);
    }
    return Files.size(target);
  }

  private static FetchException tooLong(String archive, String path, long most) {
    return new FetchException(
        String.format(
            "%s is refused: with entry '%s' its content is longer than %,d bytes",
            archive, path, most));
  }
}

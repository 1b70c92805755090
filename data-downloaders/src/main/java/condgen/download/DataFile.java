package condgen.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One file of a data set.
 *
 * @param name its name in the cache
 * @param content its length and hashes
 * @param idx the dimensions its IDX header must have, such as 60000, 28, 28; null for other formats
 * @param recordBytes the length of each record when the file is nothing but records; null for other
 *     formats
 * @param download how the web offers it; null when only packages do, or a person
 * @param optional whether it is fetched only when it is named, or with {@code --all}
 * @param archive what is inside when it is an archive; null for other files
 * @param about its length in bytes, roughly, where the exact one is not published: to plan with,
 *     never to check; null when nothing is known
 */
public record DataFile(
    String name,
    Fingerprint content,
    List<Integer> idx,
    Integer recordBytes,
    Download download,
    boolean optional,
    ArchiveContent archive,
    Long about) {
  /** Fills in what a manifest may leave out. */
  public DataFile {
    content = content == null ? Fingerprint.UNKNOWN : content;
  }

  /** A file that is not made of records of one length. */
  public DataFile(String name, Fingerprint content, List<Integer> idx, Download download) {
    this(name, content, idx, null, download, false, null, null);
  }

  /** A file whose length is exactly known, or not at all. */
  public DataFile(
      String name,
      Fingerprint content,
      List<Integer> idx,
      Integer recordBytes,
      Download download,
      boolean optional,
      ArchiveContent archive) {
    this(name, content, idx, recordBytes, download, optional, archive, null);
  }

  /** Its length in bytes: as published, or else roughly; 0 when nothing is known. */
  public long bytes() {
    return content.bytes() != null ? content.bytes() : about == null ? 0 : about;
  }

  /** Whether its length is not published but roughly known. */
  boolean isRough() {
    return content.bytes() == null && about != null;
  }

  /** The bytes that it takes in the end: those of its content when it is taken apart. */
  long bytesOnDisk() {
    return becomesDirectory() && archive.bytes() != null ? archive.bytes() : bytes();
  }

  /** Where it lies in the directory of its data set: the file, or what became of an archive. */
  public Path placeIn(Path directory) {
    return directory.resolve(becomesDirectory() ? archive.directory() : name);
  }

  /** Whether it is there; its content is not looked at. */
  public boolean isIn(Path directory) {
    Path place = placeIn(directory);
    return becomesDirectory() ? Files.isDirectory(place) : Files.isRegularFile(place);
  }

  /** Whether it is an archive that is taken apart. */
  public boolean becomesDirectory() {
    return archive != null && archive.isUnpacked();
  }

  /**
   * Compares a file with everything known of it: length, hashes, counts.
   *
   * @return the first difference, or empty
   * @throws IOException when the file cannot be read
   */
  public Optional<String> differenceFrom(Path file) throws IOException {
    Optional<String> difference = content.differenceFrom(file);
    if (difference.isEmpty() && recordBytes != null && Files.size(file) % recordBytes != 0) {
      return Optional.of(
          String.format(
              "expected records of %,d bytes, found %,d bytes", recordBytes, Files.size(file)));
    }
    if (difference.isEmpty() && archive != null && !becomesDirectory()) {
      return archive.differenceFromArchive(file);
    }
    if (difference.isPresent() || idx == null) {
      return difference;
    }
    List<Integer> found = IdxHeader.read(file).dimensions();
    return idx.equals(found)
        ? Optional.empty()
        : Optional.of("expected IDX dimensions " + idx + ", found " + found);
  }
}

package condgen.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Files in a folder or an archive, each read when it is asked for; nothing is unpacked. Names are
 * separated by {@code /} on every system. Safe for several threads.
 */
public interface Members extends Closeable {
  /** No member that is read whole is longer: 256 MB. */
  int LONGEST = 1 << 28;

  /**
   * Opens a folder, a zip archive, or a tar archive, by its kind and the ending of its name. In a
   * tar archive, members that end in {@code .tar} are opened too: {@code x.jpg} in {@code a.tar} is
   * called {@code a/x.jpg}.
   *
   * @throws DamagedDataException if it is an archive of another kind, damaged, or truncated
   * @throws IOException if it cannot be read
   */
  static Members open(Path place) throws IOException {
    String name = place.toString().toLowerCase(Locale.ROOT);
    if (!Files.exists(place)) {
      throw new NoSuchFileException(place.toString());
    }
    if (Files.isDirectory(place)) {
      return FolderMembers.open(place);
    }
    return name.endsWith(".tar") ? TarMembers.open(place) : ZipMembers.open(place);
  }

  /** Where they are. */
  Path place();

  /** The names in the order of Java's texts, which is Python's for the names of data sets. */
  List<String> names();

  /**
   * The content of a member.
   *
   * @param i its place in {@link #names}
   * @throws DamagedDataException if it is damaged, truncated, or longer than {@link #LONGEST}
   * @throws IOException if it cannot be read
   */
  byte[] read(int i) throws IOException;

  /** What to call a member in messages. */
  default String title(int i) {
    return place() + ", " + names().get(i);
  }
}

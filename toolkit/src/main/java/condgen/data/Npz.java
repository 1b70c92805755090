package condgen.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** NumPy's archive of arrays: a zip file with an entry NAME.npy for each; see {@link Npy}. */
public final class Npz {

  private static final String ENDING = ".npy";

  private Npz() {}

  /**
   * The arrays of a file by name, in the order of the file.
   *
   * @param names which to read; none stands for all
   * @throws DamagedDataException if it is no such archive, truncated, or an array is of a type that
   *     is not read; the message names the array
   * @throws IllegalArgumentException if a name is not there; the message lists those there
   * @throws IOException if it cannot be opened
   */
  public static Map<String, StoredArray> read(Path file, String... names) throws IOException {
    List<String> wanted = List.of(names);
    if (!Files.isReadable(file)) {
      throw new NoSuchFileException(file.toString(), null, "it cannot be read");
    }
    try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
      Map<String, StoredArray> arrays = new LinkedHashMap<>();
      List<ZipArchiveEntry> entries =
          Collections.list(zip.getEntries()).stream()
              .filter(e -> e.getName().endsWith(ENDING))
              .toList();
      List<String> there = entries.stream().map(Npz::name).toList();
      requireThere(file, there, wanted);
      for (ZipArchiveEntry entry : entries) {
        if (wanted.isEmpty() || wanted.contains(name(entry))) {
          arrays.put(name(entry), array(zip, entry, file));
        }
      }
      return arrays;
    } catch (DamagedDataException e) {
      throw e;
    } catch (IOException e) {
      throw new DamagedDataException(
          file + " must be a whole npz archive, but cannot be read: " + e.getMessage(), e);
    }
  }

  /** What is done with the bytes of one entry. */
  @FunctionalInterface
  interface EntryReader<T> {
    T read(InputStream in, String where) throws IOException;
  }

  /**
   * The names of the arrays of a file, whatever their types.
   *
   * @throws DamagedDataException if it is no such archive
   * @throws IOException if it cannot be opened
   */
  public static List<String> names(Path file) throws IOException {
    return within(
        file,
        zip ->
            Collections.list(zip.getEntries()).stream()
                .filter(e -> e.getName().endsWith(ENDING))
                .map(Npz::name)
                .toList());
  }

  /**
   * A text of a file: one value of NumPy's texts or bytes.
   *
   * @throws DamagedDataException if it is no archive, has no such entry, or no text of at most
   *     1,024 characters there
   * @throws IOException if it cannot be opened
   */
  public static String text(Path file, String name) throws IOException {
    return entry(file, name, NpyText::read);
  }

  /** Reads the bytes of one entry, to its end, in a way of its own; then its sum must be right. */
  static <T> T entry(Path file, String name, EntryReader<T> reader) throws IOException {
    return within(
        file,
        zip -> {
          ZipArchiveEntry entry = zip.getEntry(name + ENDING);
          if (entry == null) {
            throw new DamagedDataException(file + " must hold " + name + ENDING);
          }
          CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
          try (in) {
            T value = reader.read(in, file + ", " + entry.getName());
            requireWhole(file, entry, in);
            return value;
          }
        });
  }

  private interface ZipUse<T> {
    T use(ZipFile zip) throws IOException;
  }

  private static <T> T within(Path file, ZipUse<T> use) throws IOException {
    if (!Files.isReadable(file)) {
      throw new NoSuchFileException(file.toString(), null, "it cannot be read");
    }
    try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
      return use.use(zip);
    } catch (DamagedDataException e) {
      throw e;
    } catch (IOException e) {
      throw new DamagedDataException(
          file + " must be a whole npz archive, but cannot be read: " + e.getMessage(), e);
    }
  }

  private static String name(ZipArchiveEntry entry) {
    return entry.getName().substring(0, entry.getName().length() - ENDING.length());
  }

  private static void requireThere(Path file, List<String> there, List<String> wanted)
      throws DamagedDataException {
    if (there.isEmpty()) {
      throw new DamagedDataException(file + " must hold arrays NAME.npy, but holds none");
    }
    if (!there.containsAll(wanted)) {
      throw new IllegalArgumentException(
          "names must be among " + there + " of " + file + ", but are " + wanted);
    }
  }

  private static StoredArray array(ZipFile zip, ZipArchiveEntry entry, Path file)
      throws IOException {
    CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
    try (in) {
      StoredArray array = Npy.read(name(entry), in, file + ", " + entry.getName());
      requireWhole(file, entry, in);
      return array;
    }
  }

  /** The sum of an entry that was read to its end. */
  private static void requireWhole(Path file, ZipArchiveEntry entry, CheckedInputStream in)
      throws DamagedDataException {
    if (in.getChecksum().getValue() != entry.getCrc()) {
      throw new DamagedDataException(
          "%s, %s is damaged: its CRC-32 must be %08x, but is %08x"
              .formatted(file, entry.getName(), entry.getCrc(), in.getChecksum().getValue()));
    }
  }
}

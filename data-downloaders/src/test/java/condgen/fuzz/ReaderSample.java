package condgen.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A good sample of a format and the reader under test. Mutants are made of its files; the reader
 * reads each to its end and may refuse it with an {@link IOException} that names it, or accept it.
 *
 * @param name what is read, for reports
 * @param files file names below a directory, and what the files hold before {@code packing}
 * @param packing what is done to the content of a changed file before it is written: compression or
 *     a checksum made good again, so that what lies behind it is reached
 * @param reader reads the files of a directory
 * @param every how many plans of changes pass before this sample gets one: 1 for fast readers
 */
public record ReaderSample(
    String name, Map<String, byte[]> files, Packing packing, Reader reader, int every) {

  /** Reads everything that a mutant holds. */
  @FunctionalInterface
  public interface Reader {
    /**
     * @param directory where the files are
     */
    void read(Path directory) throws IOException;
  }

  /** Reads one file. */
  @FunctionalInterface
  public interface FileReader {
    /**
     * @param file the mutant
     */
    void read(Path file) throws IOException;
  }

  /** What is done to changed content. */
  @FunctionalInterface
  public interface Packing {
    /** The bytes of the file. */
    byte[] pack(byte[] content) throws IOException;
  }

  /** A format of one file. */
  public static ReaderSample of(String name, String file, byte[] content, FileReader reader) {
    return new ReaderSample(
        name, Map.of(file, content), bytes -> bytes, d -> reader.read(d.resolve(file)), 1);
  }

  /** A format of several files, one of which is changed at a time. */
  public static ReaderSample of(String name, Map<String, byte[]> files, Reader reader) {
    return new ReaderSample(name, new LinkedHashMap<>(files), bytes -> bytes, reader, 1);
  }

  /** The same sample, packed after it was changed. */
  public ReaderSample packed(Packing other) {
    return new ReaderSample(name, files, other, reader, every);
  }

  /** The same sample with fewer mutants, for a slow reader. */
  public ReaderSample slow(int plans) {
    return new ReaderSample(name, files, packing, reader, plans);
  }

  @Override
  public String toString() {
    return name;
  }
}

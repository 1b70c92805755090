package condgen.data;

import condgen.download.IdxHeader;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The content of an IDX file of unsigned bytes, the format of MNIST: a header with the sizes, then
 * the values, last dimension fastest.
 *
 * @param header the sizes
 * @param values as many bytes as the header says; 0 to 255 unsigned
 */
public record Idx(IdxHeader header, byte[] values) {

  /** One gzipped byte stands for at most about 1,030 bytes. */
  private static final long MOST_PER_ZIPPED_BYTE = 1100;

  /**
   * Reads images: sizes count, rows, columns (magic 0x00000803).
   *
   * @param file plain, or gzipped when its name ends in {@code .gz}
   * @throws DamagedDataException when the file is truncated, too long or of another format
   * @throws IOException when it cannot be read
   */
  public static Idx readImages(Path file) throws IOException {
    return read(file, 3);
  }

  /**
   * Reads labels: one size, the count (magic 0x00000801).
   *
   * @param file plain, or gzipped when its name ends in {@code .gz}
   * @throws DamagedDataException when the file is truncated, too long or of another format
   * @throws IOException when it cannot be read
   */
  public static Idx readLabels(Path file) throws IOException {
    return read(file, 1);
  }

  /** The number of records: the first size. */
  public int count() {
    return header.dimensions().get(0);
  }

  private static Idx read(Path file, int rank) throws IOException {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        InputStream in = zipped(file) ? new GZIPInputStream(raw, 1 << 16) : raw) {
      IdxHeader header = IdxHeader.read(in, file.toString());
      if (header.dimensions().size() != rank) {
        throw new DamagedDataException(
            String.format(
                "%s: expected IDX magic 0x%08x (%d sizes), found 0x%08x",
                file, 0x800 + rank, rank, header.magic()));
      }
      return new Idx(header, values(file, header, in));
    } catch (DamagedDataException e) {
      throw e;
    } catch (EOFException | ZipException e) {
      throw new DamagedDataException(file + " is truncated or no IDX file: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new DamagedDataException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static boolean zipped(Path file) {
    return file.getFileName().toString().endsWith(".gz");
  }

  /** Exactly the values that the header promises, or an exception. */
  private static byte[] values(Path file, IdxHeader header, InputStream in) throws IOException {
    long expected = expectedValues(file, header);
    long most = Files.size(file) * (zipped(file) ? MOST_PER_ZIPPED_BYTE : 1);
    if (expected > most || expected > Integer.MAX_VALUE - 8) {
      throw wrongLength(file, header, expected, zipped(file) ? "at most " : "", most);
    }
    byte[] values = new byte[(int) expected];
    int found = 0;
    try {
      for (int n = 0; n >= 0 && found < values.length; found += Math.max(n, 0)) {
        n = in.read(values, found, values.length - found);
      }
    } catch (EOFException e) {
      throw wrongLength(file, header, expected, "", header.length() + found);
    }
    if (found < values.length) {
      throw wrongLength(file, header, expected, "", header.length() + found);
    }
    if (in.read() >= 0) {
      throw wrongLength(file, header, expected, "more than ", header.length() + expected);
    }
    return values;
  }

  private static long expectedValues(Path file, IdxHeader header) throws DamagedDataException {
    try {
      return header.values();
    } catch (ArithmeticException e) {
      throw new DamagedDataException(
          file + ": its header promises more values than a file can hold: " + header.dimensions(),
          e);
    }
  }

  private static DamagedDataException wrongLength(
      Path file, IdxHeader header, long expected, String about, long found) {
    return new DamagedDataException(
        String.format(
            "%s: expected %,d bytes for sizes %s, found %s%,d",
            file, header.length() + expected, header.dimensions(), about, found));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Idx idx
        && header.equals(idx.header)
        && Arrays.equals(values, idx.values);
  }

  @Override
  public int hashCode() {
    return 31 * header.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    List<Integer> sizes = header.dimensions();
    return "Idx" + sizes;
  }
}

package condgen.data;

import condgen.download.DataCache;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The files of a CIFAR-like data set: nothing but records, each a label byte and then the pixels,
 * channel after channel. Such a file does not say how many records it should have, so a plain one
 * must have all; a gzipped one, whose own end shows that nothing is missing, may be an excerpt.
 *
 * @param dataSet the name of the data set in the cache
 * @param classes labels are 0 to classes - 1
 * @param channels of an image
 * @param rows of an image
 * @param columns of an image
 * @param full how many records a plain file has
 */
record RecordFiles(String dataSet, int classes, int channels, int rows, int columns, int full) {

  /**
   * Reads files one after the other.
   *
   * @param part what the files are together, such as {@code train}
   * @throws condgen.download.MissingDataException when a file is not there
   * @throws java.io.UncheckedIOException when one is truncated, too long, or has another label
   */
  LabelledImages read(DataCache cache, String part, List<String> names) {
    List<Path> files = names.stream().map(name -> cache.require(dataSet, name)).toList();
    try {
      int[] counts = new int[files.size()];
      int total = 0;
      for (int k = 0; k < counts.length; k++) {
        counts[k] = count(files.get(k));
        total = Math.addExact(total, counts[k]);
      }
      byte[] labels = new byte[total];
      byte[] pixels = new byte[Math.multiplyExact(total, volume())];
      int start = 0;
      for (int k = 0; k < counts.length; k++) {
        fill(files.get(k), start, counts[k], labels, pixels);
        start += counts[k];
      }
      String name = dataSet + " " + part;
      return new LabelledImages(name, classes, channels, rows, columns, pixels, labels);
    } catch (IOException e) {
      throw FetchAgain.after(e, dataSet);
    }
  }

  private int volume() {
    return channels * rows * columns;
  }

  private int length() {
    return 1 + volume();
  }

  private static boolean zipped(Path file) {
    return file.getFileName().toString().endsWith(".gz");
  }

  /** How many records a file has, at least one; reads a gzipped one to its end. */
  private int count(Path file) throws DamagedDataException {
    try (InputStream in = open(file)) {
      long most = (long) full * length();
      long bytes = zipped(file) ? skip(in, most + 1) : Files.size(file);
      if (zipped(file) && (bytes == 0 || bytes > most || bytes % length() != 0)) {
        throw new DamagedDataException(
            String.format(
                "%s: expected 1 to %,d records of %,d bytes, found %s%,d bytes",
                file, full, length(), bytes > most ? "at least " : "", bytes));
      }
      if (!zipped(file) && bytes != most) {
        throw new DamagedDataException(
            String.format(
                "%s: expected %,d bytes (%,d records of %,d), found %,d",
                file, most, full, length(), bytes));
      }
      return (int) (bytes / length());
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** How many bytes a stream has, counted up to {@code most}. */
  private static long skip(InputStream in, long most) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long total = 0;
    for (int n = 0; n >= 0 && total < most; total += Math.max(n, 0)) {
      n = in.read(buffer, 0, (int) Math.min(buffer.length, most - total));
    }
    return total;
  }

  /** Reads the records of a file to places {@code start} and on. */
  private void fill(Path file, int start, int count, byte[] labels, byte[] pixels)
      throws DamagedDataException {
    try (InputStream in = open(file)) {
      for (int i = start; i < start + count; i++) {
        int label = in.read();
        int found = in.readNBytes(pixels, i * volume(), volume());
        if (label < 0 || found < volume()) {
          throw new EOFException("it became shorter while it was read");
        }
        if (label >= classes) {
          throw new DamagedDataException(
              String.format(
                  "%s: expected labels 0 to %d, found %d in record %,d",
                  file, classes - 1, label, i - start));
        }
        labels[i] = (byte) label;
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    if (!zipped(file)) {
      return raw;
    }
    try {
      return new GZIPInputStream(raw, 1 << 16);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static DamagedDataException unreadable(Path file, IOException e) {
    if (e instanceof DamagedDataException damage) {
      return damage;
    }
    boolean damaged = e instanceof EOFException || e instanceof ZipException;
    return new DamagedDataException(
        (damaged ? file + " is truncated or damaged: " : "cannot read " + file + ": ")
            + e.getMessage(),
        e);
  }
}

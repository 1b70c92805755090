package condgen.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;

/**
 * One file of downsampled ImageNet, an npz archive within a zip archive, read row by row from its
 * front: {@code data} (N, 3 · side · side), bytes, and {@code labels}, N whole numbers from 1.
 */
final class DownsampledRows implements Closeable {
  private final String where;
  private final ZipEntry entry;
  private final CheckedInputStream outer;
  private final ZipArchiveInputStream archive;
  private final int[] labels;
  private final int volume;
  private int next;

  DownsampledRows(ZipFile zip, ZipEntry entry, String where) throws IOException {
    this.where = where;
    this.entry = entry;
    this.labels = labels(zip);
    this.outer = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
    this.archive = new ZipArchiveInputStream(outer);
    try {
      NpyHeader header = NpyHeader.read(find(archive, "data.npy"), where + ", data.npy");
      long[] shape = header.shape();
      boolean bytes = header.type().kind() == 'u' && header.type().width() == 1;
      if (!bytes || header.columns() || shape.length != 2 || shape[0] != labels.length) {
        throw new DamagedDataException(
            "%s must hold rows of bytes data for %d labels, but data is %s of %s%d"
                .formatted(
                    where,
                    labels.length,
                    Arrays.toString(shape),
                    header.type().kind(),
                    header.type().width()));
      }
      volume = (int) Math.min(shape[1], Integer.MAX_VALUE);
      if (volume != 3L * side() * side()) {
        throw new DamagedDataException(
            where + " must hold square pictures of three channels, but a row has " + shape[1]);
      }
    } catch (IOException e) {
      archive.close();
      throw e;
    }
  }

  int side() {
    return (int) Math.round(Math.sqrt(volume / 3.0));
  }

  int left() {
    return labels.length - next;
  }

  /** The next rows, at most {@link #left}, with their labels counted from 0. */
  LabelledImages read(int count, String name, int classes) throws IOException {
    byte[] pixels = archive.readNBytes(Math.multiplyExact(count, volume));
    if (pixels.length < count * volume) {
      throw new DamagedDataException(
          "%s must hold %d rows, but ends after %d"
              .formatted(where, labels.length, next + pixels.length / volume));
    }
    int[] some = new int[count];
    for (int i = 0; i < count; i++) {
      some[i] = labels[next + i] - 1;
      if (some[i] < 0 || some[i] >= classes) {
        throw new DamagedDataException(
            "%s must have labels 1 to %d, but has %d".formatted(where, classes, labels[next + i]));
      }
    }
    next += count;
    if (left() == 0) {
      requireWhole();
    }
    return new LabelledImages(name, classes, 3, side(), side(), pixels, some);
  }

  private void requireWhole() throws IOException {
    outer.transferTo(OutputStream.nullOutputStream());
    if (outer.getChecksum().getValue() != entry.getCrc()) {
      throw new DamagedDataException(
          "%s is damaged: its CRC-32 must be %08x, but is %08x"
              .formatted(where, entry.getCrc(), outer.getChecksum().getValue()));
    }
  }

  /** Reads through the file once, since the labels may stand behind the rows. */
  private int[] labels(ZipFile zip) throws IOException {
    try (InputStream in = zip.getInputStream(entry);
        ZipArchiveInputStream npz = new ZipArchiveInputStream(in)) {
      StoredArray array = Npy.read("labels", find(npz, "labels.npy"), where + ", labels.npy");
      if (array.type().isFloating()) {
        throw new DamagedDataException(where + " must have whole numbers as labels");
      }
      return Arrays.stream(array.longs()).mapToInt(DownsampledRows::limited).toArray();
    }
  }

  private static int limited(long label) {
    return (int) Math.max(-1, Math.min(Integer.MAX_VALUE, label));
  }

  private InputStream find(ZipArchiveInputStream npz, String name) throws IOException {
    ZipArchiveEntry member = npz.getNextEntry();
    while (member != null && !member.getName().equals(name)) {
      member = npz.getNextEntry();
    }
    if (member == null) {
      throw new DamagedDataException(where + " must hold " + name + ", but does not");
    }
    return npz;
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }
}

package condgen.data;

import condgen.download.DataCache;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Downsampled ImageNet, 32 x 32 or 64 x 64, with labels of 1,000 classes: 1,281,167 pictures for
 * training, 50,000 for validation. They come one block after the other from the archive, of which
 * no more than a block is in memory. These are other pictures than those of {@link ImageNetSmall}:
 * numbers of the two do not compare. The classes are counted as in the files, less one, which is
 * not the order of {@link ImageNet}.
 *
 * <p>P. Chrabaszcz, I. Loshchilov, F. Hutter: A downsampled variant of ImageNet as an alternative
 * to the CIFAR datasets. arXiv:1707.08819, 2017.
 */
public final class ImageNetDownsampled implements Closeable {
  private static final String DATA_SET = "imagenet-downsampled";
  private static final int CLASSES = 1000;
  private static final int MOST_AT_ONCE = 1 << 16;

  private final String name;
  private final List<Batch> batches = new ArrayList<>();
  private final List<ZipFile> zips = new ArrayList<>();
  private DownsampledRows rows;
  private int next;

  private record Batch(ZipFile zip, ZipEntry entry, String where) {}

  private ImageNetDownsampled(String name) {
    this.name = name;
  }

  /**
   * The training pictures in the user's cache; close them after use.
   *
   * @param side 32 or 64
   * @throws condgen.download.MissingDataException when they are not there; says how to get them
   * @throws java.io.UncheckedIOException of a {@link DamagedDataException} when an archive is
   *     damaged
   */
  public static ImageNetDownsampled train(int side) {
    requireSide(side);
    return cached(
        side == 32
            ? List.of("Imagenet32_train_npz.zip")
            : List.of("Imagenet64_train_part1_npz.zip", "Imagenet64_train_part2_npz.zip"),
        side + " train");
  }

  /** The pictures for validation; see {@link #train}. */
  public static ImageNetDownsampled validation(int side) {
    requireSide(side);
    return cached(List.of("Imagenet" + side + "_val_npz.zip"), side + " val");
  }

  private static void requireSide(int side) {
    if (side != 32 && side != 64) {
      throw new IllegalArgumentException("side must be 32 or 64, but is " + side);
    }
  }

  private static ImageNetDownsampled cached(List<String> names, String part) {
    DataCache cache = DataCache.standard();
    List<Path> files = names.stream().map(file -> cache.require(DATA_SET, file)).toList();
    try {
      return open(DATA_SET + " " + part, files);
    } catch (IOException e) {
      throw FetchAgain.after(e, DATA_SET);
    }
  }

  /**
   * Opens archives, each a zip of npz files; their rows follow each other in the order of the
   * numbers in the names.
   *
   * @param name what the pictures are called
   * @throws DamagedDataException if one is damaged or holds no npz file
   * @throws IOException if one cannot be read
   */
  public static ImageNetDownsampled open(String name, List<Path> files) throws IOException {
    ImageNetDownsampled set = new ImageNetDownsampled(name);
    try {
      for (Path file : files) {
        set.add(file);
      }
      return set;
    } catch (IOException e) {
      set.close();
      throw e;
    }
  }

  private void add(Path file) throws IOException {
    try {
      ZipFile zip = new ZipFile(file.toFile());
      zips.add(zip);
      List<? extends ZipEntry> found =
          zip.stream()
              .filter(entry -> entry.getName().endsWith(".npz"))
              .sorted(
                  Comparator.comparing((ZipEntry entry) -> entry.getName().length())
                      .thenComparing(ZipEntry::getName))
              .toList();
      if (found.isEmpty()) {
        throw new DamagedDataException(file + " must hold npz files, but holds none");
      }
      found.forEach(entry -> batches.add(new Batch(zip, entry, file + ", " + entry.getName())));
    } catch (DamagedDataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new DamagedDataException(
          file + " must be a whole zip archive, but cannot be read: " + e.getMessage(), e);
    }
  }

  /** What they are, for texts and tables. */
  public String name() {
    return name;
  }

  /**
   * The next pictures; nothing after the last one.
   *
   * @param most how many at most, at least 1; fewer come at the end of each file
   * @throws DamagedDataException naming the file if it is damaged or of another layout
   * @throws IOException if it cannot be read
   */
  public Optional<LabelledImages> next(int most) throws IOException {
    if (most < 1) {
      throw new IllegalArgumentException("most must be at least 1, but is " + most);
    }
    while (rows == null || rows.left() == 0) {
      if (rows != null) {
        rows.close();
        rows = null;
      }
      if (next == batches.size()) {
        return Optional.empty();
      }
      Batch batch = batches.get(next);
      rows = checked(batch, () -> new DownsampledRows(batch.zip, batch.entry, batch.where));
      next++;
    }
    int count = Math.min(Math.min(most, rows.left()), MOST_AT_ONCE);
    return Optional.of(checked(batches.get(next - 1), () -> rows.read(count, name, CLASSES)));
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private static <T> T checked(Batch batch, Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (DamagedDataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new DamagedDataException(batch.where + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    if (rows != null) {
      rows.close();
    }
    for (ZipFile zip : zips) {
      zip.close();
    }
  }

  @Override
  public String toString() {
    return name + ": pictures in " + batches.size() + " files";
  }
}

package condgen.data;

import condgen.download.DataCache;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * ImageNet, ILSVRC 2012: photographs of any size and 1,000 classes, 1,281,167 for training and
 * 50,000 for validation, read from their archives. Classes are numbered in the order of their
 * WordNet numbers in both parts. Nobody may pass the archives on: {@code data-downloaders/fetch
 * imagenet} says how to get them. {@link Preparation#imageNetTraining} and {@link
 * Preparation#imageNetTest} are what chapter 4's code does to them.
 *
 * <p>O. Russakovsky et al.: ImageNet large scale visual recognition challenge. IJCV 115, 2015.
 */
public final class ImageNet {
  private static final String DATA_SET = "imagenet";
  private static final int LARGEST = 1 << 26;

  private ImageNet() {}

  /**
   * The training pictures in the user's cache; close them after use. Opening reads 1.3 million
   * headers, which takes minutes on a disk.
   *
   * @throws condgen.download.MissingDataException when they are not there; says how to get them
   * @throws java.io.UncheckedIOException of a {@link DamagedDataException} when an archive is
   *     damaged
   */
  public static PictureSet train() {
    Path tar = DataCache.standard().require(DATA_SET, "ILSVRC2012_img_train.tar");
    try {
      return openTraining(tar);
    } catch (IOException e) {
      throw FetchAgain.after(e, DATA_SET);
    }
  }

  /** The validation pictures, labelled by the development kit; see {@link #train()}. */
  public static PictureSet validation() {
    DataCache cache = DataCache.standard();
    Path tar = cache.require(DATA_SET, "ILSVRC2012_img_val.tar");
    Path kit = cache.require(DATA_SET, "ILSVRC2012_devkit_t12.tar.gz");
    try {
      return openValidation(tar, kit);
    } catch (IOException e) {
      throw FetchAgain.after(e, DATA_SET);
    }
  }

  /**
   * Training pictures of an archive of one archive for each class.
   *
   * @throws DamagedDataException if it is damaged or holds no pictures
   * @throws IOException if it cannot be read
   */
  public static PictureSet openTraining(Path tar) throws IOException {
    return PictureFolder.byFolder(DATA_SET + " train", Members.open(tar));
  }

  /**
   * Validation pictures of an archive without classes, in the order of their names.
   *
   * @param kit the development kit, a gzipped archive with {@code data/meta.mat} and {@code
   *     data/ILSVRC2012_validation_ground_truth.txt}
   * @throws DamagedDataException if one is damaged or they do not fit each other
   * @throws IOException if one cannot be read
   */
  public static PictureSet openValidation(Path tar, Path kit) throws IOException {
    Kit labels = kit(kit);
    Members members = Members.open(tar);
    Pattern files = Pattern.compile("(.*/)?ILSVRC2012_val_\\d+\\.JPEG");
    long count = members.names().stream().filter(name -> files.matcher(name).matches()).count();
    if (count != labels.truth.size()) {
      members.close();
      throw new DamagedDataException(
          "%s has labels of %,d pictures, but %s holds %,d"
              .formatted(kit, labels.truth.size(), tar, count));
    }
    int[] next = {0};
    return PictureFolder.matching(
        DATA_SET + " val", members, files, labels.classes, file -> labels.truth.get(next[0]++));
  }

  private record Kit(List<String> classes, List<Integer> truth) {}

  private static Kit kit(Path file) throws IOException {
    byte[] meta = null;
    byte[] truth = null;
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(raw))) {
      TarArchiveEntry entry = tar.getNextEntry();
      for (; entry != null; entry = tar.getNextEntry()) {
        if (entry.getName().endsWith("data/meta.mat")) {
          meta = tar.readNBytes(LARGEST);
        } else if (entry.getName().endsWith("data/ILSVRC2012_validation_ground_truth.txt")) {
          truth = tar.readNBytes(LARGEST);
        }
      }
    } catch (IOException | RuntimeException e) {
      throw new DamagedDataException(
          file + " must be a whole gzipped tar archive, but cannot be read: " + e.getMessage(), e);
    }
    if (meta == null || truth == null) {
      throw new DamagedDataException(
          file + " must hold data/meta.mat and data/ILSVRC2012_validation_ground_truth.txt");
    }
    return kit(file, meta, new String(truth, StandardCharsets.ISO_8859_1));
  }

  private static Kit kit(Path file, byte[] meta, String truth) throws IOException {
    MatArray synsets =
        MatFile.read(new ByteArrayInputStream(meta), meta.length, file + ", meta.mat", "synsets")
            .get("synsets");
    TreeMap<String, Integer> numbers = new TreeMap<>();
    try {
      for (int i = 0; i < synsets.count(); i++) {
        if (synsets.part(i, "num_children").doubles()[0] == 0) {
          String wordNet = synsets.part(i, "WNID").text();
          numbers.put(wordNet, (int) synsets.part(i, "ILSVRC2012_ID").doubles()[0]);
        }
      }
    } catch (RuntimeException e) {
      throw new DamagedDataException(
          file + ", meta.mat must have num_children, WNID and ILSVRC2012_ID of every class", e);
    }
    List<Integer> byPlace = List.copyOf(numbers.values());
    List<Integer> labels = new ArrayList<>();
    for (String line : truth.strip().split("\\s+")) {
      int label = line.matches("\\d{1,6}") ? byPlace.indexOf(Integer.valueOf(line)) : -1;
      if (label < 0) {
        throw new DamagedDataException(
            "%s, ground truth must have numbers of the %d classes, but has %s"
                .formatted(file, byPlace.size(), line));
      }
      labels.add(label);
    }
    return new Kit(List.copyOf(numbers.keySet()), labels);
  }
}

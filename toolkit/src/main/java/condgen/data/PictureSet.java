package condgen.data;

import condgen.tensor.Seeds;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * Pictures in files of any size, with the number of their class if they have one. Nothing is in
 * memory but the names: a picture is read and decoded when it is asked for. Safe for several
 * threads.
 */
public final class PictureSet implements Closeable {
  private final String name;
  private final Members members;
  private final List<String> classNames;
  private final int[] places;
  private final int[] labels;
  private final BatchOrder order;

  /**
   * @param members where they are; closed with this
   * @param classNames what the classes are, by number; empty for pictures without labels
   * @param places of each picture its place among the members
   * @param labels of each picture its class, or -1
   * @throws DamagedDataException if there is no picture
   */
  PictureSet(String name, Members members, List<String> classNames, int[] places, int[] labels)
      throws DamagedDataException {
    if (places.length == 0) {
      throw new DamagedDataException(
          members.place() + " must hold pictures (" + name + "), but holds none");
    }
    this.name = name;
    this.members = members;
    this.classNames = List.copyOf(classNames);
    this.places = places;
    this.labels = labels;
    this.order = new BatchOrder(places.length);
  }

  /** What they are, for texts and tables: {@code tiny-imagenet val}. */
  public String name() {
    return name;
  }

  /** The number of pictures. */
  public int size() {
    return places.length;
  }

  /** What the classes are, by number; empty when the pictures have no labels. */
  public List<String> classNames() {
    return classNames;
  }

  /** The class of picture {@code i}, from 0; -1 when it has no label. */
  public int label(int i) {
    return labels[requireIndex(i)];
  }

  /** The name of the file of picture {@code i}. */
  public String fileName(int i) {
    return members.names().get(places[requireIndex(i)]);
  }

  /**
   * Picture {@code i} as it lies in its file, with three channels.
   *
   * @throws DamagedDataException naming the file if it cannot be decoded
   * @throws IOException if it cannot be read
   */
  public PixelImage picture(int i) throws IOException {
    int place = places[requireIndex(i)];
    return PictureDecoder.decode(members.read(place), members.title(place)).colour();
  }

  /**
   * The minibatch of one training step, like {@link LabelledImages#batch}: an epoch is a
   * permutation, cut into minibatches. The same arguments give the same minibatch.
   *
   * @param seed the run
   * @param step the training step, from 0
   * @param size the number of pictures B, 1 to size()
   * @param preparation what makes them all of one size
   * @throws UncheckedIOException of a {@link DamagedDataException} if one cannot be read
   */
  public Minibatch batch(long seed, long step, int size, Preparation preparation) {
    if (size < 1 || size > size() || step < 0) {
      throw new IllegalArgumentException(
          "size must be 1 to %d and step not negative, but are %d and %d"
              .formatted(size(), size, step));
    }
    try {
      LabelledImages images =
          images(
              order.chosen(seed, step, size), Seeds.of(seed).part("pictures"), step, preparation);
      return new Minibatch(images.images(), images.labels());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * Pictures in a row, in memory.
   *
   * @param first the number of the first, from 0
   * @param count how many, at least 1
   * @param seed what chance in the preparation draws from
   * @param preparation what makes them all of one size
   * @throws DamagedDataException naming the file if one cannot be decoded
   * @throws IOException if one cannot be read
   */
  public LabelledImages read(int first, int count, long seed, Preparation preparation)
      throws IOException {
    if (first < 0 || count < 1 || first > size() - count) {
      throw new IllegalArgumentException(
          "%d pictures from number %d were asked for, but %s has %d"
              .formatted(count, first, name, size()));
    }
    int[] chosen = new int[count];
    Arrays.setAll(chosen, k -> first + k);
    return images(chosen, Seeds.of(seed).part("pictures"), first, preparation);
  }

  private LabelledImages images(int[] chosen, Seeds seeds, long step, Preparation preparation)
      throws IOException {
    byte[] pixels = null;
    PixelImage prepared = null;
    for (int k = 0; k < chosen.length; k++) {
      prepared = preparation.apply(picture(chosen[k]), seeds.random((step << 24) + k));
      byte[] bytes = prepared.bytes();
      if (pixels == null) {
        pixels = new byte[Math.multiplyExact(chosen.length, bytes.length)];
      } else if (bytes.length * chosen.length != pixels.length) {
        throw new IllegalArgumentException(
            "preparation must give pictures of one size, but " + fileName(chosen[k]) + " differs");
      }
      System.arraycopy(bytes, 0, pixels, k * bytes.length, bytes.length);
    }
    int[] classes = Arrays.stream(chosen).map(i -> labels[i]).toArray();
    return new LabelledImages(
        name, classNames.size(), 3, prepared.rows(), prepared.columns(), pixels, classes);
  }

  private int requireIndex(int i) {
    if (i < 0 || i >= size()) {
      throw new IllegalArgumentException("i must be 0 to " + (size() - 1) + ", but is " + i);
    }
    return i;
  }

  @Override
  public void close() throws IOException {
    members.close();
  }

  @Override
  public String toString() {
    String kind = classNames.isEmpty() ? "" : " of " + classNames.size() + " classes";
    return "%s: %,d pictures%s".formatted(name, size(), kind);
  }
}

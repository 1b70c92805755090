package condgen.data;

import condgen.download.DataSet;
import condgen.download.Manifest;
import condgen.download.MissingDataException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A data set in its two parts, each read when it is asked for; nothing is downloaded.
 *
 * @param <T> what a part is: {@link LabelledImages} in memory, a {@link PictureSet} on disk, or a
 *     {@link ClipSource}
 */
public final class Parts<T> {
  private final String name;
  private final Supplier<? extends T> train;
  private final Supplier<? extends T> test;

  /**
   * @param name the set's name for {@code fetch}
   */
  Parts(String name, Supplier<? extends T> train, Supplier<? extends T> test) {
    this.name = name;
    this.train = train;
    this.test = test;
  }

  /** The data set's name, which stands in tables: of a stand-in its own. */
  public String name() {
    return name;
  }

  /**
   * The part for training.
   *
   * @throws MissingDataException when it is not there; the message says which command fetches it,
   *     and which other set is at hand, if one is
   * @throws java.io.UncheckedIOException of a {@link DamagedDataException} when it is damaged
   */
  public T train() {
    return read(train);
  }

  /** The part for testing, for data sets without labels of it that for validation: see train. */
  public T test() {
    return read(test);
  }

  /** The part for training, or nothing when it was not fetched. */
  public Optional<T> findTrain() {
    return find(train);
  }

  /** The part for testing, or nothing when it was not fetched. */
  public Optional<T> findTest() {
    return find(test);
  }

  private static <T> Optional<T> find(Supplier<? extends T> part) {
    try {
      return Optional.of(part.get());
    } catch (MissingDataException e) {
      return Optional.empty();
    }
  }

  private T read(Supplier<? extends T> part) {
    try {
      return part.get();
    } catch (MissingDataException e) {
      throw new MissingDataException(e.getMessage() + standIn(name));
    }
  }

  private static String standIn(String name) {
    return Manifest.standard().all().stream()
        .filter(set -> set.id().equals(name) && set.standIn() != null)
        .findFirst()
        .map(DataSet::standIn)
        .map(other -> ". Here that is Data." + method(other.id()) + "()")
        .orElse("");
  }

  /** The name of a data set as a method is called: {@code fashionMnist}. */
  static String method(String id) {
    StringBuilder text = new StringBuilder();
    for (String word : id.split("-")) {
      text.append(
          text.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return name;
  }
}

package condgen.experiment;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import condgen.tensor.Sha256;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/**
 * The run cards of rows on disk, one JSON file a row, named after its setting and the first digits
 * of the hash of all that it depends on: row class, its version, setting, data.
 */
final class RowCards {

  private static final int DIGITS = 12;

  private final Measurement measurement;
  private final Path directory;

  /**
   * Cards of a measurement.
   *
   * @param directory null to keep none
   */
  RowCards(Measurement measurement, Path directory) {
    this.measurement = measurement;
    this.directory = directory;
  }

  /** The measurement that a class makes. */
  static Measurement measurement(Class<? extends Measurement> type) {
    try {
      return type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          type.getName() + " must be public and have a public constructor without arguments", e);
    }
  }

  /** SHA-256 of all that a row depends on, in hexadecimal digits. */
  String hash(Setting setting) {
    String all =
        String.join(
            "\n",
            measurement.getClass().getName(),
            measurement.version(),
            setting.canonical(),
            measurement.data(setting));
    return Sha256.of(all);
  }

  /** Where a row's card is or will be. */
  Path file(Setting setting) {
    String name =
        setting.values().values().stream()
            .map(v -> v.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-"))
            .collect(Collectors.joining("_"));
    return directory.resolve(name + "_" + hash(setting).substring(0, DIGITS) + ".json");
  }

  /** The row of a card that is there and whole; absent otherwise. */
  AblationRow find(Setting setting) {
    if (directory == null) {
      return AblationRow.absent(setting);
    }
    try {
      JsonObject card = RunCard.read(file(setting));
      // The hash is written last: with it the card is whole. An empty file is read as null.
      boolean fits = card != null && new JsonPrimitive(hash(setting)).equals(card.get("hash"));
      return fits
          ? AblationRow.of(setting, AblationRow.Origin.CARD, card)
          : AblationRow.absent(setting);
    } catch (JsonParseException e) {
      // A card that cannot be read is none: the row is computed again and the card replaced.
      return AblationRow.absent(setting);
    }
  }

  /**
   * Computes a row and writes its card; a failure is its answer, and leaves no card.
   *
   * @throws CancellationException if the thread was interrupted
   */
  AblationRow compute(Setting setting) {
    long start = System.nanoTime();
    try {
      Map<String, Double> values = measurement.measure(setting);
      requireFinite(values);
      RunCard card =
          new RunCard()
              .note("row", measurement.getClass().getName())
              .note("version", measurement.version())
              .note("setting", setting.values())
              .note("data", measurement.data(setting))
              .note("values", values)
              .machine()
              .cost(Duration.ofNanos(System.nanoTime() - start))
              .note("hash", hash(setting));
      if (directory != null) {
        card.write(file(setting));
      }
      return AblationRow.of(setting, AblationRow.Origin.COMPUTED, card.json());
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException | AssertionError | LinkageError | VirtualMachineError e) {
      if (Thread.currentThread().isInterrupted()) {
        throw cancelled(setting);
      }
      return AblationRow.failed(setting, e.toString());
    }
  }

  static CancellationException cancelled(Setting setting) {
    return new CancellationException(
        "the ablation was interrupted at " + setting + "; rows before it are kept");
  }

  private static void requireFinite(Map<String, Double> values) {
    if (values.isEmpty()) {
      throw new IllegalStateException("the row has no numbers");
    }
    values.forEach(
        (name, value) -> {
          if (value == null || !Double.isFinite(value)) {
            throw new IllegalStateException(name + " must be a finite number, but is " + value);
          }
        });
  }
}

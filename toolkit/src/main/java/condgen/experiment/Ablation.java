package condgen.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.LongStream;

/**
 * The same measurement for a grid of settings, several seeds each:
 *
 * <pre>{@code
 * AblationResult result = Ablation.of(DigitTable.class)
 *     .over("model", "PATCH_DDPM", "PATCH_NI_DDPM").over("steps", 100, 50).seeds(1, 2, 3)
 *     .cards(directory).observer(AblationObserver.PRINT).run();
 * }</pre>
 *
 * <p>Each row that is done leaves a run card, so that a run which was stopped at any moment, even
 * killed, goes on where it was. A row that fails is reported, leaves no card and does not disturb
 * the others. Immutable.
 */
public final class Ablation {

  private final Class<? extends Measurement> type;
  private final List<Setting> grid;
  private final List<Setting> extra;
  private final long[] seeds;
  private final Path cards;
  private final AblationObserver observer;

  private Ablation(
      Class<? extends Measurement> type,
      List<Setting> grid,
      List<Setting> extra,
      long[] seeds,
      Path cards,
      AblationObserver observer) {
    this.type = type;
    this.grid = grid;
    this.extra = extra;
    this.seeds = seeds;
    this.cards = cards;
    this.observer = observer;
  }

  /** An ablation of one row, whose setting is empty but for the seed 1. */
  public static Ablation of(Class<? extends Measurement> type) {
    return new Ablation(
        type, List.of(Setting.of()), List.of(), new long[] {1}, null, AblationObserver.NONE);
  }

  /**
   * Each setting of the grid with each of these values: of one value, the same for all rows.
   *
   * @param name another one than before, and not the seed's
   * @param values texts or numbers, at least one
   */
  public Ablation over(String name, Object... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException(
          "values of " + name + " must be one or more, but are none");
    }
    requireNoSeed(name);
    if (grid.get(0).values().containsKey(name)) {
      throw new IllegalArgumentException(
          "values of " + name + " must be given once, but the grid has some; name all together");
    }
    List<Setting> larger = new ArrayList<>();
    for (Setting setting : grid) {
      for (Object value : values) {
        larger.add(setting.with(name, value));
      }
    }
    return new Ablation(type, larger, extra, seeds, cards, observer);
  }

  private static void requireNoSeed(String name) {
    if (name.equals(Setting.SEED)) {
      throw new IllegalArgumentException(
          "seeds must be set with seeds(...), but are given as values of \"" + name + "\"");
    }
  }

  /**
   * One more setting, outside the grid; it is measured with each seed too.
   *
   * @param setting without a seed
   */
  public Ablation and(Setting setting) {
    setting.values().keySet().forEach(Ablation::requireNoSeed);
    List<Setting> more = new ArrayList<>(extra);
    more.add(setting);
    return new Ablation(type, grid, more, seeds, cards, observer);
  }

  /** The seeds; 1 alone unless set. */
  public Ablation seeds(long... values) {
    if (values.length == 0 || LongStream.of(values).distinct().count() != values.length) {
      throw new IllegalArgumentException(
          "seeds must be one or more different numbers, but are " + Arrays.toString(values));
    }
    return new Ablation(type, grid, extra, values.clone(), cards, observer);
  }

  /** Keeps the rows' run cards in a directory, and takes rows from there; else none are kept. */
  public Ablation cards(Path directory) {
    return new Ablation(type, grid, extra, seeds, directory, observer);
  }

  /** Shows the rows as they become known. */
  public Ablation observer(AblationObserver sees) {
    return new Ablation(type, grid, extra, seeds, cards, sees);
  }

  /** All settings, in order: the grid, then what was added; seeds change fastest. */
  public List<Setting> settings() {
    Set<Setting> all = new LinkedHashSet<>();
    for (List<Setting> part : List.of(grid, extra)) {
      for (Setting setting : part) {
        LongStream.of(seeds).forEach(seed -> all.add(setting.with(Setting.SEED, seed)));
      }
    }
    return List.copyOf(all);
  }

  /** The rows that have cards, and the others as absent; computes nothing. */
  public AblationResult read() {
    RowCards files = new RowCards(RowCards.measurement(type), cards);
    return new AblationResult(settings().stream().map(s -> find(files, s)).toList());
  }

  /**
   * Runs the rows that have no card one after the other, in this process.
   *
   * @throws CancellationException if the thread is interrupted; the interrupt stays set, and the
   *     rows that are done stay on disk
   */
  public AblationResult run() {
    RowCards files = new RowCards(RowCards.measurement(type), cards);
    List<Setting> settings = settings();
    List<AblationRow> rows = new ArrayList<>();
    for (Setting setting : settings) {
      if (Thread.currentThread().isInterrupted()) {
        throw RowCards.cancelled(setting);
      }
      AblationRow row = find(files, setting);
      if (row.origin() == AblationRow.Origin.ABSENT) {
        row = files.compute(setting);
      }
      rows.add(row);
      observer.row(rows.size(), settings.size(), row);
    }
    return new AblationResult(rows);
  }

  /**
   * Runs the rows that have no card in worker processes, each with its share of the cores.
   *
   * @param workers how many, at least 1
   * @throws IllegalArgumentException if other processes cannot load the row class, because it was
   *     made in a cell of a notebook
   * @throws CancellationException as {@link #run()}; the workers are stopped
   */
  public AblationResult run(int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1, but is " + workers);
    }
    RowCards files = new RowCards(RowCards.measurement(type), cards);
    List<Setting> settings = settings();
    List<AblationRow> rows = new ArrayList<>();
    int known = 0;
    for (Setting setting : settings) {
      AblationRow row = find(files, setting);
      rows.add(row);
      if (row.origin() != AblationRow.Origin.ABSENT) {
        observer.row(++known, settings.size(), row);
      }
    }
    List<Setting> open =
        rows.stream()
            .filter(row -> row.origin() == AblationRow.Origin.ABSENT)
            .map(AblationRow::setting)
            .toList();
    int before = known;
    List<AblationRow> computed = new ArrayList<>();
    new Workers(type, cards, workers)
        .compute(
            open,
            row -> {
              computed.add(row);
              observer.row(before + computed.size(), settings.size(), row);
            });
    computed.forEach(row -> rows.set(settings.indexOf(row.setting()), row));
    return new AblationResult(rows);
  }

  /** A row whose identity cannot be told, since a checkpoint is not there, has failed. */
  private static AblationRow find(RowCards files, Setting setting) {
    try {
      return files.find(setting);
    } catch (IllegalArgumentException e) {
      return AblationRow.failed(setting, e.getMessage());
    }
  }
}

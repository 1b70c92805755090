package condgen.notebook;

import condgen.experiment.NotebookFiles;
import condgen.experiment.Preset;
import condgen.experiment.ProcessMemory;
import condgen.experiment.Versions;
import condgen.tensor.Devices;
import condgen.tensor.LiveArrays;
import condgen.tensor.Seeds;
import condgen.training.Checkpoint;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * One run of a notebook, from its second cell to its last.
 *
 * <pre>{@code
 * Notebook notebook = Notebook.start("02");
 * int steps = notebook.preset().choose(60, 2_000, 800_000);
 * ...
 * notebook.finish();
 * }</pre>
 *
 * <p>The start chooses the device, the preset ({@code CONDGEN_PRESET}) and the seed ({@code
 * CONDGEN_SEED}, by default {@value #DEFAULT_SEED}), makes pictures and arrays appear below the
 * cell where a kernel is there, and prints all of this without any path. It works in a plain JVM
 * too.
 */
public final class Notebook {
  /** The seed of a run that asks for no other: the year of the thesis. */
  public static final long DEFAULT_SEED = 2023;

  /** The environment variable that holds another seed, a whole number. */
  public static final String SEED_VARIABLE = "CONDGEN_SEED";

  private final String name;
  private final Preset preset;
  private final long seed;
  private final LiveArrays before;
  private final long began = System.nanoTime();
  private boolean finished;

  private Notebook(String name, Preset preset, long seed) {
    if (name == null || !name.matches("\\d\\d")) {
      throw new IllegalArgumentException(
          "a notebook is named by its two digits, such as \"02\", but this one is \""
              + name
              + "\"");
    }
    this.name = name;
    this.preset = preset;
    this.seed = seed;
    this.before = LiveArrays.now();
    Seeds.of(seed).at(0);
    Check.startCounting();
  }

  /**
   * Starts a notebook with the preset of the environment.
   *
   * @param name the two digits that its file name begins with
   * @throws IllegalArgumentException if the name, the preset, the seed or the device is unknown
   */
  public static Notebook start(String name) {
    return start(name, Preset.current());
  }

  /** Starts a notebook with a given preset; see {@link #start(String)}. */
  public static Notebook start(String name, Preset preset) {
    KernelScreen.installIfPresent();
    return start(name, preset, System.getenv(), System.out);
  }

  static Notebook start(
      String name, Preset preset, Map<String, String> environment, PrintStream out) {
    Notebook notebook = new Notebook(name, preset, seed(environment.get(SEED_VARIABLE)));
    out.print(notebook.banner());
    out.print(warning(preset, Devices.isGpu()));
    return notebook;
  }

  static long seed(String text) {
    if (text == null || text.isBlank()) {
      return DEFAULT_SEED;
    }
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          SEED_VARIABLE + " must be a whole number, but is \"" + text + "\"", e);
    }
  }

  static String warning(Preset preset, boolean gpu) {
    return preset == Preset.PAPER && !gpu
        ? String.format(
            "WARNING: preset paper on the CPU. The thesis's own settings want a GPU; here they may"
                + " take days. Set CONDGEN_PRESET=lecture for minutes.%n")
        : "";
  }

  private String banner() {
    return String.format(
        Locale.ROOT,
        "condgen %s, notebook %s, preset %s, seed %d, Java %s%n%s%n",
        Versions.condgen(),
        name,
        preset,
        seed,
        System.getProperty("java.version"),
        Devices.banner());
  }

  /** How large this run is. */
  public Preset preset() {
    return preset;
  }

  /** The seed of this run. */
  public long seed() {
    return seed;
  }

  /** The seeds of the steps of this run. */
  public Seeds seeds() {
    return Seeds.of(seed);
  }

  /**
   * A trained model that is shipped beside the notebook, in {@code checkpoints/}.
   *
   * @param model its name, such as {@code mnist-ddpm}
   * @throws IllegalArgumentException if there is no such file
   * @throws java.io.UncheckedIOException if it is not what was shipped
   */
  public Checkpoint checkpoint(String model) {
    return Checkpoint.read(NotebookFiles.find("checkpoints/" + model + ".safetensors"));
  }

  /**
   * Where the run cards of an ablation are that are shipped beside the notebook, in {@code
   * results/}.
   *
   * @param ablation the directory's name, such as {@code table-6.1}
   * @throws IllegalArgumentException if there is no such directory
   */
  public Path cards(String ablation) {
    return NotebookFiles.find("results/" + ablation);
  }

  /**
   * Ends the run: frees all arrays that were made since the start and prints the checks that
   * passed, the peak memory of the process and the time since the start. A second call does
   * nothing.
   */
  public void finish() {
    finish(System.out);
  }

  void finish(PrintStream out) {
    if (finished) {
      return;
    }
    finished = true;
    int freed = before.freeLater();
    Duration time = Duration.ofNanos(System.nanoTime() - began);
    out.printf(
        Locale.ROOT,
        "notebook %s done: checks passed %d, arrays freed %d, peak memory %s, total time %s%n",
        name,
        Check.passed(),
        freed,
        ProcessMemory.peak(),
        text(time));
  }

  static String text(Duration time) {
    long seconds = Math.round(time.toMillis() / 1000.0);
    return seconds < 60
        ? seconds + " s"
        : String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
  }

  @Override
  public String toString() {
    return "notebook " + name + " (" + preset + ", seed " + seed + ")";
  }
}

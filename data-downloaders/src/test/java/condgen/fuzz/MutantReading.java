package condgen.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Reads mutants of samples, each in a directory of its own, and says what a reader did wrong: threw
 * anything but an {@link IOException}, one that names no file, took much memory or time, or left
 * something in the directory.
 */
public final class MutantReading {

  /** What a reader of samples of kilobytes may allocate in all, bytes. */
  static final long MOST_MEMORY = 96L << 20;

  private static final long LONGEST = 10;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Path directory;
  private final Map<String, Tally> tallies = new TreeMap<>();
  private ExecutorService worker = worker();
  private long plans;

  /** What became of the mutants of a sample. */
  static final class Tally {
    private int accepted;
    private int refused;
    private long nanoseconds;

    int refused() {
      return refused;
    }

    int mutants() {
      return accepted + refused;
    }
  }

  /**
   * @param directory a directory for the mutants, removed at the end
   */
  public MutantReading(Path directory) {
    this.directory = directory;
  }

  private static ExecutorService worker() {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, "mutants");
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Changes the samples whose turn it is and has them read.
   *
   * @param plan changes, one after the other; none reads the samples as they are
   * @return what went wrong, one entry for each sample
   */
  public List<String> read(List<ReaderSample> samples, List<Mutation> plan) throws IOException {
    List<String> faults = new ArrayList<>();
    plans++;
    for (ReaderSample sample : samples) {
      if (plan.isEmpty() || plans % sample.every() == 0) {
        List<String> names = sample.files().keySet().stream().sorted().toList();
        String changed = names.get((int) (plans % names.size()));
        mutant(sample, names, changed, plan)
            .ifPresent(fault -> faults.add(sample + ", " + changed + " " + plan + ": " + fault));
      }
    }
    return faults;
  }

  private Optional<String> mutant(
      ReaderSample sample, List<String> names, String changed, List<Mutation> plan)
      throws IOException {
    Map<String, byte[]> written = new TreeMap<>();
    for (String name : names) {
      byte[] content = sample.files().get(name);
      if (name.equals(changed)) {
        byte[] donor = sample.files().get(names.get((names.indexOf(name) + 1) % names.size()));
        for (Mutation mutation : plan) {
          content = mutation.apply(content, donor);
        }
        content = sample.packing().pack(content);
      }
      written.put(name, content);
    }
    Path place = Files.createDirectory(directory.resolve("m" + plans));
    for (Map.Entry<String, byte[]> file : written.entrySet()) {
      Files.createDirectories(place.resolve(file.getKey()).getParent());
      Files.write(place.resolve(file.getKey()), file.getValue());
    }
    Optional<String> fault = timed(sample, place);
    Optional<String> rest = remains(place, written);
    if (fault.isPresent()) {
      keep(sample, written.get(changed));
    }
    delete(place);
    return fault.or(() -> rest);
  }

  private Optional<String> timed(ReaderSample sample, Path place) {
    Tally tally = tallies.computeIfAbsent(sample.name(), name -> new Tally());
    long begun = System.nanoTime();
    Future<Optional<String>> reading = worker.submit(() -> reading(sample, place, tally));
    try {
      return reading.get(LONGEST, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      StackTraceElement[] stack = stack();
      worker.shutdownNow();
      worker = worker();
      return Optional.of("still reads after " + LONGEST + " s: " + Arrays.toString(stack));
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      tally.nanoseconds += System.nanoTime() - begun;
    }
  }

  private static StackTraceElement[] stack() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().equals("mutants"))
        .map(Map.Entry::getValue)
        .reduce((first, last) -> last)
        .orElse(new StackTraceElement[0]);
  }

  /** Runs in the worker's thread: its allocations are the reader's. */
  private static Optional<String> reading(ReaderSample sample, Path place, Tally tally) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Throwable thrown = null;
    try {
      sample.reader().read(place);
      tally.accepted++;
    } catch (Throwable e) {
      thrown = e;
      tally.refused++;
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    if (allocated > MOST_MEMORY) {
      return Optional.of("allocated " + (allocated >> 20) + " MB" + (thrown == null ? "" : thrown));
    }
    if (thrown == null) {
      return Optional.empty();
    }
    String message = String.valueOf(thrown.getMessage());
    boolean named =
        sample.files().keySet().stream().anyMatch(message::contains)
            || message.contains(place.toString());
    if (thrown instanceof IOException && named) {
      return Optional.empty();
    }
    return Optional.of(
        "threw " + thrown + " at " + Arrays.stream(thrown.getStackTrace()).limit(8).toList());
  }

  private static Optional<String> remains(Path place, Map<String, byte[]> written)
      throws IOException {
    Set<Path> more = new TreeSet<>();
    try (Stream<Path> files = Files.walk(place)) {
      files.forEach(more::add);
    }
    for (Map.Entry<String, byte[]> file : written.entrySet()) {
      Path path = place.resolve(file.getKey());
      if (!more.contains(path) || !Arrays.equals(file.getValue(), Files.readAllBytes(path))) {
        return Optional.of("changed " + file.getKey());
      }
      for (Path p = path; p.startsWith(place); p = p.getParent()) {
        more.remove(p);
      }
    }
    return more.isEmpty() ? Optional.empty() : Optional.of("left " + more);
  }

  /** The mutant stays for whoever mends the reader. */
  private void keep(ReaderSample sample, byte[] mutant) throws IOException {
    Path kept = Files.createDirectories(Path.of("target", "mutants"));
    Files.write(kept.resolve(sample.name().replaceAll("\\W+", "-") + "-" + plans), mutant);
  }

  private static void delete(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }

  /** The samples no mutant of which was refused: a reader that looks at nothing. */
  public List<String> credulous() {
    return tallies.entrySet().stream()
        .filter(t -> t.getValue().refused() == 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** How many mutants were read, of all samples. */
  int mutants() {
    return tallies.values().stream().mapToInt(Tally::mutants).sum();
  }

  /** A line for each sample: mutants, accepted, refused, milliseconds. */
  String report() {
    StringBuilder text = new StringBuilder();
    tallies.forEach(
        (name, t) ->
            text.append(
                "%-44s %7d mutants %7d accepted %7d refused %8d ms%n"
                    .formatted(
                        name, t.mutants(), t.accepted, t.refused, t.nanoseconds / 1_000_000)));
    return text.toString();
  }

  /**
   * Ends the worker, removes the directory and writes the report.
   *
   * @throws AssertionError when no mutant of some sample was refused
   */
  public void finish(Path report) throws IOException {
    worker.shutdownNow();
    delete(directory);
    Files.writeString(report, mutants() + " mutants\n" + report());
    if (!credulous().isEmpty()) {
      throw new AssertionError("no damage was noticed in " + credulous());
    }
  }
}

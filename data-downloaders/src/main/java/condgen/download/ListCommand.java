package condgen.download;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fetch list}: the data sets, what they take and ask for, and whether they are there. */
@Command(
    name = "list",
    description =
        "Lists the data sets: whether they are in the cache, their size there and as published, their"
            + " gate and licence. With"
            + " names, everything that is known of them.")
final class ListCommand implements Callable<Integer> {
  private static final String LINE = "%-20s %-7s %9s %9s  %-7s %-35.35s  %s%n";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help and exit")
  private boolean help;

  @Option(names = "--json", description = "as JSON, for programs")
  private boolean json;

  @Parameters(paramLabel = "NAME", arity = "0..*", description = "data sets")
  private final List<String> names = new ArrayList<>();

  @Mixin private final Place place = new Place();

  @Override
  public Integer call() throws IOException {
    DataCache cache = place.cache();
    Manifest manifest = Manifest.with(cache);
    List<DataSet> sets =
        names.isEmpty() ? manifest.all() : names.stream().map(manifest::get).toList();
    if (json) {
      List<Map<String, Object>> all = new ArrayList<>();
      for (DataSet set : sets) {
        all.add(summary(set, cache));
      }
      System.out.println(
          new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all));
    } else if (names.isEmpty()) {
      System.out.println("in " + cache + ":");
      table(System.out, sets, cache);
    } else {
      sets.forEach(set -> details(System.out, set, cache.directory(set.id())));
    }
    return 0;
  }

  private static void table(PrintStream out, List<DataSet> sets, DataCache cache)
      throws IOException {
    out.printf(LINE, "name", "here", "on disk", "size", "gate", "licence", "what");
    long sum = 0;
    for (DataSet set : sets) {
      Path directory = cache.directory(set.id());
      long used = used(directory);
      sum += used;
      out.printf(
          LINE,
          set.id(),
          state(set, directory),
          used == 0 ? "-" : ConsoleListener.size(used),
          rough(set) + size(set.bytes()),
          gate(set),
          set.licence(),
          set.title().replaceFirst(":.*", ""));
    }
    out.println("on disk in all: " + ConsoleListener.size(sum));
  }

  /** The bytes of all files in a directory, whatever they are. */
  private static long used(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      long sum = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
      return sum;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void details(PrintStream out, DataSet set, Path directory) {
    out.println(set.id() + ": " + set.title());
    out.println("  here     " + state(set, directory) + ", in " + directory);
    out.println("  gate     " + gate(set));
    out.println("  licence  " + set.licence() + ". " + set.terms());
    out.println("  cite     " + set.citation());
    set.steps().forEach(step -> out.println("  by hand  " + step));
    set.splits().forEach((part, what) -> out.println("  " + part + ": " + String.join(", ", what)));
    if (set.standIn() != null) {
      out.printf("  offline  %s: %s%n", set.standIn().id(), set.standIn().difference());
    }
    set.remarks().forEach(remark -> out.println("  note     " + remark));
    for (DataFile file : set.files()) {
      out.printf(
          "  %-7s  %s, %s%s%n",
          file.isIn(directory) ? "there" : file.optional() ? "option" : "-",
          file.name(),
          (file.isRough() ? "about " : "") + size(file.bytes()),
          file.becomesDirectory() ? ", becomes " + file.archive().directory() + "/" : "");
    }
  }

  private static Map<String, Object> summary(DataSet set, DataCache cache) throws IOException {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("directory", cache.directory(set.id()).toString());
    summary.put("state", state(set, cache.directory(set.id())));
    summary.put("bytesOnDisk", used(cache.directory(set.id())));
    summary.put("entry", set);
    return summary;
  }

  private static String rough(DataSet set) {
    return set.usual().stream().anyMatch(DataFile::isRough) ? "~" : "";
  }

  private static String size(long bytes) {
    return bytes == 0 ? "?" : ConsoleListener.size(bytes);
  }

  private static String gate(DataSet set) {
    return set.gate().name().toLowerCase(Locale.ROOT);
  }

  /** Whether the files that are usually fetched are there. */
  static String state(DataSet set, Path directory) {
    long there = set.files().stream().filter(f -> f.isIn(directory)).count();
    long usual = set.usual().stream().filter(f -> f.isIn(directory)).count();
    return there > 0 && usual == set.usual().size() ? "there" : there == 0 ? "-" : "partly";
  }
}

package condgen.download;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code data-downloaders/fetch}. Its exit codes are those of {@link ExitCode}. */
@Command(
    name = "fetch",
    subcommands = {
      ListCommand.class,
      VerifyCommand.class,
      WhereCommand.class,
      DoctorCommand.class,
      ExcerptCommand.class
    },
    description =
        "Fetches data sets into the cache, checks every byte, and shows how to cite them.",
    footer = {
      "",
      "The cache is the directory named by the environment variable CONDGEN_DATA, or else condgen"
          + " in the user's cache directory (~/.cache, ~/Library/Caches, LOCALAPPDATA). Its"
          + " layout is DATA-SET/FILE, for instance mnist/train-images-idx3-ubyte.",
      "An interrupted download is continued by the same command. Nothing is sent anywhere but to the"
          + " addresses in the manifest.",
      ExitCode.HELP
    })
public final class FetchCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help and exit")
  private boolean help;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description =
          "data sets, or single files of them as NAME/FILE; 'fetch list' and 'fetch list NAME' show"
              + " them")
  private final List<String> names = new ArrayList<>();

  @Option(
      names = "--offline",
      description =
          "ask no web address: the cache first, then packages by name and version through npm or"
              + " apt, from whatever registry those clients are set up for.")
  private boolean offline;

  @Option(
      names = "--accept",
      description =
          "accept the terms of the named data sets that ask for it; 'fetch list NAME' shows them")
  private boolean accept;

  @Option(names = "--all", description = "fetch the optional files of the named data sets, too")
  private boolean all;

  @Option(
      names = "--from",
      paramLabel = "FILES",
      description =
          "a directory with files that you obtained yourself; they are checked, then linked or"
              + " copied. Files in the folder 'drop' of a data set are found without it.")
  private Path from;

  @Mixin private final Place place = new Place();

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new FetchCommand())
        .setExecutionExceptionHandler(
            (e, line, parsed) -> {
              line.getErr().println("fetch: " + message(e));
              line.getErr().flush();
              return ExitCode.of(e);
            });
  }

  /** The scripts tell; without them a console is a terminal. */
  static boolean onTerminal() {
    String told = System.getProperty("condgen.terminal");
    return told == null ? System.console() != null : Boolean.parseBoolean(told);
  }

  private static String message(Exception e) {
    if (e instanceof AccessDeniedException) {
      return "you may not read or write " + e.getMessage();
    }
    boolean ours = e instanceof FetchException || e instanceof IllegalArgumentException;
    return ours && e.getMessage() != null ? e.getMessage() : e.toString();
  }

  @Override
  public Integer call() throws Exception {
    DataCache cache = place.cache();
    Manifest manifest = Manifest.with(cache);
    if (names.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "name at least one data set; known are: " + String.join(", ", manifest.ids()));
    }
    if (from != null && !Files.isDirectory(from)) {
      throw new ParameterException(
          spec.commandLine(), "--from must name a directory, but " + from + " is none");
    }
    List<DataSet> sets = new Selection(manifest).of(names, all, id -> dropped(cache, id));
    int code = ExitCode.DONE;
    for (DataSet set : sets) {
      try {
        fetch(set, cache, manifest);
      } catch (FetchException e) {
        if (sets.size() == 1) {
          throw e;
        }
        spec.commandLine().getErr().println("fetch: " + message(e));
        code = code == ExitCode.DONE ? ExitCode.of(e) : code;
      }
    }
    return code;
  }

  private void fetch(DataSet set, DataCache cache, Manifest manifest)
      throws IOException, InterruptedException {
    PrintStream out = System.out;
    FetchListener listener = new ConsoleListener(out, onTerminal());
    Fetcher.Options options = new Fetcher.Options(offline, accept, from);
    Path directory = Fetcher.standard(cache, options, listener).fetch(set);
    if (set.files().isEmpty()) {
      throw new GateException(nothingThere(manifest.get(set.id()), directory));
    }
    out.println(set.title());
    out.println("  in       " + directory);
    out.println("  licence  " + set.licence() + ". " + set.terms());
    out.println("  cite     " + set.citation());
  }

  private List<Path> dropped(DataCache cache, String id) {
    Path drop = cache.directory(id).resolve(DropSource.NAME);
    return from == null ? List.of(drop) : List.of(from, drop);
  }

  /** All files of a set are optional, and none is there. */
  private static String nothingThere(DataSet set, Path directory) {
    StringBuilder text = new StringBuilder(set.id());
    text.append(": none of its files is in ").append(directory.resolve(DropSource.NAME));
    text.append(" or --from. By hand:");
    for (String step : set.steps()) {
      text.append("\n  ").append(step);
    }
    return text.append("\nIts files: ")
        .append(String.join(", ", set.files().stream().map(DataFile::name).toList()))
        .toString();
  }
}

package condgen.download;

import java.io.PrintStream;
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

/** The command {@code data-downloaders/fetch}. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(
    name = "fetch",
    subcommands = {ListCommand.class, VerifyCommand.class, ExcerptCommand.class},
    description =
        "Fetches data sets into the cache, checks every byte, and shows how to cite them.",
    footer = {
      "",
      "The cache is the directory named by the environment variable CONDGEN_DATA, or else condgen"
          + " in the user's cache directory (~/.cache, ~/Library/Caches, LOCALAPPDATA). Its"
          + " layout is DATA-SET/FILE, for instance mnist/train-images-idx3-ubyte.",
      "An interrupted download is continued by the same command.",
      "Exit codes: 0 done, 1 failed, 2 wrong usage."
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
      description = "data sets; 'fetch list' shows them")
  private final List<String> names = new ArrayList<>();

  @Option(
      names = "--offline",
      description =
          "ask no web address: the cache first, then packages by name and version through npm or"
              + " apt, from whatever registry those clients are set up for.")
  private boolean offline;

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
              return e instanceof UnknownDataSetException ? 2 : 1;
            });
  }

  /** The scripts tell; without them a console is a terminal. */
  private static boolean onTerminal() {
    String told = System.getProperty("condgen.terminal");
    return told == null ? System.console() != null : Boolean.parseBoolean(told);
  }

  private static String message(Exception e) {
    boolean ours = e instanceof FetchException || e instanceof IllegalArgumentException;
    return ours && e.getMessage() != null ? e.getMessage() : e.toString();
  }

  @Override
  public Integer call() throws Exception {
    if (names.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "name at least one data set; known are: " + String.join(", ", Manifest.standard().ids()));
    }
    List<DataSet> sets = names.stream().map(Manifest.standard()::get).toList();
    PrintStream out = System.out;
    FetchListener listener = new ConsoleListener(out, onTerminal());
    for (DataSet set : sets) {
      Path directory = Fetcher.standard(place.cache(), offline, listener).fetch(set);
      out.println(set.title());
      out.println("  in       " + directory);
      out.println("  licence  " + set.licence() + ". " + set.terms());
      out.println("  cite     " + set.citation());
    }
    return 0;
  }
}

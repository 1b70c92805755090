package condgen.experiment;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Makes the rows that the notebooks show from run cards: {@code notebooks/results/table}. */
@Command(
    name = "notebooks/results/table",
    synopsisSubcommandLabel = "(6.1 | gamma | 7 | 7.9)",
    description = {
      "Makes the rows of a table that a notebook shows, each a JSON file beside the script.",
      "Rows that are there are kept: the same command goes on where an earlier one was stopped."
    },
    footer = {"", "Exit codes: 0 done, 1 a row failed, 2 wrong usage."})
public final class MakeTable implements Runnable {

  private static final List<Double> GAMMAS = List.of(0.0, 0.5, 1.0, 1.5);
  private static final int SCHEDULE = 1_000;

  @Parameters(hidden = true, description = "the directory of results, which the script names")
  private Path results;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "show this help and exit")
  private boolean help;

  @Spec private CommandSpec spec;

  private MakeTable() {}

  /** A whole number from 1 on. */
  private static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("0*[1-9]\\d{0,8}")) {
        throw new TypeConversionException("must be a whole number from 1 on, but is " + text);
      }
      return Integer.valueOf(text);
    }
  }

  /** The options that every table has. */
  private static final class Rows {
    @Option(
        names = "--samples",
        paramLabel = "N",
        defaultValue = "512",
        converter = Count.class,
        description = "samples of each row; ${DEFAULT-VALUE} unless given")
    private int samples;

    @Option(
        names = "--seeds",
        paramLabel = "N",
        defaultValue = "3",
        converter = Count.class,
        description = "how many seeds, from 1 on; ${DEFAULT-VALUE} unless given")
    private int seeds;

    @Option(
        names = "--workers",
        paramLabel = "N",
        defaultValue = "1",
        converter = Count.class,
        description = "processes that share the cores; ${DEFAULT-VALUE} unless given")
    private int workers;

    private long[] seeds() {
      return LongStream.rangeClosed(1, seeds).toArray();
    }

    private AblationResult run(Ablation ablation, Path cards) {
      return ablation.cards(cards).observer(AblationObserver.PRINT).run(workers);
    }
  }

  /** Arguments: the directory of results, the table, its options. */
  public static void main(String[] arguments) {
    System.exit(command().execute(arguments));
  }

  static CommandLine command() {
    return new CommandLine(new MakeTable())
        .setExecutionExceptionHandler(
            (e, line, parsed) -> {
              line.getErr().println(e.getMessage() == null ? e.toString() : e.getMessage());
              line.getErr().flush();
              return 1;
            });
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a table: 6.1, gamma, 7 or 7.9");
  }

  @Command(
      name = "6.1",
      description = "Samples of both models of digits, and of references, against the test set.")
  int table(
      @Option(
              names = "--steps",
              arity = "1..*",
              paramLabel = "N",
              defaultValue = "1000",
              converter = Count.class,
              description = "steps of the sampler, divisors of 1000; 1000 unless given")
          List<Integer> steps,
      @Mixin Rows rows) {
    for (int number : steps) {
      if (SCHEDULE % number != 0) {
        throw new ParameterException(
            spec.subcommands().get("6.1"), "--steps must divide 1000, but holds " + number);
      }
    }
    Path cards = results.resolve("table-6.1");
    AblationResult references =
        rows.run(SampledDigits.references(rows.samples, rows.seeds()), cards);
    AblationResult models =
        rows.run(SampledDigits.models(rows.samples, steps, rows.seeds()), cards);
    return report(models.and(references), SampledDigits.thesis());
  }

  @Command(
      name = "gamma",
      description = "Small models trained with noise of several smoothnesses, and their samples.")
  int gamma(
      @Option(
              names = "--training",
              paramLabel = "N",
              defaultValue = "1500",
              converter = Count.class,
              description = "steps of the training; ${DEFAULT-VALUE} unless given")
          int training,
      @Mixin Rows rows) {
    Ablation ablation = SmoothnessOfNoise.of(training, rows.samples, GAMMAS, rows.seeds());
    return report(rows.run(ablation, results.resolve("gamma")), List.of());
  }

  @Command(
      name = "7.9",
      description = "The variants of Tables 7.5 and 7.9, each trained small and measured.")
  int variants(
      @Option(
              names = "--training",
              paramLabel = "N",
              defaultValue = "1200",
              converter = Count.class,
              description = "steps of the training; ${DEFAULT-VALUE} unless given")
          int training,
      @Option(
              names = "--seeds",
              paramLabel = "N",
              defaultValue = "1",
              converter = Count.class,
              description = "how many seeds, from 1 on; ${DEFAULT-VALUE} unless given")
          int seeds) {
    Ablation ablation =
        TrainedVariant.of(
            List.of(MaskVariant.values()), training, LongStream.rangeClosed(1, seeds).toArray());
    return report(
        ablation.cards(results.resolve("table-7.9")).observer(AblationObserver.PRINT).run(),
        List.of());
  }

  @Command(
      name = "7",
      description =
          "The shipped model of moving digits, and references, by the protocols of 7.2 to 7.8.")
  int shipped(
      @Option(
              names = "--clips",
              paramLabel = "N",
              defaultValue = "64",
              converter = Count.class,
              description = "held-out clips; ${DEFAULT-VALUE} unless given")
          int clips) {
    int failed = 0;
    for (String table : TableOnDigits.tables()) {
      Ablation[] both = {TableOnDigits.references(table, clips), TableOnDigits.model(table, clips)};
      for (Ablation ablation : both) {
        failed =
            Math.max(
                failed,
                report(
                    ablation
                        .cards(results.resolve("table-7"))
                        .observer(AblationObserver.PRINT)
                        .run(),
                    List.of()));
      }
    }
    return failed;
  }

  private int report(AblationResult result, List<ThesisRow> thesis) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(result.table("means over the seeds", thesis).printAll());
    result.failures().forEach(out::println);
    out.flush();
    return result.failures().isEmpty() ? 0 : 1;
  }
}

package condgen.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Makes the rows that the notebooks show from run cards: {@code notebooks/results/table 6.1} or
 * {@code gamma}. The same command goes on where an earlier one was stopped.
 */
public final class MakeTable {

  private static final List<Double> GAMMAS = List.of(0.0, 0.5, 1.0, 1.5);

  private final List<String> options;

  private MakeTable(String[] arguments) {
    options = Arrays.asList(arguments);
  }

  /**
   * Arguments: the directory of results, the table, then options with a value each: {@code --steps}
   * (one or more), {@code --training}, {@code --samples}, {@code --seeds} (how many), {@code
   * --workers}.
   */
  public static void main(String[] arguments) {
    if (arguments.length < 2) {
      throw new IllegalArgumentException(
          "arguments must be DIRECTORY TABLE [--option value ...], but are " + arguments.length);
    }
    Path results = Path.of(arguments[0]);
    int failures =
        switch (arguments[1]) {
          case "6.1" -> new MakeTable(arguments).table(results.resolve("table-6.1"));
          case "gamma" -> new MakeTable(arguments).gamma(results.resolve("gamma"));
          default ->
              throw new IllegalArgumentException(
                  "the table must be 6.1 or gamma, but is " + arguments[1]);
        };
    System.exit(failures == 0 ? 0 : 1);
  }

  private int table(Path cards) {
    int samples = number("--samples", 512);
    long[] seeds = seeds();
    List<Integer> steps = numbers("--steps", 1000);
    AblationResult references = run(SampledDigits.references(samples, seeds), cards);
    AblationResult models = run(SampledDigits.models(samples, steps, seeds), cards);
    return report(models.and(references), SampledDigits.thesis());
  }

  private int gamma(Path cards) {
    int training = number("--training", 800);
    int samples = number("--samples", 512);
    return report(run(SmoothnessOfNoise.of(training, samples, GAMMAS, seeds()), cards), List.of());
  }

  private AblationResult run(Ablation ablation, Path cards) {
    return ablation.cards(cards).observer(AblationObserver.PRINT).run(number("--workers", 1));
  }

  private static int report(AblationResult result, List<ThesisRow> thesis) {
    System.out.println(result.table("means over the seeds", thesis).printAll());
    result.failures().forEach(System.out::println);
    return result.failures().size();
  }

  private long[] seeds() {
    return LongStream.rangeClosed(1, number("--seeds", 3)).toArray();
  }

  private int number(String option, int otherwise) {
    return numbers(option, otherwise).get(0);
  }

  private List<Integer> numbers(String option, int otherwise) {
    int at = options.indexOf(option);
    List<Integer> numbers = new ArrayList<>();
    for (int i = at + 1; at >= 0 && i < options.size() && !options.get(i).startsWith("--"); i++) {
      numbers.add(Integer.parseInt(options.get(i)));
    }
    return numbers.isEmpty() ? List.of(otherwise) : numbers;
  }
}

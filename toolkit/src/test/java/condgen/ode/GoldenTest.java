package condgen.ode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import com.google.gson.JsonObject;
import condgen.ode.GoldenCase.Run;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Trajectories and evaluation counts of the library torchdiffeq 0.2.5. Every {@code ode_*.json} in
 * the directory with a known right-hand side is run; {@code -Dcondgen.golden=DIR} names another
 * directory.
 */
class GoldenTest {

  private static final Map<String, ButcherTableau> FIXED =
      Map.of(
          "euler", Euler.TABLEAU,
          "midpoint", Midpoint.TABLEAU,
          "heun2", Heun2.TABLEAU,
          "heun3", Heun3.TABLEAU,
          "rk4", ThreeEighthsRule.TABLEAU);
  private static final Map<String, ButcherTableau> ADAPTIVE =
      Map.of("dopri5", DormandPrince.TABLEAU, "bosh3", BogackiShampine.TABLEAU);
  private static final Set<String> ADAMS = Set.of("explicit_adams", "implicit_adams");

  /** What must be among the recorded runs, said here once more so that nothing drops out unseen. */
  private static final Set<String> MUST_RUN =
      Set.of(
          "euler float32",
          "euler float64",
          "midpoint float32",
          "midpoint float64",
          "rk4 float32",
          "rk4 float64",
          "heun2 float64",
          "heun3 float64",
          "explicit_adams float64",
          "implicit_adams float64",
          "bosh3 float32",
          "bosh3 float64",
          "dopri5 float32",
          "dopri5 float64");

  private static final Set<String> ran = new HashSet<>();
  private static final Map<DataType, Double> largest = new EnumMap<>(DataType.class);

  @AfterAll
  static void report() {
    System.out.println("Largest error of the recorded ODE cases: " + largest);
  }

  @TestFactory
  Stream<DynamicTest> solve_ofRecordedCase_givesItsStatesAndEvaluations() throws IOException {
    List<GoldenCase> cases = cases();
    assertTrue(!cases.isEmpty(), "no golden case was found");
    Stream<DynamicTest> runs =
        cases.stream()
            .flatMap(
                golden ->
                    golden.runs().stream()
                        .filter(run -> isOffered(run.method()))
                        .map(run -> test(golden, run)));
    String name = "every method ran in both precisions";
    return Stream.concat(
        runs,
        Stream.of(
            DynamicTest.dynamicTest(
                name, () -> assertTrue(ran.containsAll(MUST_RUN), ran.toString()))));
  }

  private static List<GoldenCase> cases() throws IOException {
    Path directory = Path.of(System.getProperty("condgen.golden", "src/test/resources/golden"));
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches("ode_.*\\.json"))
          .sorted()
          .map(GoldenTest::read)
          .filter(golden -> golden.description().has("rhs"))
          .toList();
    }
  }

  private static GoldenCase read(Path file) {
    try {
      return GoldenCase.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOffered(String method) {
    return FIXED.containsKey(method) || ADAPTIVE.containsKey(method) || ADAMS.contains(method);
  }

  private static DynamicTest test(GoldenCase golden, Run run) {
    String name = golden.name() + " " + run.array() + " " + run.method() + " " + run.options();
    return DynamicTest.dynamicTest(name, () -> check(golden, run, name));
  }

  private static void check(GoldenCase golden, Run run, String name) throws IOException {
    try (Scope scope = Scope.open()) {
      NDList arrays = golden.load();
      double[] times = golden.times(arrays, run.type());
      NDArray x0 = golden.x0(run.type());
      OdeSolution solution = Ode.solve(golden.field(), x0, times, solver(run)).orThrow();
      double error = error(arrays.get(run.array()), solution.trajectory());
      largest.merge(run.type(), error, Math::max);
      assertTrue(error <= (run.isDouble() ? 1e-10 : 1e-5), "error " + error);
      int slack = run.isDouble() ? 0 : evaluationsPerStep(run);
      assertEquals(run.evaluations(), solution.evaluations(), slack, "evaluations");
      ran.add(run.method() + (run.isDouble() ? " float64" : " float32"));
    }
  }

  /** Largest difference, relative to max(1, |recorded|). */
  private static double error(NDArray recorded, NDArray ours) {
    assertEquals(recorded.getShape(), ours.getShape());
    double[] expected = Tensors.toDoubles(recorded);
    double[] came = Tensors.toDoubles(ours);
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      double error = Math.abs(expected[i] - came[i]) / Math.max(1, Math.abs(expected[i]));
      assertTrue(Double.isFinite(error));
      largest = Math.max(largest, error);
    }
    return largest;
  }

  private static int evaluationsPerStep(Run run) {
    return ADAMS.contains(run.method()) ? 5 : tableau(run).solutionStages();
  }

  private static ButcherTableau tableau(Run run) {
    return FIXED.getOrDefault(run.method(), ADAPTIVE.get(run.method()));
  }

  private static Solver solver(Run run) {
    JsonObject options = run.options();
    if (ADAPTIVE.containsKey(run.method())) {
      Adaptive solver = Adaptive.of(tableau(run), run.tolerances());
      return options.has("first_step")
          ? solver.firstStep(options.get("first_step").getAsDouble())
          : solver;
    }
    boolean cubic = options.has("interp") && options.get("interp").getAsString().equals("cubic");
    Interpolation interpolation = cubic ? Interpolation.CUBIC : Interpolation.LINEAR;
    if (ADAMS.contains(run.method())) {
      return adams(run).interpolation(interpolation);
    }
    FixedStep solver =
        options.has("step_size")
            ? FixedStep.stepSize(tableau(run), options.get("step_size").getAsDouble())
            : FixedStep.onOutputTimes(tableau(run));
    return solver.interpolation(interpolation);
  }

  private static MultiStep adams(Run run) {
    JsonObject options = run.options();
    boolean implicit = run.method().equals("implicit_adams");
    Grid.Rule rule =
        options.has("step_size")
            ? Grid.stepSize(options.get("step_size").getAsDouble())
            : Grid::outputTimes;
    int order = options.has("max_order") ? options.get("max_order").getAsInt() : 12;
    return MultiStep.of(implicit, rule)
        .maxOrder(order)
        .tolerances(run.tolerances().rtol(0), run.tolerances().atol(0));
  }
}

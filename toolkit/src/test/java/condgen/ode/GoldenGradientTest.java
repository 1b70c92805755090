package condgen.ode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Losses, states, gradients and evaluation counts of the library torchdiffeq 0.2.5, with and
 * without its adjoint. Every {@code ode_mlp_adjoint_*.json} in the directory is run; {@code
 * -Dcondgen.golden=DIR} names another directory.
 */
class GoldenGradientTest {

  private static final double TIGHT = 1e-11;

  /** Of back-propagation through adaptive steps; see {@link #checkUpToTheFirstStep}. */
  private static final double LOOSE = 1e-5;

  private static final Map<String, ButcherTableau> METHODS =
      Map.of(
          "euler", Euler.TABLEAU,
          "midpoint", Midpoint.TABLEAU,
          "rk4", ThreeEighthsRule.TABLEAU,
          "dopri5", DormandPrince.TABLEAU);

  private static final Set<String> MUST_RUN =
      Set.of("adjoint dopri5", "adjoint seminorm", "adjoint rk4", "direct dopri5", "direct rk4");

  private static final Set<String> ran = new HashSet<>();
  private static double largest;

  @AfterAll
  static void report() {
    System.out.println("Largest error of the recorded gradients: " + largest);
  }

  @TestFactory
  Stream<DynamicTest> gradient_ofRecordedCase_isTheRecordedOne() throws IOException {
    Path directory = Path.of(System.getProperty("condgen.golden", "src/test/resources/golden"));
    List<GoldenCase> cases;
    try (Stream<Path> files = Files.list(directory)) {
      cases =
          files
              .filter(file -> file.getFileName().toString().matches("ode_mlp_adjoint.*\\.json"))
              .sorted()
              .map(GoldenGradientTest::read)
              .toList();
    }
    assertTrue(!cases.isEmpty(), "no golden case was found");
    Stream<DynamicTest> runs = cases.stream().flatMap(GoldenGradientTest::tests);
    DynamicTest all =
        DynamicTest.dynamicTest(
            "every kind of gradient ran", () -> assertTrue(ran.containsAll(MUST_RUN), "" + ran));
    return Stream.concat(runs, Stream.of(all));
  }

  private static GoldenCase read(Path file) {
    try {
      return GoldenCase.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<DynamicTest> tests(GoldenCase golden) {
    return StreamSupport.stream(golden.description().getAsJsonArray("runs").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .map(
            run ->
                DynamicTest.dynamicTest(
                    golden.name() + " " + run.get("name").getAsString(), () -> check(golden, run)));
  }

  private static void check(GoldenCase golden, JsonObject run) throws IOException {
    try (Scope scope = Scope.open()) {
      String name = run.get("name").getAsString();
      boolean adjoint = name.startsWith("adjoint");
      Options options = Options.of(run.getAsJsonObject("options"));
      NDList arrays = golden.load();
      NDList theta = named(arrays, "f64:W1", "f64:b1", "f64:W2", "f64:b2");
      NDArray weights = arrays.get("f64:loss_weights");
      boolean timed = golden.description().get("time_dependent").getAsBoolean();
      TimedDynamics f = (p, t, x) -> new NDList(network(p, t, x.get(0), timed));
      Gradient gradient = adjoint ? options.adjoint() : Gradient.discrete();
      NDArray timeGradients = arrays.get("f64:" + name + ":grad_t");
      gradient = timeGradients == null ? gradient : gradient.withTimes();
      OdeGradient came =
          gradient
              .solve(
                  f,
                  theta,
                  named(arrays, "f64:y0"),
                  Tensors.toDoubles(arrays.get("f64:t")),
                  options.solver(),
                  states -> later(weights).mul(NDArrays.stack(states)).sum())
              .orThrow();
      boolean exact = adjoint || options.step() > 0;
      double tolerance = exact ? TIGHT : LOOSE;
      NDArray atStart = weights.get(0).mul(came.forward().x(0)).sum();
      double loss = Tensors.item(came.value()) + Tensors.item(atStart);
      close(run.get("loss").getAsDouble(), loss, tolerance);
      close(arrays, name + ":sol", came.forward().trajectory(), tolerance);
      close(arrays, name + ":grad_y0", came.x0().get(0).add(weights.get(0)), tolerance);
      String[] parameters = {"W1", "b1", "W2", "b2"};
      for (int i = 0; i < parameters.length; i++) {
        close(arrays, name + ":grad_" + parameters[i], came.theta().get(i), tolerance);
      }
      if (timeGradients != null) {
        close(arrays, name + ":grad_t", Tensors.ofDoubles(came.times()), tolerance);
      }
      assertEquals(run.get("nfe_forward").getAsLong(), came.forward().evaluations(), "forward");
      assertEquals(run.get("nfe_backward").getAsLong(), came.backwardEvaluations(), "backward");
      if (!exact) {
        NDList leaves = new NDList(arrays.get("f64:y0")).addAll(theta);
        NDList ours = new NDList(came.x0().get(0).add(weights.get(0))).addAll(came.theta());
        String prefix = "f64:" + name + ":grad_";
        NDList theirs =
            named(
                arrays, prefix + "y0", prefix + "W1", prefix + "b1", prefix + "W2", prefix + "b2");
        double start = Tensors.toDoubles(arrays.get("f64:t"))[0];
        checkUpToTheFirstStep(theirs, ours, leaves, p -> firstStep(f, p, start, options));
      }
      ran.add((adjoint ? "adjoint " : "direct ") + options.kind());
    }
  }

  /**
   * torchdiffeq also differentiates the length h of the first step, which here is a number. So its
   * gradient has a multiple of ∂h/∂(x0, θ) more; what is left beside that is rounding.
   */
  private static void checkUpToTheFirstStep(
      NDList theirs, NDList ours, NDList at, ToDoubleFunction<NDList> firstStep) {
    double[] step = TanhNetwork.differences(at, firstStep, 1e-5);
    double[] expected = TanhNetwork.flat(theirs);
    double[] came = TanhNetwork.flat(ours);
    double along = 0;
    double square = 0;
    for (int i = 0; i < step.length; i++) {
      along += (expected[i] - came[i]) * step[i];
      square += step[i] * step[i];
    }
    System.out.println(
        "along "
            + along / square
            + " diff "
            + Arrays.stream(step).map(Math::abs).max().orElseThrow() * along / square);
    double left = 0;
    for (int i = 0; i < step.length; i++) {
      left = Math.max(left, Math.abs(expected[i] - came[i] - along / square * step[i]));
    }
    assertTrue(left <= 1e-10, "left: " + left);
  }

  private static double firstStep(ParametricDynamics f, NDList p, double start, Options options) {
    Dynamics at = f.at(new NDList(p.subList(1, p.size())));
    NDList x0 = new NDList(p.get(0));
    InitialValueProblem problem = new InitialValueProblem(at, x0, new double[] {start, start + 1});
    return StepControl.torchdiffeq()
        .firstStep(problem, at.apply(start, x0), options.tableau().order(), options.tolerances());
  }

  /** The options of a run, which the case holds as texts. */
  private record Options(String method, double step, Tolerances tolerances, boolean seminorm) {

    static Options of(JsonObject texts) {
      JsonObject inner = dictionary(texts, "options");
      double step = inner.has("step_size") ? inner.get("step_size").getAsDouble() : 0;
      double rtol = texts.has("rtol") ? texts.get("rtol").getAsDouble() : 1e-7;
      double atol = texts.has("atol") ? texts.get("atol").getAsDouble() : 1e-9;
      JsonObject backwards = dictionary(texts, "adjoint_options");
      boolean seminorm =
          backwards.has("norm") && backwards.get("norm").getAsString().equals("seminorm");
      return new Options(
          texts.get("method").getAsString(), step, new Tolerances(rtol, atol), seminorm);
    }

    private static JsonObject dictionary(JsonObject texts, String key) {
      String text = texts.has(key) ? texts.get(key).getAsString() : "{}";
      return JsonParser.parseString(text).getAsJsonObject();
    }

    String kind() {
      return seminorm ? "seminorm" : method;
    }

    ButcherTableau tableau() {
      return METHODS.get(method);
    }

    Gradient adjoint() {
      return seminorm ? Gradient.adjoint().seminorm() : Gradient.adjoint();
    }

    Solver solver() {
      if (tableau().hasErrorEstimate()) {
        return Adaptive.of(tableau(), tolerances);
      }
      return step > 0 ? FixedStep.stepSize(tableau(), step) : FixedStep.onOutputTimes(tableau());
    }
  }

  private static NDList named(NDList arrays, String... names) {
    return new NDList(Stream.of(names).map(arrays::get).toArray(NDArray[]::new));
  }

  private static NDArray later(NDArray weights) {
    return weights.get(new NDIndex("1:"));
  }

  /** tanh([t, y] W1ᵀ + b1) W2ᵀ + b2, or without t. */
  private static NDArray network(NDList p, NDArray t, NDArray y, boolean timed) {
    NDArray input = y;
    if (timed) {
      NDArray column = y.get(new NDIndex(":, :1")).zerosLike().add(t);
      input = column.concat(y, 1);
    }
    NDArray hidden = input.matMul(p.get(0).transpose()).add(p.get(1)).tanh();
    return hidden.matMul(p.get(2).transpose()).add(p.get(3));
  }

  private static void close(NDList arrays, String name, NDArray came, double tolerance) {
    NDArray recorded = arrays.get("f64:" + name);
    assertEquals(recorded.getShape(), came.getShape(), name);
    double[] expected = Tensors.toDoubles(recorded);
    double[] values = Tensors.toDoubles(came);
    for (int i = 0; i < expected.length; i++) {
      close(expected[i], values[i], tolerance);
    }
  }

  private static void close(double expected, double came, double tolerance) {
    double error = Math.abs(expected - came) / Math.max(1, Math.abs(expected));
    assertTrue(error <= tolerance, "error " + error + " of " + came);
    largest = Math.max(largest, error);
  }
}

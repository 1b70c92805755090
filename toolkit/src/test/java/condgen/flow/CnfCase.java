package condgen.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import condgen.ode.Adaptive;
import condgen.ode.BogackiShampine;
import condgen.ode.DormandPrince;
import condgen.ode.Solver;
import condgen.ode.StepControl;
import condgen.ode.ThreeEighthsRule;
import condgen.ode.Tolerances;
import condgen.tensor.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A recorded pass of one continuous flow through the released code: options from the .json, arrays
 * from the .npz beside it.
 */
record CnfCase(String name, JsonObject options, NDList arrays) {

  static CnfCase read(Path json) throws IOException {
    String file = json.getFileName().toString();
    String name = file.substring(0, file.length() - ".json".length());
    JsonObject options = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    byte[] bytes = Files.readAllBytes(json.resolveSibling(name + ".npz"));
    return new CnfCase(name, options, NDList.decode(Devices.root(), bytes));
  }

  static List<Path> all() throws IOException {
    Path directory = Path.of(System.getProperty("condgen.golden", "src/test/resources/golden"));
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches("cnf_.*\\.json"))
          .sorted()
          .toList();
    }
  }

  NDArray array(String key) {
    return arrays.get(key);
  }

  boolean has(String key) {
    return arrays.get(key) != null;
  }

  /** Arrays whose names start with the prefix, in their order. */
  NDList arrays(String prefix) {
    NDList found = new NDList();
    for (NDArray array : arrays) {
      if (array.getName().startsWith(prefix)) {
        found.add(array);
      }
    }
    return found;
  }

  /** The recorded network, given the recorded condition. */
  FlowField field() {
    int[] hidden = new int[options.getAsJsonArray("hidden").size()];
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] = options.getAsJsonArray("hidden").get(i).getAsInt();
    }
    int channels = (int) array("x").getShape().get(1);
    boolean conditioned = has("concat");
    int conditioning = conditioned ? (int) array("concat").getShape().get(1) : 0;
    ConvolutionalField field = new ConvolutionalField(channels, conditioning, hidden);
    return conditioned ? field.given(array("concat")) : field;
  }

  String method() {
    return options.get("solver").getAsString();
  }

  double tolerance() {
    return switch (method()) {
      case "rk4" -> 1e-5;
      case "dopri5" -> 1e-4;
      default -> 1e-3;
    };
  }

  double gradientTolerance() {
    return method().equals("bosh3") ? 1e-2 : 1e-4;
  }

  /** Evaluations that a step of an adaptive method in float32 may add or save by rounding. */
  int slack() {
    return switch (method()) {
      case "rk4" -> 0;
      case "dopri5" -> 6;
      default -> 3;
    };
  }

  /** The recorded solver: only position and log density are error-controlled. */
  Solver solver(boolean withFirstStep) {
    JsonObject extra = options.getAsJsonObject("solver_options");
    if (method().equals("rk4")) {
      return ThreeEighthsRule.stepSize(extra.get("step_size").getAsDouble());
    }
    double rtol = options.get("rtol").getAsDouble();
    double atol = options.get("atol").getAsDouble();
    Tolerances tolerances =
        Tolerances.perArray(new double[] {rtol, rtol}, new double[] {atol, atol});
    Adaptive solver =
        Adaptive.of(
                method().equals("bosh3") ? BogackiShampine.TABLEAU : DormandPrince.TABLEAU,
                tolerances)
            .control(StepControl.ffjord());
    JsonElement first = extra.get("first_step");
    return withFirstStep && first != null ? solver.firstStep(first.getAsDouble()) : solver;
  }
}

package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import condgen.tensor.Devices;
import condgen.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A recorded case of the reference solver: the description of system, parameters and runs from the
 * .json, the trajectories from the .npz beside it.
 */
record GoldenCase(String name, JsonObject description, Path arrays) {

  /** One run: a method with options, the recorded trajectory and number of evaluations. */
  record Run(
      String array,
      String method,
      JsonObject options,
      Tolerances tolerances,
      DataType type,
      int evaluations) {
    boolean isDouble() {
      return type == DataType.FLOAT64;
    }
  }

  static GoldenCase read(Path json) throws IOException {
    String file = json.getFileName().toString();
    String name = file.substring(0, file.length() - ".json".length());
    JsonObject description = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    return new GoldenCase(name, description, json.resolveSibling(name + ".npz"));
  }

  List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (JsonElement element : description.getAsJsonArray("runs")) {
      JsonObject run = element.getAsJsonObject();
      JsonArray tolerances = run.getAsJsonArray("rtol_atol");
      runs.add(
          new Run(
              run.get("array").getAsString(),
              run.get("method").getAsString(),
              run.getAsJsonObject("options"),
              new Tolerances(tolerances.get(0).getAsDouble(), tolerances.get(1).getAsDouble()),
              run.get("dtype").getAsString().equals("f64") ? DataType.FLOAT64 : DataType.FLOAT32,
              run.get("nfe").getAsInt()));
    }
    return runs;
  }

  /** The recorded arrays, by name. */
  NDList load() throws IOException {
    return NDList.decode(Devices.root(), Files.readAllBytes(arrays));
  }

  double[] times(NDList arrays, DataType type) {
    return Tensors.toDoubles(arrays.get(type == DataType.FLOAT64 ? "f64:t_f64" : "t_f32"));
  }

  /** The state at the start, shape (..., 2). */
  NDArray x0(DataType type) {
    List<Double> values = new ArrayList<>();
    List<Long> shape = new ArrayList<>();
    JsonElement level = description.get("y0");
    while (level.isJsonArray()) {
      shape.add((long) level.getAsJsonArray().size());
      level = level.getAsJsonArray().get(0);
    }
    flatten(description.get("y0"), values);
    Shape sizes = new Shape(shape);
    double[] doubles = values.stream().mapToDouble(Double::doubleValue).toArray();
    return Tensors.of(doubles, sizes).toType(type, false);
  }

  private static void flatten(JsonElement element, List<Double> values) {
    if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(e -> flatten(e, values));
    } else {
      values.add(element.getAsDouble());
    }
  }

  /** The right-hand side that {@code rhs} names, with the parameters {@code p}. */
  VectorField field() {
    JsonArray p = description.getAsJsonArray("p");
    double[] parameters = new double[p.size()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = p.get(i).getAsDouble();
    }
    return PlanarSystem.named(description.get("rhs").getAsString()).with(parameters);
  }
}

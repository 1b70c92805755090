package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import condgen.tensor.Devices;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Trajectories of the samplers that the authors released, with the noises they drew. Every {@code
 * ddpm_*.json}, {@code ddim_*.json} and {@code fpndm_*.json} in the directory is run; {@code
 * -Dcondgen.golden=DIR} names another directory.
 */
class GoldenSamplerTest {

  private static final Set<String> KNOWN_OPTIONS =
      Set.of("subsample_steps", "clip_before", "denoise", "just_beta", "t_min");
  private static final Map<String, Double> largest = new TreeMap<>();

  @AfterAll
  static void report() {
    System.out.println("Largest error of the recorded samplers, relative: " + largest);
  }

  @TestFactory
  Stream<DynamicTest> sample_ofRecordedCase_givesItsTrajectoryAndLabels() throws IOException {
    Path directory = Path.of(System.getProperty("condgen.golden", "src/test/resources/golden"));
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> cases =
          files
              .filter(file -> file.getFileName().toString().matches("(ddpm|ddim|fpndm)_.*\\.json"))
              .sorted()
              .toList();
      assertFalse(cases.isEmpty(), "no golden case was found");
      return cases.stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }
  }

  private static void check(Path file) {
    try (Scope scope = Scope.open()) {
      JsonObject description = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      String name = file.getFileName().toString().replaceFirst("\\.json$", "");
      NDList recorded =
          NDList.decode(Devices.root(), Files.readAllBytes(file.resolveSibling(name + ".npz")));
      ReleasedSchedule schedule = schedule(description);
      compareSchedules(schedule, recorded);
      List<Double> labels = new ArrayList<>();
      NoisePredictor formula = formula(description);
      NoisePredictor network =
          (x, label) -> {
            labels.add(Tensors.toDoubles(label)[0]);
            return formula.predict(x, label);
          };
      NDArray images = recorded.get("images");
      NDArray noises = recorded.get("noises");
      double scale = Tensors.item(images.abs().max());
      List<Double> errors = new ArrayList<>();
      sampling(description, schedule)
          .sample(
              network,
              recorded.get("x_init"),
              noises == null ? n -> null : n -> noises.get(n),
              (step, level, x, denoised) ->
                  errors.add(Tensors.item(x.sub(images.get(step - 1)).abs().max()) / scale));
      assertEquals(images.getShape().get(0), errors.size());
      double[] told = labels.stream().mapToDouble(Double::doubleValue).toArray();
      assertArrayEquals(Tensors.toDoubles(recorded.get("labels")), told);
      double worst = errors.stream().mapToDouble(Double::doubleValue).max().getAsDouble();
      largest.put(name, worst);
      assertTrue(worst <= 1e-5, "error " + worst);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** ᾱ to 4e-7 of itself; β, which is a difference to 1, to 4e-7. */
  private static void compareSchedules(ReleasedSchedule schedule, NDList recorded) {
    float[] alphaBar = Tensors.toFloats(recorded.get("alphas"));
    float[] beta = Tensors.toFloats(recorded.get("betas"));
    assertEquals(alphaBar.length, schedule.size());
    for (int i = 0; i < alphaBar.length; i++) {
      assertEquals(alphaBar[i], schedule.alphaBar(i), 4e-7f * alphaBar[i]);
      assertEquals(beta[i], schedule.beta(i), 4e-7f);
    }
  }

  private static ReleasedSchedule schedule(JsonObject description) {
    int size = description.get("T").getAsInt();
    return switch (description.get("schedule").getAsString()) {
      case "linear" ->
          ReleasedSchedule.linear(
              size,
              description.get("sigma_begin").getAsDouble(),
              description.get("sigma_end").getAsDouble());
      case "cosine" -> ReleasedSchedule.cosine(size);
      default -> throw new IllegalArgumentException("unknown schedule in " + description);
    };
  }

  private static ReleasedSampling sampling(JsonObject description, ReleasedSchedule schedule) {
    String sampler = description.get("sampler").getAsString().toUpperCase(Locale.ROOT);
    ReleasedSampling.Method method =
        ReleasedSampling.Method.valueOf(sampler.replaceFirst("_SAMPLER$", ""));
    JsonObject options = description.getAsJsonObject("options");
    assertTrue(KNOWN_OPTIONS.containsAll(options.keySet()), "unknown option in " + options);
    JsonElement steps = options.get("subsample_steps");
    return new ReleasedSampling(
        schedule,
        method,
        steps == null || steps.isJsonNull() ? schedule.size() : steps.getAsInt(),
        flag(options, "clip_before", true),
        flag(options, "denoise", method != ReleasedSampling.Method.FPNDM),
        flag(options, "just_beta", false),
        options.has("t_min") ? options.get("t_min").getAsDouble() : 0);
  }

  private static boolean flag(JsonObject options, String name, boolean otherwise) {
    return options.has(name) ? options.get(name).getAsBoolean() : otherwise;
  }

  /** A x + B sin(0.01 label + 0.1 i), i counting the numbers of a sample. */
  private static NoisePredictor formula(JsonObject description) {
    double a = description.get("A").getAsDouble();
    double b = description.get("B").getAsDouble();
    return (x, labels) -> {
      double label = Tensors.toDoubles(labels)[0];
      int size = (int) (x.size() / x.getShape().get(0));
      float[] waves = new float[size];
      for (int i = 0; i < size; i++) {
        waves[i] = (float) (b * Math.sin(0.01 * label + 0.1 * i));
      }
      NDArray wave = Tensors.of(waves, x.getShape().slice(1)).expandDims(0);
      return Scalars.scale(x, a).add(wave);
    };
  }
}

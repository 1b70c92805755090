package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import condgen.noise.DenseNoise;
import condgen.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The smallest example of chapter 6 and its numbers, which were computed without this library: Σ
 * with correlation 0.6, x₀ = (1, −1), ε = (0.5, −0.25), ᾱ_t = 0.25 and ᾱ_(t−1) = 0.4, where t = 2.
 */
final class PlaneExample {

  static final int T = 2;
  static final double[] X0 = {1, -1};
  static final double[] EPSILON = {0.5, -0.25};

  private static final JsonObject NUMBERS = read();

  private PlaneExample() {}

  private static JsonObject read() {
    try {
      Path file = Path.of("src/test/resources/golden/nonisotropic-fixture.json");
      return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double[][] sigma() {
    JsonArray rows = NUMBERS.getAsJsonArray("Sigma");
    double[][] sigma = new double[2][2];
    for (int i = 0; i < 4; i++) {
      sigma[i / 2][i % 2] = rows.get(i / 2).getAsJsonArray().get(i % 2).getAsDouble();
    }
    return sigma;
  }

  static ForwardProcess process() {
    return new ForwardProcess(NoiseSchedule.of(0.6, 0.375), new DenseNoise(sigma()));
  }

  static double number(String name) {
    return NUMBERS.get(name).getAsDouble();
  }

  static double[] vector(String name) {
    JsonArray array = NUMBERS.getAsJsonArray(name);
    return new double[] {array.get(0).getAsDouble(), array.get(1).getAsDouble()};
  }

  /** One sample: (1, D). */
  static NDArray row(double... values) {
    return Tensors.of(values, new Shape(1, values.length));
  }

  /** x_t for the example's x₀ and ε. */
  static NDArray noisy() {
    return process().diffuse(row(X0), T, row(EPSILON));
  }
}

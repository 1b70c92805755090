package condgen.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The field of γ = 1 at 4 × 4 and 32 × 32 against numbers from another implementation. */
class FieldGoldenTest {

  private static final Path FILE = Path.of("src/test/resources/golden/nonisotropic-fixture.json");

  private final JsonObject golden = read();
  private final GaussianFreeField field = new GaussianFreeField(1);

  private static JsonObject read() {
    try {
      return new Gson().fromJson(Files.readString(FILE), JsonObject.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private double[][] rows(String name) {
    return new Gson().fromJson(golden.get(name), double[][].class);
  }

  private double number(String name) {
    return golden.get(name).getAsDouble();
  }

  private static void assertRows(double[][] expected, double[][] found) {
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], found[i], 1e-9);
    }
  }

  private double[][] root(double[] image) {
    return Scope.call(
        () -> {
          NDArray x = Tensors.of(image, new Shape(1, 4, 4));
          return Grid.rows(Tensors.toDoubles(field.sqrt(x)), 4);
        });
  }

  @Test
  void fourByFour() {
    Spectrum spectrum = field.spectrum(4, 4);
    assertRows(rows("gff4 lam"), spectrum.eigenvalues());
    assertRows(rows("gff4 Sigma first row"), spectrum.covarianceAtLags());
    assertEquals(number("gff4 c2"), Math.pow(field.rawDeviation(4, 4), 2), 1e-10);
    assertEquals(number("gff4 logdet"), field.logDeterminant(new Shape(4, 4)), 1e-12);
    double[] pixel = new double[16];
    pixel[0] = 1;
    assertRows(rows("gff4 rootrow"), root(pixel));
    double[] ramp = new double[16];
    Arrays.setAll(ramp, p -> p / 10.0);
    assertRows(rows("gff4 root(arange/10)"), root(ramp));
  }

  @Test
  void thirtyTwoByThirtyTwo() {
    Spectrum spectrum = field.spectrum(32, 32);
    double[] lambda =
        Arrays.stream(spectrum.eigenvalues()).flatMapToDouble(Arrays::stream).sorted().toArray();
    double[] ends = new Gson().fromJson(golden.get("gff32 lam min max"), double[].class);
    assertArrayEquals(ends, new double[] {lambda[0], lambda[1023]}, 1e-11);
    assertEquals(number("gff32 c2"), Math.pow(field.rawDeviation(32, 32), 2), 1e-10);
    assertEquals(number("gff32 logdet"), field.logDeterminant(new Shape(32, 32)), 1e-9);
    assertEquals(number("gff32 corr(0,1)"), spectrum.covarianceAtLags()[0][1], 1e-10);
    double square = Arrays.stream(lambda).map(l -> l * l).average().orElseThrow();
    assertEquals(number("gff32 mean lam^2"), square, 1e-9);
  }
}

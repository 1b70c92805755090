package condgen.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Devices;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Recorded values of the authors' code: statistics and Fréchet distances in every {@code frechet*},
 * precision, recall and radii in every {@code precision_recall*} of the directory. {@code
 * -Dcondgen.golden=DIR} names another directory.
 */
class GoldenMetricsTest {

  private static final double FLOAT64 = 1e-9;
  private static final double FLOAT32 = 1e-5;
  private static final Pattern SHARES = Pattern.compile("precision_recall_k(\\d+)");
  private static final Pattern RADII = Pattern.compile("radius_(real|gen)_k(\\d+)");

  private static List<Path> cases(String prefix) throws IOException {
    Path directory = Path.of(System.getProperty("condgen.golden", "src/test/resources/golden"));
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(f -> f.getFileName().toString().matches(prefix + ".*\\.npz"))
          .sorted()
          .toList();
    }
  }

  static List<Path> frechet() throws IOException {
    return cases("frechet");
  }

  static List<Path> precisionRecall() throws IOException {
    return cases("precision_recall");
  }

  private static NDList decode(Path npz) {
    try {
      return NDList.decode(Devices.root(), Files.readAllBytes(npz));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The array of a name, whatever type the name announces; null if there is none. */
  private static NDArray find(NDList arrays, String name) {
    return arrays.stream()
        .filter(a -> a.getName().replaceFirst("^f64:", "").equals(name))
        .findFirst()
        .orElse(null);
  }

  @ParameterizedTest
  @MethodSource("frechet")
  void statisticsAndDistance_areAsRecorded(Path npz) {
    Scope.run(
        () -> {
          NDList arrays = decode(npz);
          FeatureStatistics real = statistics(arrays, "real");
          FeatureStatistics fake = statistics(arrays, "fake");
          double scale = trace(real) + trace(fake);
          double distance = FrechetDistance.between(real, fake);
          double error = Tensors.item(find(arrays, "fd")) - distance;
          System.out.printf("%s: distance %.9g, error %.1e%n", npz.getFileName(), distance, error);
          assertEquals(0, error, FLOAT64 * Math.max(distance, scale));
          assertEquals(distance, FrechetDistance.between(fake, real), FLOAT64 * scale);
          assertEquals(0, FrechetDistance.between(real, real), FLOAT64 * scale);
          NDArray same = find(arrays, "fd_same");
          if (same != null) {
            assertEquals(Tensors.item(same), FrechetDistance.between(real, real), FLOAT64 * scale);
          }
        });
  }

  private static double trace(FeatureStatistics statistics) {
    double trace = 0;
    for (int i = 0; i < statistics.dimension(); i++) {
      trace += statistics.covariance()[i][i];
    }
    return trace;
  }

  private static FeatureStatistics statistics(NDList arrays, String which) {
    FeatureStatistics statistics = FeatureStatistics.of(find(arrays, "feats_" + which));
    NDArray mean = find(arrays, "mu_" + which);
    NDArray covariance = find(arrays, "cov_" + which);
    if (mean != null) {
      assertClose(Tensors.toDoubles(mean), statistics.mean(), FLOAT64);
    }
    if (covariance != null) {
      double[] flat =
          Stream.of(statistics.covariance()).flatMapToDouble(DoubleStream::of).toArray();
      assertClose(Tensors.toDoubles(covariance), flat, FLOAT64);
    }
    return statistics;
  }

  private static void assertClose(double[] expected, double[] came, double relative) {
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertArrayEquals(expected, came, relative * largest);
  }

  @ParameterizedTest
  @MethodSource("precisionRecall")
  void sharesAndRadii_areAsRecorded(Path npz) {
    Scope.run(
        () -> {
          NDList arrays = decode(npz);
          int compared = 0;
          for (NDArray array : arrays) {
            compared += compare(arrays, array) ? 1 : 0;
          }
          assertTrue(compared > 0, npz + " holds neither shares nor radii");
        });
  }

  private static boolean compare(NDList arrays, NDArray recorded) {
    String name = recorded.getName().replaceFirst("^f64:", "");
    NDArray real = find(arrays, "feats_real");
    NDArray generated = find(arrays, "feats_gen");
    Matcher shares = SHARES.matcher(name);
    if (shares.matches()) {
      PrecisionRecall came = PrecisionRecall.of(real, generated, Integer.parseInt(shares.group(1)));
      double[] both = {came.precision(), came.recall()};
      assertArrayEquals(Tensors.toDoubles(recorded), both, 1e-6, name);
      return true;
    }
    Matcher radii = RADII.matcher(name);
    if (radii.matches()) {
      NDArray points = radii.group(1).equals("real") ? real : generated;
      double[] came = NeighbourBalls.of(points, Integer.parseInt(radii.group(2))).radii();
      assertClose(Tensors.toDoubles(recorded), came, FLOAT32);
      return true;
    }
    return false;
  }
}

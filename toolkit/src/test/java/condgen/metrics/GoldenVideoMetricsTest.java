package condgen.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import condgen.tensor.Devices;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Recorded values of the authors' code: every {@code ssim_psnr*}, {@code best_of_n*} and {@code
 * fvd_preprocess*} of the directory. {@code -Dcondgen.golden=DIR} names another directory.
 */
class GoldenVideoMetricsTest {

  private static final double EXACT = 1e-9;

  /** Places between pixels are float32 numbers, whose weights are known to 1e-6. */
  private static final double FLOAT32 = 3e-6;

  private static final Pattern RESIZED = Pattern.compile("(?:f64:)?out_res(\\d+)");

  static List<Path> cases(String prefix) {
    Path directory = Path.of(System.getProperty("condgen.golden", "src/test/resources/golden"));
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(f -> f.getFileName().toString().matches(prefix + ".*\\.npz"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> frames() {
    return cases("ssim_psnr");
  }

  static List<Path> trajectories() {
    return cases("best_of_n");
  }

  static List<Path> preparations() {
    return cases("fvd_preprocess");
  }

  private static NDList decode(Path npz) {
    try {
      return NDList.decode(Devices.root(), Files.readAllBytes(npz));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonObject options(Path npz) {
    try {
      String json = Files.readString(Path.of(npz.toString().replace(".npz", ".json")));
      return JsonParser.parseString(json).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static NDArray find(NDList arrays, String name) {
    return arrays.stream()
        .filter(a -> a.getName().replaceFirst("^f64:", "").equals(name))
        .findFirst()
        .orElse(null);
  }

  @ParameterizedTest
  @MethodSource("frames")
  void framesAndMaps_areAsRecorded(Path npz) {
    Scope.run(
        () -> {
          NDList arrays = decode(npz);
          NDArray predicted = find(arrays, "pred");
          NDArray real = find(arrays, "real");
          boolean rounded = options(npz).get("rounded_to_0_1_first").getAsBoolean();
          Ssim ssim = rounded ? Ssim.rounded() : new Ssim();
          int[][][] x = ssim.grey(predicted);
          int[][][] y = ssim.grey(real);
          for (int i = 0; i < x.length; i++) {
            assertSame(find(arrays, "grey_pred." + i), x[i]);
            assertSame(find(arrays, "grey_real." + i), y[i]);
            NDArray map = find(arrays, "ssim_map." + i);
            if (map != null) {
              double[] came =
                  Arrays.stream(Ssim.map(x[i], y[i])).flatMapToDouble(Arrays::stream).toArray();
              assertArrayEquals(Tensors.toDoubles(map), came, EXACT);
            }
          }
          double[] scores = Tensors.toDoubles(find(arrays, "ssim"));
          assertArrayEquals(scores, ssim.ofFrames(predicted, real), EXACT);
          double[] errors = Tensors.toDoubles(find(arrays, "mse"));
          double[] came = new MeanSquaredError().ofFrames(predicted, real);
          assertArrayEquals(errors, came, EXACT);
          double ratio = Tensors.item(find(arrays, "psnr_of_mean_mse"));
          assertEquals(ratio, Psnr.of(Arrays.stream(came).average().orElseThrow()), EXACT);
        });
  }

  private static void assertSame(NDArray expected, int[][] came) {
    if (expected != null) {
      long[] flat = Arrays.stream(came).flatMapToInt(Arrays::stream).asLongStream().toArray();
      assertArrayEquals(expected.toLongArray(), flat);
    }
  }

  @ParameterizedTest
  @MethodSource("trajectories")
  void bestOfConsecutiveGroups_isAsRecorded(Path npz) {
    Scope.run(
        () -> {
          NDList arrays = decode(npz);
          int n = options(npz).get("preds_per_test").getAsInt();
          double[] errors = Tensors.toDoubles(find(arrays, "mse"));
          double[] ratios = Arrays.stream(errors).map(Psnr::of).toArray();
          double[] similarities = Tensors.toDoubles(find(arrays, "ssim"));
          int compared = 0;
          compared += compare(arrays, "mse", BestOf.of(new MeanSquaredError(), errors, n));
          compared += compare(arrays, "psnr", BestOf.of(new Psnr(), ratios, n));
          compared += compare(arrays, "ssim", BestOf.of(new Ssim(), similarities, n));
          assertTrue(compared > 0, npz + " holds no summary");
        });
  }

  private static int compare(NDList arrays, String name, BestOf came) {
    NDArray recorded = find(arrays, name + "_mean_std_conf95");
    if (recorded == null) {
      return 0;
    }
    Spread best = came.best();
    double[] numbers = {best.mean(), best.deviation(), best.halfWidth()};
    assertArrayEquals(Tensors.toDoubles(recorded), numbers, EXACT * Math.max(1, best.mean()));
    return 1;
  }

  /** Every array {@code out_resN} of a clip (C, frames, H, W) in [0, 1]. */
  @ParameterizedTest
  @MethodSource("preparations")
  void preparationForFvd_isAsRecorded(Path npz) {
    Scope.run(
        () -> {
          NDList arrays = decode(npz);
          NDArray video = find(arrays, "video");
          NDArray clip = video.transpose(1, 0, 2, 3).mul(2).sub(1).expandDims(0);
          int compared = 0;
          for (NDArray array : arrays) {
            Matcher name = RESIZED.matcher(array.getName());
            if (name.matches()) {
              NDArray came = I3d.prepared(clip, Integer.parseInt(name.group(1)));
              NDArray wanted = array.expandDims(0);
              long channels = wanted.getShape().get(1);
              NDArray same = came.get(":, 0:" + channels);
              assertEquals(wanted.getShape(), same.getShape());
              double error = Tensors.item(same.sub(wanted).abs().max());
              System.out.printf("%s: error %.1e%n", npz.getFileName(), error);
              assertEquals(0, error, FLOAT32);
              compared++;
            }
          }
          assertTrue(compared > 0, npz + " holds no prepared clip");
        });
  }
}

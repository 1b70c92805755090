package condgen.multires;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Devices;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecompositionTest {
  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static double off(NDArray a, NDArray b) {
    return Tensors.item(a.sub(b).abs().max());
  }

  @Test
  @Equation("4.3.1")
  void threeLevelsOfAColourImage_haveAsManyNumbersAndGiveItBack() {
    NDArray x = Seeds.of(1).normal(0, new Shape(2, 3, 32, 32), DataType.FLOAT64);
    for (PatchSplit split : List.of(PatchSplit.HAAR, PatchSplit.UNIMODULAR)) {
      Decomposition parts = Decomposition.of(split, x, 3);
      assertEquals(2 * 2304, parts.details().get(0).size());
      assertEquals(2 * 576, parts.details().get(1).size());
      assertEquals(2 * 192, parts.coarsest().size());
      assertEquals(0, off(parts.compose(), x), 1e-12);
      assertEquals(0, off(parts.coarsest(), ImagePyramid.of(x, 3).get(2)), 1e-12);
      assertEquals(split.logDeterminant() * (768 + 192), parts.logDeterminant(), 1e-9);
    }
  }

  /** Every level recorded by the released code. */
  @Test
  @Equation("4.3.1")
  void recordedDecomposition_isTheSame() throws IOException {
    Path directory = Path.of(System.getProperty("condgen.golden", "src/test/resources/golden"));
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.filter(f -> f.getFileName().toString().matches("multires_.*\\.npz")).toList();
    }
    assertTrue(!files.isEmpty(), "no golden case was found");
    for (Path file : files) {
      NDList arrays = NDList.decode(Devices.root(), Files.readAllBytes(file));
      for (String mode : List.of("mrcnf", "wavelet")) {
        PatchSplit split = mode.equals("mrcnf") ? PatchSplit.UNIMODULAR : PatchSplit.HAAR;
        NDArray x = arrays.get("x");
        for (int level = 0; arrays.get(mode + ".level" + level + ".y1") != null; level++) {
          PatchSplit.Parts parts = split.split(x);
          String key = mode + ".level" + level + ".";
          NDArray y =
              arrays
                  .get(key + "y1")
                  .concat(arrays.get(key + "y2"), 1)
                  .concat(arrays.get(key + "y3"), 1);
          assertEquals(0, off(parts.details(), y), 1e-6, key);
          assertEquals(0, off(parts.coarse(), arrays.get(key + "xbar")), 1e-6, key);
          x = parts.coarse();
        }
      }
    }
  }

  @Test
  void pyramid_ofSidesThatCannotBeHalved_isRefused() {
    NDArray x = Tensors.zeros(new Shape(1, 1, 12, 12));
    assertEquals(3, ImagePyramid.of(x, 3).size());
    String message =
        assertThrows(IllegalArgumentException.class, () -> ImagePyramid.of(x, 4)).getMessage();
    assertTrue(message.contains("divisible by 8"), message);
    assertThrows(IllegalArgumentException.class, () -> ImagePyramid.of(x, 0));
  }

  /** A quarter of the variance for the average, c for the details, and no correlation. */
  @Test
  @Equation("4.3.4-noise")
  void whiteNoise_becomesWhiteNoiseOfKnownVariances() {
    int side = 64;
    NDArray white = Seeds.of(5).normal(0, new Shape(40, 1, side, side), DataType.FLOAT64);
    for (PatchSplit split :
        List.of(PatchSplit.HAAR, PatchSplit.UNIMODULAR, PatchSplit.ORTHOGONAL)) {
      ResolutionNoise noise = new ResolutionNoise(split, side);
      Decomposition parts = Decomposition.of(split, white, 3);
      for (int s = 1; s < 3; s++) {
        NDArray y = parts.details().get(s - 1);
        double expected = Math.pow(noise.details(side >> (s - 1)), 2);
        double error = 5 * expected * Math.sqrt(2.0 / y.size());
        assertEquals(expected, Tensors.item(y.square().mean()), error);
      }
      NDArray last = parts.coarsest();
      double expected = Math.pow(noise.coarse(side / 4), 2);
      double error = 5 * expected * Math.sqrt(2.0 / last.size());
      assertEquals(expected, Tensors.item(last.square().mean()), error);
    }
    ResolutionNoise thesis = new ResolutionNoise(PatchSplit.UNIMODULAR, side);
    assertEquals(Math.pow(2, 2.0 / 3), Math.pow(thesis.details(side), 2), 1e-12);
    assertEquals(0.25, Math.pow(thesis.coarse(side / 2), 2), 1e-12);
    double c = PatchSplit.UNIMODULAR.c();
    assertEquals(1, c * c * c / 4, 1e-12, "the variances multiply to one");
  }

  @Test
  void releasedDeviations_ofThreeResolutions() {
    ResolutionNoise released =
        new ResolutionNoise(PatchSplit.UNIMODULAR, ResolutionNoise.RELEASED_UNIT);
    assertEquals(0.125, released.coarse(8), 1e-12);
    assertEquals(0.31498, released.details(16), 1e-5);
    assertEquals(0.62996, released.details(32), 1e-5);
    assertEquals(1.25992, released.details(64), 1e-5);
  }
}

package condgen.experiment;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.data.LabelledImages;
import condgen.data.Mnist;
import condgen.diffusion.NoisePredictor;
import condgen.diffusion.NoiseSchedule;
import condgen.download.DataCache;
import condgen.metrics.DigitClassifier;
import condgen.noise.GaussianFreeField;
import condgen.noise.WhiteNoise;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import condgen.thesis.TableRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampledDigitsTest {

  private static final DataCache CACHE = DataCache.at(Path.of("src/test/resources/data"));

  /** The gaps of the table's own numbers fall at first: the sentence below it does not hold. */
  @Test
  @TableRef("6.1")
  @Equation("6.6-text")
  void gapsOfTheThesis_shrinkFrom1000To50_andGrowOnlyBelow() {
    int[] steps = {1000, 100, 50, 20, 10};
    double[] gap = new double[steps.length];
    for (int i = 0; i < steps.length; i++) {
      gap[i] =
          distance(DigitModel.PATCH_NI_DDPM, steps[i]) - distance(DigitModel.PATCH_DDPM, steps[i]);
    }
    assertArrayEquals(new double[] {0.90, 0.43, 0.30, 4.06, 15.37}, gap, 1e-9);
    assertTrue(gap[0] > gap[1] && gap[1] > gap[2], "shrinks");
    assertTrue(gap[2] < gap[3] && gap[3] < gap[4], "grows");
  }

  private static double distance(DigitModel model, int steps) {
    return ThesisRow.of(
            Setting.of("images", model, "steps", steps, "seed", 2), SampledDigits.thesis())
        .orElseThrow()
        .values()
        .get(DigitQuality.DISTANCE);
  }

  /**
   * A predictor that knows the one clean image is undone exactly: whatever the noise, all samples
   * are that image.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 10, 20})
  void sample_ofOneImage_isThatImage(int steps) {
    try (Scope scope = Scope.open()) {
      NDArray image = Mnist.test(CACHE).image(3);
      NoiseSchedule full = NoiseSchedule.ddpm();
      for (var noise : List.of(new WhiteNoise(), new GaussianFreeField(1))) {
        NoisePredictor knows =
            (x, t) -> {
              double alphaBar = full.alphaBar((int) Tensors.toDoubles(t)[0]);
              NDArray rest = x.sub(image.mul(Math.sqrt(alphaBar)));
              return noise.inverseSqrt(rest).div(Math.sqrt(1 - alphaBar));
            };
        NDArray samples = SampledDigits.sample(knows, noise, steps, 3, Seeds.of(1));
        assertEquals(new Shape(3, 1, 28, 28), samples.getShape());
        assertEquals(0, Tensors.item(samples.sub(image).abs().max()), 2e-3);
      }
    }
  }

  @Test
  void sample_takesDivisorsOnly() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> SampledDigits.sample(null, new WhiteNoise(), 30, 1, Seeds.of(1)));
    assertTrue(e.getMessage().contains("steps must divide 1000"), e.getMessage());
  }

  /** Against itself a set has no distance; white noise is far, and is no digit. */
  @Test
  void quality_ofKnownSets() {
    LabelledImages test = Mnist.test(CACHE);
    DigitClassifier classifier =
        DigitClassifier.read(NotebookFiles.find("checkpoints/mnist-classifier.safetensors"));
    DigitQuality quality = new DigitQuality(classifier, test);
    try (Scope scope = Scope.open()) {
      NDArray all = test.images();
      Map<String, Double> same = quality.of(all, 1);
      assertEquals(0, same.get(DigitQuality.DISTANCE), 1e-3);
      assertEquals(1, same.get(DigitQuality.PRECISION));
      assertEquals(1, same.get(DigitQuality.RECALL));
      assertTrue(same.get(DigitQuality.RECOGNISED) > 0.9, same.toString());
      NDArray noise = new WhiteNoise().sample(Seeds.of(1), 0, new Shape(1, 28, 28), 64);
      Map<String, Double> white = quality.of(noise, 1);
      Map<String, Double> halves = quality.ofHalves(64, 1);
      assertTrue(white.get(DigitQuality.DISTANCE) > 10 * halves.get(DigitQuality.DISTANCE));
      assertTrue(white.get(DigitQuality.RECOGNISED) <= 0.1, white.toString());
    }
  }

  @Test
  void ablations_haveTheRowsOfTheTable() {
    List<Setting> models = SampledDigits.models(512, List.of(1000, 10), 1, 2, 3).settings();
    assertEquals(12, models.size());
    assertEquals(
        Setting.of("images", "PATCH_DDPM", "steps", 1000, "samples", 512, "seed", 1),
        models.get(0));
    assertTrue(models.stream().allMatch(s -> ThesisRow.of(s, SampledDigits.thesis()).isPresent()));
    assertEquals(3, SampledDigits.references(512, 1).settings().size());
    assertEquals(
        List.of(0.0, 1.5),
        SmoothnessOfNoise.of(10, 64, List.of(0.0, 1.5), 1).settings().stream()
            .map(s -> s.number("gamma"))
            .toList());
  }

  /** A changed checkpoint, version or setting would leave the notebook without its rows. */
  @Test
  void shippedCards_areThoseOfTheNotebook() {
    Path table = NotebookFiles.find("results/table-6.1");
    AblationResult rows = SampledDigits.models(512, List.of(1000), 1, 2, 3).cards(table).read();
    assertEquals("6 rows: 6 from cards", rows.origins());
    for (DigitModel model : List.of(DigitModel.PATCH_DDPM, DigitModel.PATCH_NI_DDPM)) {
      Setting setting = Setting.of("images", model);
      assertTrue(rows.mean(setting, DigitQuality.RECOGNISED) >= 0.8, rows.toString());
    }
    assertEquals(
        "12 rows: 12 from cards",
        SmoothnessOfNoise.of(1500, 512, List.of(0.0, 0.5, 1.0, 1.5), 1, 2, 3)
            .cards(NotebookFiles.find("results/gamma"))
            .read()
            .origins());
  }
}

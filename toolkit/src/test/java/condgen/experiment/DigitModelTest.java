package condgen.experiment;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import condgen.data.LabelledImages;
import condgen.data.Mnist;
import condgen.diffusion.NoisePredictor;
import condgen.download.DataCache;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.training.Checkpoint;
import condgen.training.LearningCurve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DigitModelTest {

  private static final DataCache CACHE = DataCache.at(Path.of("src/test/resources/data"));

  /** The first rule of Song and Ermon, on what the tests have of the data. */
  @Test
  void largestSigma_isTheDistanceOfTheFarthestDigits_roundedUp() {
    try (Scope scope = Scope.open()) {
      LabelledImages digits = Mnist.train(CACHE);
      NDArray x = digits.images().reshape(digits.size(), -1);
      NDArray norm = x.square().sum(new int[] {1}, true);
      NDArray squared = norm.add(norm.transpose()).sub(x.matMul(x.transpose()).mul(2));
      double farthest = Math.sqrt(Tensors.item(squared.max()));
      double largest = DigitModel.scales().largest();
      assertTrue(farthest < largest && farthest > 0.9 * largest, "farthest " + farthest);
    }
  }

  /** A predictor that knows x₀ has no loss; one that answers 0 has loss 1 ± 1/√n. */
  @ParameterizedTest
  @EnumSource
  void loss_ofKnownPredictors(DigitModel model) {
    try (Scope scope = Scope.open()) {
      NDArray x0 = model.prepare(Mnist.test(CACHE)).batch(1, 0, 64).images();
      Seeds seeds = Seeds.of(3);
      NoisePredictor zero = (x, t) -> Tensors.zerosLike(x);
      assertEquals(1, Tensors.item(model.loss(zero, seeds, 4, x0)), 0.03);
      NDArray epsilon = seeds.part("noise").normal(4, x0.getShape());
      NoisePredictor knows = (x, t) -> epsilon;
      assertEquals(0, Tensors.item(model.loss(knows, seeds, 4, x0)));
      assertEquals(1, model.lossAt(zero, seeds, model.levels(), x0), 0.03);
    }
  }

  @ParameterizedTest
  @EnumSource
  void predictor_keepsTheShape_andNoArray(DigitModel model) {
    try (Scope scope = Scope.open()) {
      NDList theta = model.network().initialize(Seeds.of(1));
      Shape image = model.prepare(Mnist.test(CACHE).take(1)).image(0).getShape().slice(1);
      NDArray x = Seeds.of(2).normal(image, 2);
      NDArray level = Tensors.of(1, model.levels());
      NDArray answer = model.predictor(theta).predict(x, level);
      assertEquals(x.getShape(), answer.getShape());
      assertEquals(0, Tensors.item(answer.abs().max()), "a fresh network answers 0");
    }
  }

  /** The command, stopped after two steps and called again, leaves what a notebook loads. */
  @Test
  void train_leavesCheckpointAndCard(@TempDir Path directory) throws IOException {
    LabelledImages digits = Mnist.train(CACHE);
    LabelledImages unseen = Mnist.test(CACHE).take(8);
    for (int steps = 1; steps <= 2; steps++) {
      new TrainDigits(DigitModel.SMLD, digits, unseen, directory, steps).run();
    }
    Checkpoint checkpoint = Checkpoint.read(directory.resolve("mnist-smld.safetensors"));
    assertEquals("2", checkpoint.note("step"));
    assertEquals(2, LearningCurve.of(checkpoint).losses().length);
    try (Scope scope = Scope.open()) {
      NDList theta = checkpoint.parameters("average", DigitModel.SMLD.network());
      assertTrue(Tensors.item(theta.get(0).abs().max()) > 0);
    }
    assertTrue(Files.size(directory.resolve("mnist-smld.safetensors")) < 2_000_000);
    JsonObject card = RunCard.read(directory.resolve("mnist-smld.json"));
    assertEquals(2, card.get("steps").getAsInt());
    assertTrue(card.get("sha256").getAsString().matches("[0-9a-f]{64}"));
    assertEquals(10, card.getAsJsonObject("held-out loss per pixel, moving average").size());
  }

  /** What lies beside the notebooks is what its card says, and predicts noise in digits. */
  @ParameterizedTest
  @EnumSource
  void shippedModel_isWhatItsCardSays(DigitModel model) throws Exception {
    Path directory = Path.of("../notebooks/checkpoints");
    Path file = directory.resolve(model.file() + ".safetensors");
    JsonObject card = RunCard.read(directory.resolve(model.file() + ".json"));
    byte[] bytes = Files.readAllBytes(file);
    assertTrue(bytes.length <= 2_000_000, bytes.length + " bytes");
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
    assertEquals(card.get("sha256").getAsString(), HexFormat.of().formatHex(hash));
    Checkpoint checkpoint = Checkpoint.read(file);
    assertEquals(card.get("steps").getAsString(), checkpoint.note("step"));
    int level = model.levels() / 2;
    double ofCard =
        card.getAsJsonObject("held-out loss per pixel, moving average")
            .get("level " + level)
            .getAsDouble();
    try (Scope scope = Scope.open()) {
      NDList theta = checkpoint.parameters("average", model.network());
      NDArray x0 = model.prepare(Mnist.test(CACHE).take(64)).images();
      double loss = model.lossAt(model.predictor(theta), Seeds.of(5), level, x0);
      assertEquals(ofCard, loss, 0.25 * ofCard, "other digits and noise than the card's");
    }
  }
}

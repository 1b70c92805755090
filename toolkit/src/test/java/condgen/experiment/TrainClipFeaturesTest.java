package condgen.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import condgen.data.Mnist;
import condgen.data.StochasticMovingMnist;
import condgen.download.DataCache;
import condgen.metrics.ClipFeatures;
import condgen.metrics.ClipNetwork;
import condgen.metrics.FrechetVideo;
import condgen.metrics.Spoiling;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainClipFeaturesTest {

  private static final DataCache EXCERPT = DataCache.at(Path.of("src/test/resources/data"));

  @TempDir Path directory;

  private static StochasticMovingMnist train() {
    return new StochasticMovingMnist(Mnist.train(EXCERPT), 2, ClipNetwork.SIDE);
  }

  private static StochasticMovingMnist test() {
    return new StochasticMovingMnist(Mnist.test(EXCERPT), 2, ClipNetwork.SIDE);
  }

  @Test
  void run_threeSteps_leavesFeaturesAndCard_andIsDoneWhenCalledAgain() throws IOException {
    new TrainClipFeatures(train(), test(), directory, 3, 16).run();
    Path file = directory.resolve("clip-features.safetensors");
    JsonObject card = RunCard.read(directory.resolve("clip-features.json"));
    assertEquals(ClipFeatures.read(file).sha256(), card.get("sha256").getAsString());
    assertEquals(3, card.get("steps").getAsInt());
    assertEquals(75_957, card.get("parameters").getAsInt());
    byte[] before = Files.readAllBytes(file);
    new TrainClipFeatures(train(), test(), directory, 3, 16).run();
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  /** What there is to tell of a batch: classes, motion by the paths, and the loss's best value. */
  @Test
  void batch_knowsWhatItShows() {
    Scope.run(
        () -> {
          SpoiledBatch batch = SpoiledBatch.draw(train(), 5, 2, 16, 15);
          assertEquals(new Shape(16, 15, 1, 32, 32), batch.clips().getShape());
          assertEquals(Spoiling.REVERSED, batch.kinds()[10]);
          for (int i = 0; i < 16; i++) {
            double classes = 0;
            for (double there : batch.digits()[i]) {
              classes += there;
            }
            assertTrue(classes == 1 || classes == 2);
            assertTrue(batch.motion()[i][0] <= batch.motion()[i][1]);
          }
          assertTrue(Tensors.item(batch.loss(perfect(batch))) < 1e-3);
          assertTrue(Tensors.item(batch.loss(Tensors.zeros(new Shape(16, 21)))) > 5);
          SpoiledBatch.Accuracy accuracy = batch.accuracy(perfect(batch));
          assertEquals(1, accuracy.digits());
          assertEquals(1, accuracy.motion(), 1e-6);
          assertEquals(1, accuracy.kinds().get("spliced"));
        });
  }

  private static NDArray perfect(SpoiledBatch batch) {
    float[] answers = new float[16 * 21];
    for (int i = 0; i < 16; i++) {
      for (int d = 0; d < 10; d++) {
        answers[21 * i + d] = batch.digits()[i][d] > 0 ? 20 : -20;
      }
      for (int m = 0; m < 3; m++) {
        answers[21 * i + 10 + m] = (float) batch.motion()[i][m];
      }
      answers[21 * i + 13 + batch.kinds()[i].ordinal()] = 20;
    }
    return Tensors.of(answers, new Shape(16, 21));
  }

  /**
   * The shipped features tell real clips from spoiled ones: the distance of spoiled clips is far
   * above that of two sets of real ones. Reversal is the exception: this motion has hardly an arrow
   * of time.
   */
  @Test
  void shipped_tellsSpoiledClips() {
    ClipFeatures shipped =
        ClipFeatures.read(NotebookFiles.find("checkpoints/clip-features.safetensors"));
    FrechetVideo distance = new FrechetVideo(shipped);
    Scope.run(
        () -> {
          NDArray real = test().batch(1, 0, 64, 15);
          NDArray others = test().batch(2, 0, 64, 15);
          double floor = distance.between(real, others);
          for (Spoiling spoiling : Spoiling.values()) {
            double came = distance.between(spoiling.of(real, 3), others);
            System.out.printf("%s: %.3f, floor %.3f%n", spoiling, came, floor);
            if (spoiling != Spoiling.NONE && spoiling != Spoiling.REVERSED) {
              assertTrue(came > 2 * floor, spoiling + " has " + came + ", floor " + floor);
            }
          }
          NDArray colours = real.get("0:2").repeat(2, 3);
          NDArray apart = shipped.features(colours).sub(shipped.features(real.get("0:2")));
          assertEquals(0, Tensors.item(apart.abs().max()), 1e-4);
        });
  }
}

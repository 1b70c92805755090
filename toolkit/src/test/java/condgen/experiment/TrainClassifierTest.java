package condgen.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import condgen.data.LabelledImages;
import condgen.data.Mnist;
import condgen.download.DataCache;
import condgen.metrics.DigitClassifier;
import condgen.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainClassifierTest {

  private static final DataCache EXCERPT = DataCache.at(Path.of("src/test/resources/data"));

  @TempDir Path directory;

  @Test
  void run_threeSteps_leavesClassifierAndCard_andIsDoneWhenCalledAgain() throws IOException {
    LabelledImages train = Mnist.train(EXCERPT);
    LabelledImages test = Mnist.test(EXCERPT);
    new TrainClassifier(train, test, directory, 3).run();
    Path file = directory.resolve("mnist-classifier.safetensors");
    JsonObject card = RunCard.read(directory.resolve("mnist-classifier.json"));
    assertEquals(DigitClassifier.read(file).sha256(), card.get("sha256").getAsString());
    assertEquals(3, card.get("steps").getAsInt());
    byte[] before = Files.readAllBytes(file);
    new TrainClassifier(train, test, directory, 3).run();
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  /** What the shipped card claims, on the digits that are here; the excerpt leaves a margin. */
  @Test
  void shipped_onTestDigits_isRightAndSure() {
    DigitClassifier shipped =
        DigitClassifier.read(NotebookFiles.find("checkpoints/mnist-classifier.safetensors"));
    LabelledImages test = Mnist.test(EXCERPT);
    int[] labels = Scope.call(() -> shipped.labels(test.images()));
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      right += labels[i] == test.label(i) ? 1 : 0;
    }
    double margin = 3 * Math.sqrt(0.985 * 0.015 / labels.length);
    assertTrue(right >= (0.985 - margin) * labels.length, right + " of " + labels.length);
    double share = Scope.call(() -> shipped.recognised(test.images()).share());
    assertTrue(share >= 0.9, "recognised " + share);
  }
}

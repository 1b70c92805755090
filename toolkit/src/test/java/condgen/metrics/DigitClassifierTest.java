package condgen.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.data.LabelledImages;
import condgen.data.Mnist;
import condgen.download.DataCache;
import condgen.noise.GaussianFreeField;
import condgen.noise.WhiteNoise;
import condgen.tensor.Devices;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The shipped classifier on noise, and classifiers whose answer is known. */
class DigitClassifierTest {

  private static final Path SHIPPED =
      Path.of("../notebooks/checkpoints/mnist-classifier.safetensors");

  private static NDArray white(int count) {
    return new WhiteNoise().sample(Seeds.of(77), 0, new Shape(1, 28, 28), count);
  }

  /** A network of zeros but for the last layer's offsets: the same answer for every image. */
  private static DigitClassifier constant(double... logits) {
    NDList theta = new DigitNetwork().initialize(Seeds.of(1));
    NDList zeros = new NDList();
    theta.forEach(p -> zeros.add(Tensors.zerosLike(p)));
    zeros.set(zeros.size() - 1, Tensors.of(logits));
    return new DigitClassifier(zeros, "none");
  }

  @Test
  void probabilities_ofKnownLogits_areTheirSoftmax() {
    Scope.run(
        () -> {
          double nine = Math.log(9 * 0.95 / 0.05);
          DigitClassifier sure = constant(0, 0, nine, 0, 0, 0, 0, 0, 0, 0);
          double[] p = Tensors.toDoubles(sure.probabilities(white(1)));
          assertEquals(0.95, p[2], 1e-6);
          assertEquals(0.05 / 9, p[0], 1e-6);
          DigitClassifier.Recognition found = sure.recognised(white(5));
          assertEquals(new DigitClassifier.Recognition(1, 0), found);
          assertArrayEquals(new int[] {2, 2}, sure.labels(white(2)));
          assertEquals(0, constant(new double[10]).recognised(white(5)).share());
        });
  }

  @Test
  void recognised_noise_isRare() {
    DigitClassifier shipped = DigitClassifier.read(SHIPPED);
    Scope.run(
        () -> {
          Shape sample = new Shape(1, 28, 28);
          assertTrue(shipped.recognised(white(400)).share() <= 0.1);
          assertTrue(shipped.recognised(white(400).clip(-1, 1)).share() <= 0.1);
          NDArray field = new GaussianFreeField(1).sample(Seeds.of(78), 0, sample, 400);
          assertTrue(shipped.recognised(field).share() <= 0.1);
          assertTrue(shipped.recognised(field.clip(-1, 1)).share() <= 0.1);
        });
    assertEquals(64, shipped.sha256().length());
  }

  @Test
  void features_inSeveralBatches_areThoseOfEachImage() {
    DigitClassifier shipped = DigitClassifier.read(SHIPPED);
    Scope.run(
        () -> {
          NDArray images = white(520);
          NDArray features = shipped.features(images);
          assertEquals(new Shape(520, 32), features.getShape());
          for (int i : new int[] {0, 511, 512, 519}) {
            NDArray alone = shipped.features(images.get(i + ":" + (i + 1)));
            NDArray error = features.get(i + ":" + (i + 1)).sub(alone).abs().max();
            assertEquals(0, Tensors.item(error), 1e-5);
          }
          int before = Devices.liveArrays();
          Scope.run(() -> shipped.features(images));
          assertEquals(before, Devices.liveArrays());
        });
  }

  /** 500 digits of the test set, which it was not trained on. */
  @Test
  void recognised_realDigits_areNearlyAll_andVaried() {
    DigitClassifier shipped = DigitClassifier.read(SHIPPED);
    LabelledImages digits = Mnist.test(DataCache.at(Path.of("src/test/resources/data")));
    Scope.run(
        () -> {
          DigitClassifier.Recognition found = shipped.recognised(digits.images());
          assertTrue(found.share() >= 0.95, found.toString());
          assertEquals(Math.log(10), found.labelEntropy(), 0.05);
          int[] labels = shipped.labels(digits.images());
          int right = 0;
          for (int i = 0; i < labels.length; i++) {
            right += labels[i] == digits.label(i) ? 1 : 0;
          }
          assertTrue(right >= 0.97 * labels.length, right + " of " + labels.length);
        });
  }

  @Test
  void badInput_isRefused() {
    Scope.run(
        () -> {
          DigitClassifier any = constant(new double[10]);
          refuses("(any, 1, 28, 28)", () -> any.features(Tensors.zeros(new Shape(2, 3, 28, 28))));
          NDArray none = Tensors.zeros(new Shape(0, 1, 28, 28));
          refuses("at least 1 row", () -> any.features(none));
          refuses("at least 1 row", () -> any.recognised(none));
          NDList theta = new DigitNetwork().initialize(Seeds.of(1));
          NDList fewer = new NDList(theta.subList(1, theta.size()));
          refuses("theta must hold", () -> new DigitClassifier(fewer, "none"));
          NDList other = new NDList(theta);
          other.set(0, Tensors.zeros(new Shape(16, 1, 3, 3)));
          refuses("theta's conv1", () -> new DigitClassifier(other, "none"));
        });
  }

  private static void refuses(String message, Executable call) {
    String came = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(came.contains(message), came);
  }
}

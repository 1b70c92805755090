package condgen.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.noise.GaussianFreeField;
import condgen.noise.WhiteNoise;
import condgen.tensor.Devices;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

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

  @Test
  void features_otherShape_isRefused() {
    Scope.run(
        () -> {
          String message =
              assertThrows(
                      IllegalArgumentException.class,
                      () ->
                          constant(new double[10]).features(Tensors.zeros(new Shape(2, 3, 28, 28))))
                  .getMessage();
          assertTrue(message.contains("(any, 1, 28, 28)"), message);
        });
  }
}

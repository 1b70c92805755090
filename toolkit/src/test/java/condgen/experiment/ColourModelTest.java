package condgen.experiment;

import static org.junit.jupiter.api.Assertions.*;

import condgen.data.Cifar10;
import condgen.data.LabelledImages;
import condgen.diffusion.NoisePredictor;
import condgen.download.DataCache;
import condgen.noise.GaussianFreeField;
import condgen.noise.GaussianNoise;
import condgen.noise.WhiteNoise;
import condgen.tensor.Devices;
import condgen.tensor.Tensors;
import condgen.training.Training;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColourModelTest {

  private static final DataCache CACHE = DataCache.at(Path.of("src/test/resources/data"));

  @Test
  void network_ofThePaper_isCountedWithoutBeingMade() {
    int before = Devices.liveArrays();
    long count = ColourModel.ofPaper(new WhiteNoise()).network().parameterCount();
    assertEquals(before, Devices.liveArrays());
    assertEquals(countedByHand(128), count);
    assertEquals(
        countedByHand(32), new ColourModel(new WhiteNoise(), 32).network().parameterCount());
    assertThrows(IllegalArgumentException.class, () -> new ColourModel(new WhiteNoise(), 40));
  }

  /** Convolution: weights and biases. */
  private static long conv(long in, long out, int side) {
    return side * side * in * out + out;
  }

  private static long block(long in, long out, long time) {
    long skip = in == out ? 0 : conv(in, out, 1);
    return 2 * in + conv(in, out, 3) + (time * out + out) + 2 * out + conv(out, out, 3) + skip;
  }

  private static long countedByHand(long w) {
    long[] widths = {w, 2 * w, 2 * w, 2 * w};
    long time = 4 * w;
    long sum = 2 * (time * time + time) + conv(3, w, 3);
    Deque<Long> left = new ArrayDeque<>(List.of(w));
    long at = w;
    for (int level = 0; level < 4; level++) {
      for (int b = 0; b < 2; b++) {
        sum += block(at, widths[level], time);
        at = widths[level];
        left.push(at);
      }
      if (level < 3) {
        sum += conv(at, at, 3);
        left.push(at);
      }
    }
    sum += block(at, at, time);
    for (int level = 3; level >= 0; level--) {
      for (int b = 0; b < 3; b++) {
        sum += block(at + left.pop(), widths[level], time);
        at = widths[level];
      }
      if (level > 0) {
        sum += conv(at, at, 3);
      }
    }
    return sum + 2 * at + conv(at, 3, 3);
  }

  /** A fresh network answers 0, whose loss is 1 up to 1/√n of white noise. */
  @Test
  void step_trains_onWhiteAndOnCorrelatedNoise() {
    LabelledImages pictures = Cifar10.test(CACHE);
    for (GaussianNoise noise : List.of(new WhiteNoise(), new GaussianFreeField(1))) {
      ColourModel model = new ColourModel(noise, 8);
      Training training = model.training(1);
      double loss =
          training.run(
              1,
              n ->
                  theta -> model.loss(NoisePredictor.of(model.network(), theta), pictures, 1, n, 4),
              (n, value) -> {});
      assertEquals(1, loss, 4 * Math.sqrt(2.0 / (4 * 3 * 32 * 32)));
      assertTrue(Tensors.item(training.checkpoint().group("theta").get(0).abs().max()) > 0);
    }
  }
}

package condgen.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.data.LabelledImages;
import condgen.data.Mnist;
import condgen.download.DataCache;
import condgen.flow.MultiResolutionFlow;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the 500 test digits of the test resources, 16 x 16. */
class FlowTrainingTest {
  private static final LabelledImages DIGITS =
      Mnist.test(DataCache.at(Path.of("src/test/resources/data"))).padTo(32).halve();

  @TempDir Path directory;

  private static FlowSetting setting() {
    return FlowSetting.digits(16, 2, 4).standardized(DIGITS);
  }

  private static double bits(FlowSetting setting, List<NDList> theta) {
    MultiResolutionFlow model = setting.architecture().build();
    return Scope.call(
        () -> {
          NDArray levels = setting.levels(DIGITS.take(64).images());
          var inputs =
              setting
                  .dequantization()
                  .inputs(levels, setting.bits(), 2, model.split(), Seeds.of(1), 0);
          return Tensors.item(
              model
                  .bitsPerDimension(theta, inputs, setting.bits(), setting.exact(), Seeds.of(1), 0)
                  .mean());
        });
  }

  @Test
  void training_ofBothResolutions_lowersTheBits() {
    FlowSetting setting = setting();
    try (Scope scope = Scope.open()) {
      List<NDList> fresh = setting.architecture().build().initialize(Seeds.of(3).part("weights"));
      List<NDList> trained = new ArrayList<>();
      for (int s = 1; s <= 2; s++) {
        FlowTraining flow = new FlowTraining(setting, DIGITS, s, 3, 40);
        flow.run(40, (n, loss) -> {});
        trained.add(flow.theta());
      }
      double before = bits(setting, fresh);
      double after = bits(setting, trained);
      assertTrue(after < before - 0.1, "from " + before + " to " + after);
    }
  }

  @Test
  void stoppedTraining_goesOnToTheSameBit() {
    FlowSetting setting = setting();
    Path state = directory.resolve("state");
    try (Scope scope = Scope.open()) {
      FlowTraining whole = new FlowTraining(setting, DIGITS, 2, 5, 8);
      whole.run(8, (n, loss) -> {});
      FlowTraining first = new FlowTraining(setting, DIGITS, 2, 5, 8);
      first.training().saveEvery(4, state);
      first.run(4, (n, loss) -> {});
      FlowTraining second = new FlowTraining(setting, DIGITS, 2, 5, 8);
      assertTrue(second.training().resume(state));
      second.run(8, (n, loss) -> {});
      for (int i = 0; i < whole.theta().size(); i++) {
        assertArrayEquals(
            Tensors.toFloats(whole.theta().get(i)), Tensors.toFloats(second.theta().get(i)), 0);
      }
    }
  }

  @Test
  void levels_areTheHighestBits() {
    FlowSetting setting = setting();
    try (Scope scope = Scope.open()) {
      NDArray bytes = Tensors.of(0, 31, 32, 255).div(127.5).sub(1);
      assertArrayEquals(new double[] {0, 0, 1, 7}, Tensors.toDoubles(setting.levels(bytes)), 0);
    }
  }
}

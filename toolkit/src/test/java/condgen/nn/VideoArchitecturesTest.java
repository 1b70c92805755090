package condgen.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import condgen.thesis.TableRef;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The counts are those of the authors' own networks, which were built elsewhere. */
class VideoArchitecturesTest {

  @TableRef("7.1")
  @ParameterizedTest
  @EnumSource
  void parameterCount_isThatOfTheReleasedNetwork_andRoundsOrCutsToThePrintedOne(
      VideoArchitectures model) {
    assertEquals(model.released(), model.parameterCount());
    double printed = Double.parseDouble(model.printed().replace("M", ""));
    double tenths = model.parameterCount() / 1e5;
    double nearest = Math.abs(Math.rint(tenths) - printed * 10);
    double cut = Math.abs(Math.floor(tenths) - printed * 10);
    assertEquals(0, Math.min(nearest, cut), 1e-6);
  }

  @ParameterizedTest
  @EnumSource
  void parameterCount_ofAVariant_isThatOfTheReleasedNetwork(VideoVariants variant) {
    assertEquals(variant.released(), variant.parameterCount());
  }

  /** Numbers of module, of parameters of the concat and of the SPATIN network. */
  @ParameterizedTest
  @CsvSource({
    "2, CONVOLUTION, 5824, 2944",
    "3, BLOCK, 139648, 446592",
    "5, DOWN, 143808, 450752",
    "6, BLOCK, 328448, 782976",
    "7, ATTENTION, 66304, 66304",
    "12, ATTENTION, 148608, 148608",
    "17, ATTENTION, 263680, 263680",
    "20, BLOCK, 1443328, 2635776",
    "41, NORM, 128, 153472",
    "42, CONVOLUTION, 2885, 2885"
  })
  void parameterCount_ofAModule_isThatOfTheReleasedOne(
      int number, VideoModule.Kind kind, long concat, long spatin) {
    Map<VideoArchitectures, Long> expected =
        Map.of(
            VideoArchitectures.SMMNIST_CONCAT, concat, VideoArchitectures.SMMNIST_SPATIN, spatin);
    expected.forEach(
        (model, count) -> {
          VideoModule module = new VideoUNet(model.architecture()).modules().get(number);
          assertEquals(kind, module.kind());
          assertEquals(count, module.layer().parameterCount(), model.label());
        });
  }

  @Test
  void modules_areAsManyAsReleased() {
    Map<String, Integer> found = new TreeMap<>();
    for (VideoArchitectures model : VideoArchitectures.values()) {
      String levels = model.architecture().multipliers().size() + " levels";
      found.put(levels, new VideoUNet(model.architecture()).modules().size());
    }
    assertEquals(Map.of("4 levels", 43, "5 levels", 50), found);
  }

  @Test
  void label_saysTheNameOfTheConstant() {
    for (VideoArchitectures model : VideoArchitectures.values()) {
      String name = model.label().replace("-101", "").replace(' ', '_').toUpperCase(Locale.ROOT);
      assertEquals(model.name(), name);
    }
  }
}

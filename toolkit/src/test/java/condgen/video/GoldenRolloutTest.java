package condgen.video;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Which frames the network sees before each block, as the authors' code has it. Every {@code
 * autoregressive_conditioning*.json} in the directory is run; {@code -Dcondgen.golden=DIR} names
 * another directory.
 */
class GoldenRolloutTest {

  private static final List<String> KINDS = List.of("p", "g", "f");

  @TestFactory
  @Figure({"7.2", "7.3"})
  Stream<DynamicTest> conditioning_asRecorded() throws IOException {
    Path directory = Path.of(System.getProperty("condgen.golden", "src/test/resources/golden"));
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.matches("autoregressive_conditioning.*\\.json")) {
          int number = 0;
          for (JsonElement one : JsonParser.parseString(Files.readString(file)).getAsJsonArray()) {
            JsonObject description = one.getAsJsonObject();
            tests.add(DynamicTest.dynamicTest(name + " " + number++, () -> check(description)));
          }
        }
      }
    }
    assertFalse(tests.isEmpty(), "no case in " + directory);
    return tests.stream();
  }

  private static void check(JsonObject description) {
    FrameWindow window =
        new FrameWindow(
            description.get("num_frames_cond").getAsInt(),
            description.get("num_frames").getAsInt(),
            description.get("num_frames_future").getAsInt(),
            description.get("channels").getAsInt());
    List<List<Integer>> expected = new ArrayList<>();
    for (JsonElement block : description.getAsJsonArray("cond_before_block")) {
      List<Integer> codes = new ArrayList<>();
      block.getAsJsonArray().forEach(name -> codes.add(code(name.getAsString())));
      expected.add(codes);
    }
    List<List<Integer>> seen = new ArrayList<>();
    RolloutObserver observer =
        (block, blocks, conditioning, frames) -> {
          assertEquals(seen.size() + 1, block);
          assertEquals(expected.size(), blocks);
          List<Integer> codes = new ArrayList<>();
          for (double value : Tensors.toDoubles(conditioning)) {
            codes.add((int) value);
          }
          seen.add(codes);
        };
    int[] made = {0};
    VideoSampler counting =
        (network, sample, count, seeds, steps) -> {
          made[0] += window.current();
          return frames("g", made[0] - window.current(), window.current(), window.channels());
        };
    try (Scope scope = Scope.open()) {
      NDArray past = window.unstack(frames("p", 0, window.past(), window.channels()));
      NDArray future = window.unstack(frames("f", 0, window.future(), window.channels()));
      int frames = expected.size() * window.current();
      new BlockwiseRollout((x, c, t) -> x, window, counting, observer)
          .roll(past, future, frames, Seeds.of(1));
    }
    assertEquals(expected, seen);
  }

  /** Frames of one pixel, each number saying which channel of which frame it is. */
  private static NDArray frames(String kind, int from, int count, int channels) {
    float[] values = new float[count * channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = code(kind + (from + i / channels) + "." + i % channels);
    }
    return Tensors.of(values, new Shape(1, values.length, 1, 1));
  }

  private static int code(String name) {
    int dot = name.indexOf('.');
    int kind = KINDS.indexOf(name.substring(0, 1));
    assertTrue(kind >= 0, name);
    int frame = Integer.parseInt(name.substring(1, dot));
    return kind * 100_000 + frame * 100 + Integer.parseInt(name.substring(dot + 1));
  }
}

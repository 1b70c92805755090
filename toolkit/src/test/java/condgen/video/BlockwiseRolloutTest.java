package condgen.video;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.diffusion.ForwardProcess;
import condgen.diffusion.NoiseSchedule;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockwiseRolloutTest {

  private static final FrameWindow WINDOW = new FrameWindow(2, 3, 2, 1);
  private static final ForwardProcess PROCESS = new ForwardProcess(NoiseSchedule.ddpm(50));

  /** Numbers the frames it makes 10, 11, …, in the order of the blocks. */
  private static VideoSampler counting() {
    int[] made = {10};
    return (network, sample, count, seeds, observer) -> {
      float[] values = new float[count * (int) sample.get(0)];
      for (int i = 0; i < values.length; i++) {
        values[i] = made[0] + i % sample.get(0);
      }
      made[0] += (int) sample.get(0);
      return Tensors.of(values, new Shape(count, sample.get(0), 1, 1));
    };
  }

  private static NDArray frames(double... numbers) {
    return Tensors.of(numbers).reshape(1, numbers.length, 1, 1, 1);
  }

  private static String text(NDArray frames) {
    return Arrays.toString(
        Arrays.stream(Tensors.toDoubles(frames)).mapToInt(v -> (int) v).toArray());
  }

  private static BlockwiseRollout rollout(List<String> seen) {
    RolloutObserver observer =
        (block, blocks, conditioning, made) -> seen.add(block + "/" + blocks + text(conditioning));
    return new BlockwiseRollout((x, c, t) -> x, WINDOW, counting(), observer);
  }

  @Test
  void prediction_feedsBackWhatWasMade_andMasksTheFuture() {
    try (Scope scope = Scope.open()) {
      List<String> seen = new ArrayList<>();
      NDArray made = rollout(seen).predict(frames(1, 2), 7, Seeds.of(1));
      assertEquals("[10, 11, 12, 13, 14, 15, 16]", text(made));
      assertEquals(List.of("1/3[1, 2, 0, 0]", "2/3[11, 12, 0, 0]", "3/3[14, 15, 0, 0]"), seen);
    }
  }

  @Test
  void generation_startsFromNothing() {
    try (Scope scope = Scope.open()) {
      List<String> seen = new ArrayList<>();
      NDArray made = rollout(seen).generate(1, 5, 1, 1, Seeds.of(1));
      assertEquals("[10, 11, 12, 13, 14]", text(made));
      assertEquals(List.of("1/2[0, 0, 0, 0]", "2/2[11, 12, 0, 0]"), seen);
    }
  }

  @Test
  void interpolation_isOneBlock_thatSeesBothSides() {
    try (Scope scope = Scope.open()) {
      List<String> seen = new ArrayList<>();
      NDArray made = rollout(seen).interpolate(frames(1, 2), frames(6, 7), Seeds.of(1));
      assertEquals("[10, 11, 12]", text(made));
      assertEquals(List.of("1/1[1, 2, 6, 7]"), seen);
    }
  }

  @Test
  void pastPrediction_goesBackwards() {
    try (Scope scope = Scope.open()) {
      List<String> seen = new ArrayList<>();
      NDArray made = rollout(seen).predictPast(frames(6, 7), 5, Seeds.of(1));
      assertEquals("[14, 15, 10, 11, 12]", text(made), "the earliest of the second block is cut");
      assertEquals(List.of("1/2[0, 0, 6, 7]", "2/2[0, 0, 10, 11]"), seen);
    }
  }

  @Test
  void pastLongerThanABlock_keepsItsLastFrames() {
    try (Scope scope = Scope.open()) {
      List<String> seen = new ArrayList<>();
      FrameWindow window = new FrameWindow(3, 2, 3, 1);
      RolloutObserver observer = (block, blocks, conditioning, f) -> seen.add(text(conditioning));
      new BlockwiseRollout((x, c, t) -> x, window, counting(), observer)
          .predict(frames(1, 2, 3), 6, Seeds.of(1));
      new BlockwiseRollout((x, c, t) -> x, window, counting(), observer)
          .predictPast(frames(7, 8, 9), 4, Seeds.of(1));
      assertEquals(
          List.of(
              "[1, 2, 3, 0, 0, 0]",
              "[3, 10, 11, 0, 0, 0]",
              "[11, 12, 13, 0, 0, 0]",
              "[0, 0, 0, 7, 8, 9]",
              "[0, 0, 0, 10, 11, 7]"),
          seen);
    }
  }

  /** ε that makes the sampler end near the mean of what it sees. */
  private static final ConditionalNoisePredictor TOWARDS_MEAN =
      (xt, conditioning, t) -> {
        double[] deviation = new double[(int) xt.getShape().get(0)];
        double[] signal = new double[deviation.length];
        double[] steps = Tensors.toDoubles(t);
        for (int i = 0; i < deviation.length; i++) {
          double alphaBar = PROCESS.schedule().alphaBar((int) steps[i]);
          signal[i] = Math.sqrt(alphaBar);
          deviation[i] = 1 / Math.sqrt(1 - alphaBar);
        }
        NDArray mean = conditioning.mean(new int[] {1}, true);
        NDArray clean = mean.mul(Tensors.perSample(signal, xt));
        return xt.sub(clean).mul(Tensors.perSample(deviation, xt));
      };

  @Test
  void videos_dependOnSeedsAndPlaceAlone_andFollowTheirPast() {
    try (Scope scope = Scope.open()) {
      FrameWindow window = new FrameWindow(2, 3, 0, 1);
      NDArray past = Scalars.scale(Seeds.of(2).normal(0, new Shape(3, 2, 1, 2, 2)), 0.3);
      for (VideoSampler sampler :
          List.of(VideoSampler.ddpm(PROCESS, 10), VideoSampler.ddim(PROCESS, 10))) {
        BlockwiseRollout rollout = new BlockwiseRollout(TOWARDS_MEAN, window, sampler);
        NDArray all = rollout.predict(past, 4, Seeds.of(9));
        assertEquals(new Shape(3, 4, 1, 2, 2), all.getShape());
        NDArray two = rollout.predict(past.get("0:2"), 4, Seeds.of(9));
        assertArrayEquals(Tensors.toDoubles(all.get("0:2")), Tensors.toDoubles(two), 1e-6);
        NDArray parts =
            new BlockwiseRollout(TOWARDS_MEAN.inBatchesOf(2), window, sampler)
                .predict(past, 4, Seeds.of(9));
        assertArrayEquals(Tensors.toDoubles(all), Tensors.toDoubles(parts), 1e-6);
        double[] expected = Tensors.toDoubles(past.mean(new int[] {1}));
        assertArrayEquals(expected, Tensors.toDoubles(all.get(":, 0")), 1e-5);
        assertArrayEquals(expected, Tensors.toDoubles(all.get(":, 3")), 1e-5);
      }
    }
  }

  @Test
  void wrongFrames_areNamed() {
    try (Scope scope = Scope.open()) {
      BlockwiseRollout rollout = rollout(new ArrayList<>());
      String text = refusal(() -> rollout.predict(frames(1, 2, 3), 4, Seeds.of(1)));
      assertTrue(text.contains("past must have shape (any, 2, 1, any, any)"), text);
      text = refusal(() -> rollout.predict(frames(1, 2), 0, Seeds.of(1)));
      assertTrue(text.contains("frames must be at least 1, but is 0"), text);
      NDArray wide = Tensors.zeros(new Shape(1, 2, 1, 1, 2));
      text = refusal(() -> rollout.interpolate(frames(1, 2), wide, Seeds.of(1)));
      assertTrue(text.contains("future must have shape (1, 2, 1, 1, 1)"), text);
      NDArray colour = Tensors.zeros(new Shape(1, 2, 3, 1, 1));
      text = refusal(() -> rollout.predictPast(colour, 3, Seeds.of(1)));
      assertTrue(text.contains("future must have shape (any, 2, 1, any, any)"), text);
      BlockwiseRollout forward =
          new BlockwiseRollout((x, c, t) -> x, new FrameWindow(2, 3, 0, 1), counting());
      NDArray none = Tensors.zeros(new Shape(1, 0, 1, 1, 1));
      text = refusal(() -> forward.interpolate(frames(1, 2), none, Seeds.of(1)));
      assertTrue(text.contains("future frames"), text);
      text = refusal(() -> WINDOW.cut(frames(1, 2, 3, 4, 5, 6, 7, 8), 2));
      assertTrue(
          text.contains("7 frames from frame 2 on (2 past, 3 current, 2 future), but has 8"));
      text = refusal(() -> VideoSampler.ddpm(PROCESS, 51));
      assertTrue(text.contains("schedule's 50, but is 51"), text);
    }
  }

  private static String refusal(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }
}

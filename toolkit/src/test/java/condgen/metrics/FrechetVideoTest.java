package condgen.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** With two features whose distance is known: the mean of all frames and of the last one. */
class FrechetVideoTest {

  private static final FrechetVideo MEANS =
      new FrechetVideo(
          new ClipFeatureNetwork() {
            @Override
            public NDArray features(NDArray clips) {
              NDArray frames = clips.reshape(clips.getShape().get(0), clips.getShape().get(1), -1);
              NDArray means = frames.mean(new int[] {2});
              NDArray last = means.get(":, " + (clips.getShape().get(1) - 1) + ":");
              return means.mean(new int[] {1}, true).concat(last, 1);
            }

            @Override
            public int dimension() {
              return 2;
            }

            @Override
            public String name() {
              return "two means";
            }

            @Override
            public String preparation() {
              return "none";
            }

            @Override
            public String sha256() {
              return "";
            }
          });

  private static NDArray clips(long seed, int count, int frames) {
    return Seeds.of(seed).normal(0, new Shape(count, frames, 1, 2, 2));
  }

  @Test
  void distanceOfAShift_isItsSquare() {
    Scope.run(
        () -> {
          NDArray clips = clips(1, 40, 12);
          assertEquals(0, MEANS.between(clips, clips), 1e-9);
          assertEquals(2 * 0.25, MEANS.between(clips, clips.add(Tensors.of(0.5))), 1e-6);
          assertTrue(MEANS.name().contains("not FVD"), MEANS.name());
        });
  }

  /** Trajectory k of every clip, with its own past in front: by hand for clip-major futures. */
  @Test
  void predictions_areJudgedWithTheirPast_oneTrajectoryAtATime() {
    Scope.run(
        () -> {
          NDArray past = clips(2, 30, 4);
          NDArray truth = clips(3, 30, 8);
          NDArray first = clips(4, 30, 8);
          NDArray second = truth;
          NDArray both = first.expandDims(1).concat(second.expandDims(1), 1);
          NDArray predicted = both.reshape(60, 8, 1, 2, 2);
          double expected = MEANS.between(past.concat(first, 1), past.concat(truth, 1));
          double[] came = MEANS.ofPredictions(past, predicted, truth, 2);
          assertArrayEquals(new double[] {expected, 0}, came, 1e-9);
          assertTrue(expected > 1e-3);
        });
  }

  @Test
  void badInput_isRefused() {
    Scope.run(
        () -> {
          refuses("at least 10 frames", () -> MEANS.statistics(clips(1, 4, 9)));
          refuses(
              "predicted must have",
              () -> MEANS.ofPredictions(clips(1, 4, 5), clips(1, 7, 6), clips(1, 4, 6), 2));
          refuses(
              "past must have",
              () -> MEANS.ofPredictions(clips(1, 3, 5), clips(1, 4, 6), clips(1, 4, 6), 1));
        });
  }

  private static void refuses(String message, Runnable call) {
    String came = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(came.contains(message), came);
  }
}

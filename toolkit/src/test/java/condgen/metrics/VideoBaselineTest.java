package condgen.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Baselines on clips whose continuation is known. */
class VideoBaselineTest {

  private static final int SIDE = 32;

  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  /** A soft disc over a sloping background, at (row, column) + frame · velocity. */
  private static NDArray disc(int frames, int channels, double... motion) {
    float[] values = new float[frames * channels * SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      int pixel = i % (SIDE * SIDE);
      int frame = i / (SIDE * SIDE) / channels;
      double y = pixel / SIDE - motion[0] - frame * motion[2];
      double x = pixel % SIDE - motion[1] - frame * motion[3];
      double slope = -0.9 + 0.01 * (pixel % SIDE);
      values[i] = (float) (slope + 1.5 * Math.exp(-(y * y + x * x) / 18));
    }
    return Tensors.of(values, new Shape(1, frames, channels, SIDE, SIDE));
  }

  private static double error(NDArray predicted, NDArray truth) {
    return new MeanSquaredError().perClip(predicted, truth)[0];
  }

  @Test
  void still_frames_areWhatTheirNamesSay() {
    NDArray clip = disc(6, 1, 10, 10, 1, 0.5);
    NDArray past = clip.get(":, 0:3");
    NDArray future = clip.get(":, 5:");
    NDArray copies = VideoBaseline.copyLast().predict(past, null, 2);
    assertEquals(new Shape(1, 2, 1, SIDE, SIDE), copies.getShape());
    assertEquals(0, error(copies.get(":, 1:"), clip.get(":, 2:3")));
    NDArray before = VideoBaseline.copyLast().predict(null, future, 1);
    assertEquals(0, error(before, future));
    NDArray black = VideoBaseline.black().predict(past, null, 3);
    assertArrayEquals(new double[] {-1, -1}, new double[] {least(black), greatest(black)});
    NDArray mean = VideoBaseline.meanFrame(clip).predict(past, null, 2);
    NDArray byHand = clip.get(0).mean(new int[] {0}, true).expandDims(0);
    assertEquals(0, error(mean.get(":, 1:"), byHand), 1e-12);
  }

  private static double least(NDArray frames) {
    return Tensors.item(frames.min());
  }

  private static double greatest(NDArray frames) {
    return Tensors.item(frames.max());
  }

  @Test
  void linearInterpolation_fadesInEqualSteps() {
    NDArray past = Tensors.zeros(new Shape(2, 3, 1, 8, 8));
    NDArray future = Tensors.ones(new Shape(2, 2, 1, 8, 8));
    NDArray between = VideoBaseline.linearInterpolation().predict(past, future, 3);
    double[] means = Tensors.toDoubles(between.get("1, :, 0, 4, 4"));
    assertArrayEquals(new double[] {0.25, 0.5, 0.75}, means, 1e-7);
    assertTrue(VideoBaseline.linearInterpolation().betweenOnly());
  }

  /** Where motion is steady its extrapolation is near the truth, and far nearer than a copy. */
  @Test
  void steadyMotion_followsADisc() {
    for (int channels = 1; channels <= 3; channels += 2) {
      NDArray clip = disc(9, channels, 8, 10, 1, 1.5);
      NDArray past = clip.get(":, 0:5");
      NDArray truth = clip.get(":, 5:");
      double moved = error(VideoBaseline.steadyMotion().predict(past, null, 4), truth);
      double copied = error(VideoBaseline.copyLast().predict(past, null, 4), truth);
      assertTrue(moved < 0.1 * copied, moved + " against " + copied);
    }
  }

  /** Backwards it is the forward prediction of the reversed clip. */
  @Test
  void steadyMotion_runsBackwards() {
    NDArray clip = disc(9, 1, 8, 10, 1, -0.5);
    NDArray future = clip.get(":, 4:");
    NDArray came = VideoBaseline.steadyMotion().predict(null, future, 4);
    NDArray mirrored = VideoBaseline.steadyMotion().predict(future.flip(1), null, 4).flip(1);
    assertEquals(0, error(came, mirrored));
    double copied = error(VideoBaseline.copyLast().predict(null, future, 4), clip.get(":, 0:4"));
    assertTrue(error(came, clip.get(":, 0:4")) < 0.1 * copied);
  }

  @Test
  void steadyMotion_betweenTwoClips_beatsLinearInterpolation() {
    NDArray clip = disc(13, 1, 6, 8, 1, 1);
    NDArray past = clip.get(":, 0:4");
    NDArray future = clip.get(":, 9:");
    NDArray truth = clip.get(":, 4:9");
    double moved = error(VideoBaseline.steadyMotion().predict(past, future, 5), truth);
    double linear = error(VideoBaseline.linearInterpolation().predict(past, future, 5), truth);
    assertTrue(moved < 0.2 * linear, moved + " against " + linear);
  }

  /** Nothing is known of motion from one frame, and nothing moves in a still clip. */
  @Test
  void steadyMotion_withoutMotion_isACopy() {
    NDArray frame = disc(1, 1, 10, 10, 0, 0);
    NDArray still = frame.repeat(1, 4);
    assertEquals(0, error(VideoBaseline.steadyMotion().predict(frame, null, 4), still), 1e-12);
    assertEquals(0, error(VideoBaseline.steadyMotion().predict(still, null, 4), still), 1e-12);
  }

  @Test
  void badInput_isRefused() {
    NDArray clip = disc(3, 1, 10, 10, 1, 1);
    refuses("both are null", () -> VideoBaseline.copyLast().predict(null, null, 1));
    refuses("one is null", () -> VideoBaseline.linearInterpolation().predict(clip, null, 1));
    refuses("frames must be", () -> VideoBaseline.black().predict(clip, null, 0));
    NDArray other = Tensors.zeros(new Shape(1, 2, 1, SIDE, 16));
    refuses("future must have", () -> VideoBaseline.steadyMotion().predict(clip, other, 2));
    refuses("past must have", () -> VideoBaseline.meanFrame(other).predict(clip, null, 2));
    refuses("past must have shape", () -> VideoBaseline.black().predict(clip.get(0), null, 2));
  }

  private static void refuses(String message, Runnable call) {
    String came = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(came.contains(message), came);
  }
}

package condgen.video;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import org.junit.jupiter.api.Test;

class FrameWindowTest {

  private static final FrameWindow WINDOW = new FrameWindow(2, 3, 1, 3);

  private static NDArray clip(int batch) {
    return Seeds.of(7).normal(0, new Shape(batch, 6, 3, 4, 5));
  }

  @Test
  void blocks_areTheFramesInOrder_channelsOfAFrameTogether() {
    try (Scope scope = Scope.open()) {
      NDArray clip = clip(2);
      NDArray current = WINDOW.current(clip);
      assertEquals(new Shape(2, 9, 4, 5), current.getShape());
      assertEquals(new Shape(9, 4, 5), WINDOW.sample(4, 5));
      assertArrayEquals(
          Tensors.toDoubles(clip.get("1, 3, 2")), Tensors.toDoubles(current.get("1, 5")));
      assertArrayEquals(
          Tensors.toDoubles(clip.get(":, 2:5")), Tensors.toDoubles(WINDOW.unstack(current)));
      assertArrayEquals(
          Tensors.toDoubles(clip.get("0, 5, 1")),
          Tensors.toDoubles(WINDOW.future(clip).get("0, 1")));
    }
  }

  @Test
  void conditioning_masksWholeBlocksWithZeros_perClip() {
    try (Scope scope = Scope.open()) {
      NDArray clip = clip(4);
      NDArray seen =
          WINDOW.conditioning(
              clip,
              FrameMask.PREDICTION,
              FrameMask.PAST_PREDICTION,
              FrameMask.GENERATION,
              FrameMask.INTERPOLATION);
      assertEquals(new Shape(4, 9, 4, 5), seen.getShape());
      boolean[][] kept = {{true, false}, {false, true}, {false, false}, {true, true}};
      for (int i = 0; i < 4; i++) {
        double[] past = Tensors.toDoubles(WINDOW.past(clip).get(i));
        double[] future = Tensors.toDoubles(WINDOW.future(clip).get(i));
        assertArrayEquals(
            kept[i][0] ? past : new double[past.length],
            Tensors.toDoubles(seen.get(i + ", 0:6").abs().mul(seen.get(i + ", 0:6").sign())));
        assertArrayEquals(
            kept[i][1] ? future : new double[future.length],
            Tensors.toDoubles(seen.get(i + ", 6:9").abs().mul(seen.get(i + ", 6:9").sign())));
      }
    }
  }

  @Test
  void windowWithoutFuture_ignoresTheFutureMask() {
    try (Scope scope = Scope.open()) {
      FrameWindow window = new FrameWindow(2, 3, 0, 1);
      NDArray clip = Seeds.of(1).normal(0, new Shape(2, 5, 1, 4, 4));
      NDArray seen = window.conditioning(clip, FrameMask.PREDICTION);
      assertEquals(new Shape(2, 2, 4, 4), seen.getShape());
      assertArrayEquals(
          Tensors.toDoubles(seen),
          Tensors.toDoubles(window.conditioning(clip, FrameMask.INTERPOLATION)));
      FrameWindow alone = new FrameWindow(0, 5, 0, 1);
      assertEquals(0, alone.conditioning(clip, FrameMask.GENERATION).getShape().get(1));
    }
  }

  @Test
  void wrongClipsAndMasks_areNamed() {
    try (Scope scope = Scope.open()) {
      String text = refusal(() -> WINDOW.current(Seeds.of(1).normal(0, new Shape(2, 5, 3, 4, 4))));
      assertTrue(text.contains("clip must have shape (any, 6, 3, any, any)"), text);
      text = refusal(() -> WINDOW.current(Seeds.of(1).normal(0, new Shape(2, 6, 1, 4, 4))));
      assertTrue(text.contains("(2, 6, 1, 4, 4)"), text);
      NDArray clip = clip(3);
      text =
          refusal(() -> WINDOW.conditioning(clip, FrameMask.PREDICTION, FrameMask.INTERPOLATION));
      assertTrue(text.contains("each of 3 clips, but are 2"), text);
      NDArray past = WINDOW.past(clip);
      NDArray wider = Seeds.of(1).normal(0, new Shape(3, 3, 4, 6));
      text = refusal(() -> WINDOW.conditioning(past, wider, FrameMask.PREDICTION));
      assertTrue(text.contains("futureFrames must have shape (3, 3, 4, 5)"), text);
      text = refusal(() -> new FrameWindow(2, 0, 0, 1));
      assertTrue(text.contains("current 0"), text);
    }
  }

  private static String refusal(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }
}

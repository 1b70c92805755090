package condgen.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.metrics.MeanSquaredError;
import condgen.metrics.Psnr;
import condgen.metrics.Ssim;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import org.junit.jupiter.api.Test;

class VideoCardTest {

  /** One trajectory is right, one is off by a quarter of the range. */
  @Test
  void card_saysWhatTheNumbersDependOn() {
    Scope.run(
        () -> {
          NDArray truth = Tensors.zeros(new Shape(3, 4, 1, 16, 16));
          NDArray shift = Tensors.of(0, 0.5, 0, 0.5, 0, 0.5).reshape(6, 1, 1, 1, 1);
          NDArray predicted = truth.repeat(0, 2).add(shift);
          VideoCard card =
              VideoCard.of(
                  "half right",
                  "4 frames after 5 past ones",
                  predicted,
                  truth,
                  2,
                  new MeanSquaredError(),
                  new Psnr(),
                  Ssim.rounded());
          assertEquals(0, card.score("MSE").best().mean());
          assertEquals(0.0625 / 2, card.score("MSE").mean().mean(), 1e-9);
          assertEquals(3, card.entries().get("clips"));
          String text = card.toString();
          for (String part :
              new String[] {
                "half right", "4 frames after 5", "24 images of 1 x 16 x 16", "from 0.00 to 0.500",
                "3 clips", "best of 2", "mean of 2", "rounded to 0 or 1"
              }) {
            assertTrue(text.contains(part), text);
          }
          assertTrue(refusal(() -> card.score("FVD")).contains("[MSE, PSNR, SSIM]"));
          assertTrue(
              refusal(() -> VideoCard.of("none", "no frames", predicted, truth, 2))
                  .contains("one per metric"));
        });
  }

  private static String refusal(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }
}

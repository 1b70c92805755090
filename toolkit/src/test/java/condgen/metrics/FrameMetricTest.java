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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frame metrics and best-of-n on frames whose scores are known without them. */
class FrameMetricTest {

  private static final Shape CLIP = new Shape(3, 4, 1, 16, 20);

  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static NDArray clip(long seed) {
    return Seeds.of(seed).uniform(0, -1, 1, CLIP);
  }

  @Test
  void unitFrames_areShiftedAndCutOff() {
    double[] came = Tensors.toDoubles(UnitFrames.of(Tensors.of(-3, -1, -0.5, 0, 1, 1.5)));
    assertArrayEquals(new double[] {0, 0, 0.25, 0.5, 1, 1}, came);
  }

  /** A grey level apart by d everywhere: MSE d², PSNR −20 log₁₀ d. */
  @Test
  void meanSquaredErrorAndPsnr_ofAShiftOfGrey_areKnown() {
    NDArray truth = Tensors.zeros(CLIP);
    NDArray predicted = Tensors.zeros(CLIP).add(Tensors.of(0.5));
    assertArrayEquals(
        new double[] {0.0625, 0.0625, 0.0625}, new MeanSquaredError().perClip(predicted, truth));
    assertEquals(-20 * Math.log10(0.25), new Psnr().perClip(predicted, truth)[1], 1e-12);
    assertEquals(Double.POSITIVE_INFINITY, new Psnr().perClip(truth, truth)[0]);
    assertEquals(60, new Psnr(60).perClip(truth, truth)[0]);
  }

  /** One frame wrong by 1/2, three by 1/4: the ratio of the mean error, not the mean ratio. */
  @Test
  void psnrOfAClip_isThatOfTheMeanError() {
    NDArray truth = Tensors.zeros(CLIP);
    NDArray shift = Tensors.of(1, 0.5, 0.5, 0.5).reshape(1, 4, 1, 1, 1);
    NDArray predicted = truth.add(shift);
    double error = (0.25 + 3 * 0.0625) / 4;
    assertEquals(Psnr.of(error), new Psnr().perClip(predicted, truth)[2], 1e-12);
    double[] curve = new Psnr().curve(predicted, truth);
    assertEquals(Psnr.of(0.25), curve[0], 1e-12);
    assertEquals(Psnr.of(0.0625), curve[3], 1e-12);
  }

  /** Against the formula with all 121 weights of the window at once, at a pixel far from it. */
  @Test
  void ssim_ofOneWindow_isTheFormula() {
    int[][] x = new int[11][11];
    int[][] y = new int[11][11];
    for (int i = 0; i < 121; i++) {
      x[i / 11][i % 11] = (37 * i * i) % 256;
      y[i / 11][i % 11] = (91 * i + 13 * i * i) % 256;
    }
    double total = 0;
    double[] sums = new double[5];
    for (int i = 0; i < 121; i++) {
      double a = x[i / 11][i % 11];
      double b = y[i / 11][i % 11];
      double r2 = Math.pow(i / 11 - 5, 2) + Math.pow(i % 11 - 5, 2);
      double w = Math.exp(-r2 / 4.5);
      double[] terms = {a, b, a * a, b * b, a * b};
      for (int k = 0; k < 5; k++) {
        sums[k] += w * terms[k];
      }
      total += w;
    }
    for (int k = 0; k < 5; k++) {
      sums[k] /= total;
    }
    double top = (2 * sums[0] * sums[1] + 6.5025) * (2 * (sums[4] - sums[0] * sums[1]) + 58.5225);
    double squares = sums[0] * sums[0] + sums[1] * sums[1];
    double bottom = (squares + 6.5025) * (sums[2] + sums[3] - squares + 58.5225);
    assertEquals(top / bottom, Ssim.of(x, y), 1e-12);
    assertEquals(1, Ssim.of(x, x), 1e-12);
  }

  @Test
  void rounding_isForSsimOnly_andHalvesBecomeZero() {
    NDArray frames = Tensors.of(0.49, 0.5, 0.51, 1).reshape(1, 1, 1, 4);
    assertArrayEquals(new int[] {124, 127, 130, 255}, new Ssim().grey(frames)[0][0]);
    assertArrayEquals(new int[] {0, 0, 255, 255}, Ssim.rounded().grey(frames)[0][0]);
    assertTrue(Ssim.rounded().preparation().contains("rounded"));
  }

  /** Grey in three equal channels is that grey; colours have their known weights. */
  @Test
  void grey_ofColours_hasTheWeightsOfTheStandard() {
    NDArray colours = Tensors.of(1, 0, 0, 0.2, 0, 1, 0, 0.2, 0, 0, 1, 0.2).reshape(1, 3, 1, 4);
    assertArrayEquals(new int[] {76, 150, 29, 51}, new Ssim().grey(colours)[0][0]);
  }

  @Test
  void bestOf_takesTheBestOfEachMetricAndTheMean() {
    double[] scores = {1, 5, 3, 2, 2, 8};
    BestOf ssim = BestOf.of(new Ssim(), scores, 3);
    BestOf error = BestOf.of(new MeanSquaredError(), scores, 3);
    assertEquals(6.5, ssim.best().mean(), 1e-12);
    assertEquals(1.5, error.best().mean(), 1e-12);
    assertEquals(3.5, ssim.mean().mean(), 1e-12);
    assertEquals(1.5, ssim.best().deviation(), 1e-12);
    assertEquals(1.959963984540054 * 1.5, ssim.best().halfWidth(), 1e-12);
    assertArrayEquals(new double[] {5, 2}, BestOf.best(new Ssim(), scores, 3, 2));
    assertTrue(Double.isNaN(BestOf.of(new Ssim(), new double[] {1, 2}, 2).best().halfWidth()));
  }

  /** The futures of one clip stand together: clip 1's are scored against clip 1. */
  @Test
  void bestOf_comparesEachTrajectoryWithItsOwnClip() {
    NDArray truth = clip(1);
    NDArray predicted = Tensors.zeros(new Shape(6, 4, 1, 16, 20));
    predicted.set(new ai.djl.ndarray.index.NDIndex("3"), truth.get(1));
    double[] scores = BestOf.scores(new MeanSquaredError(), predicted, truth, 2);
    assertEquals(6, scores.length);
    assertEquals(0, scores[3]);
    assertTrue(scores[2] > 0.05 && scores[1] > 0.05);
    assertEquals(0, BestOf.best(new MeanSquaredError(), scores, 2, 2)[1]);
  }

  @Test
  void badInput_isRefused() {
    refuses("one shape", () -> new Psnr().perClip(clip(1), clip(1).get("0:2")));
    refuses("predicted must have shape", () -> new Ssim().perFrame(clip(1).get(0), clip(1).get(0)));
    refuses("11 x 11", () -> new Ssim().perClip(small(), small()));
    refuses("1 or 3", () -> new Ssim().ofFrames(pairs(), pairs()));
    refuses("groups", () -> BestOf.of(new Ssim(), new double[7], 3));
    refuses("among", () -> BestOf.best(new Ssim(), new double[6], 3, 4));
    refuses("at least one", Spread::of);
  }

  private static NDArray small() {
    return Tensors.zeros(new Shape(1, 1, 1, 10, 16));
  }

  private static NDArray pairs() {
    return Tensors.zeros(new Shape(1, 2, 16, 16));
  }

  private static void refuses(String message, Runnable call) {
    String came = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(came.contains(message), came);
  }
}

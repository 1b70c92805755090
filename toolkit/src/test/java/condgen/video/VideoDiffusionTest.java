package condgen.video;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.diffusion.ForwardProcess;
import condgen.diffusion.NoiseMatching;
import condgen.diffusion.NoiseSchedule;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The diffusion of frames, thesis equations 7.2.1 to 7.2.5, on clips of two frames. */
class VideoDiffusionTest {

  private static final NoiseSchedule SCHEDULE = NoiseSchedule.ddpm();
  private static final ForwardProcess PROCESS = new ForwardProcess(SCHEDULE);

  private static NDArray frames(int step) {
    return Seeds.of(12).normal(step, new Shape(3, 2, 4, 4), DataType.FLOAT64);
  }

  @Test
  @Equation("7.2.1")
  void transitions_addUpToTheirVariance() {
    try (Scope scope = Scope.open()) {
      NDArray one = Tensors.ones(new Shape(1, 1, 1, 1), DataType.FLOAT64);
      NDArray none = Tensors.zerosLike(one);
      double variance = 0;
      double signal = 1;
      double product = 1;
      for (int t = 1; t <= SCHEDULE.steps(); t++) {
        double ofPrevious = Tensors.item(PROCESS.transition(one, t, none));
        double ofNoise = Tensors.item(PROCESS.transition(none, t, one));
        variance = ofPrevious * ofPrevious * variance + ofNoise * ofNoise;
        signal *= ofPrevious;
        product *= 1 - SCHEDULE.beta(t);
        assertEquals(1 - product, variance, 2e-15, "at step " + t);
        assertEquals(Math.sqrt(product), signal, 1e-14, "at step " + t);
      }
      assertEquals(SCHEDULE.alphaBar(SCHEDULE.steps()), product, 1e-15);
    }
  }

  @Test
  @Equation("7.2.2")
  void jump_isTheSumOfSignalAndNoise_andTheNoiseLeadsBack() {
    try (Scope scope = Scope.open()) {
      NDArray x0 = frames(1);
      NDArray epsilon = frames(2);
      int[] t = {1, 300, 1000};
      NDArray xt = PROCESS.diffuse(x0, t, epsilon);
      double[] clean = Tensors.toDoubles(x0);
      double[] noise = Tensors.toDoubles(epsilon);
      double[] noisy = Tensors.toDoubles(xt);
      for (int i = 0; i < clean.length; i++) {
        double alphaBar = SCHEDULE.alphaBar(t[i / 32]);
        double expected = Math.sqrt(alphaBar) * clean[i] + Math.sqrt(1 - alphaBar) * noise[i];
        // Factors per clip are made in float32.
        assertEquals(expected, noisy[i], 4e-7);
      }
      for (int step : new int[] {1, 300}) {
        NDArray jumped = PROCESS.diffuse(x0, step, epsilon);
        NDArray back = PROCESS.denoisedEstimate(jumped, epsilon, step);
        assertArrayEquals(clean, Tensors.toDoubles(back), 1e-14, "at step " + step);
      }
    }
  }

  @Test
  @Equation("7.2.3")
  void reverseTransition_isGaussianConditioning() {
    try (Scope scope = Scope.open()) {
      NDArray x0 = Tensors.ofDoubles(0.7);
      NDArray xt = Tensors.ofDoubles(-0.4);
      for (int t : new int[] {2, 100, 600, 1000}) {
        double before = SCHEDULE.alphaBar(t - 1);
        double beta = SCHEDULE.beta(t);
        // x_(t−1) ~ N(√ᾱ_(t−1) x₀, 1 − ᾱ_(t−1)), seen through x_t = √(1 − β) x_(t−1) + √β z.
        double gain = (1 - before) * Math.sqrt(1 - beta) / ((1 - before) * (1 - beta) + beta);
        double prior = Math.sqrt(before) * 0.7;
        double mean = prior + gain * (-0.4 - Math.sqrt(1 - beta) * prior);
        double variance = (1 - before) * (1 - gain * Math.sqrt(1 - beta));
        assertEquals(mean, Tensors.item(PROCESS.posteriorMean(x0, xt, t)), 1e-14);
        assertEquals(variance, SCHEDULE.betaTilde(t), 1e-15);
      }
    }
  }

  @Test
  @Equation("7.2.4")
  void loss_ofTheBestLinearPredictor_isAlphaBar_forDataOfUnitVariance() {
    try (Scope scope = Scope.open()) {
      int n = 200_000;
      double alphaBar = 0.5338;
      NoiseMatching matching =
          new NoiseMatching(new ForwardProcess(NoiseSchedule.of(1 - alphaBar)));
      NDArray x0 = Seeds.of(1).normal(0, new Shape(n, 1));
      NDArray epsilon = Seeds.of(1).normal(1, new Shape(n, 1));
      int[] t = new int[n];
      Arrays.fill(t, 1);
      double[] losses = new double[3];
      for (int i = 0; i < 3; i++) {
        double slope = Math.sqrt(1 - alphaBar) + 0.1 * (i - 1);
        NDArray loss = matching.loss((x, s) -> Scalars.scale(x, slope), x0, t, epsilon);
        losses[i] = Tensors.item(loss);
      }
      // The mean of n squares of deviation √2 ᾱ, within 3 standard errors.
      assertEquals(alphaBar, losses[1], 3 * Math.sqrt(2.0 / n) * alphaBar);
      assertEquals(0.01, losses[0] - losses[1], 0.002);
      assertEquals(0.01, losses[2] - losses[1], 0.002);
    }
  }

  @Test
  @Equation("7.2.5")
  void score_isTheScaledNoise_andTheSlopeOfTheLogDensity() {
    try (Scope scope = Scope.open()) {
      NDArray x0 = frames(1);
      NDArray epsilon = frames(2);
      int t = 400;
      double alphaBar = SCHEDULE.alphaBar(t);
      NDArray xt = PROCESS.diffuse(x0, t, epsilon);
      double[] score = Tensors.toDoubles(PROCESS.score(x0, xt, t));
      double[] noise = Tensors.toDoubles(epsilon);
      for (int i = 0; i < noise.length; i++) {
        assertEquals(-noise[i] / Math.sqrt(1 - alphaBar), score[i], 1e-14);
      }
      assertArrayEquals(score, Tensors.toDoubles(PROCESS.scoreOfNoise(epsilon, t)), 1e-14);
      NDArray direction = frames(3);
      double h = 1e-4;
      NDArray up = PROCESS.logDensity(x0, Scalars.axpy(h, direction, xt), t);
      NDArray down = PROCESS.logDensity(x0, Scalars.axpy(-h, direction, xt), t);
      double slope = Tensors.item(up.sub(down).sum()) / (2 * h);
      double expected = Tensors.item(PROCESS.score(x0, xt, t).mul(direction).sum());
      assertEquals(expected, slope, 1e-7);
    }
  }
}

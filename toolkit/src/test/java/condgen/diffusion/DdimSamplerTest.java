package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.noise.CorrelatedPair;
import condgen.noise.DenseNoise;
import condgen.noise.GaussianNoise;
import condgen.noise.WhiteNoise;
import condgen.tensor.Devices;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DdimSamplerTest {

  private static final NoiseSchedule SCHEDULE = NoiseSchedule.linear(10, 0.02, 0.3);
  private static final ForwardProcess PROCESS = new ForwardProcess(SCHEDULE);
  private static final Seeds SEEDS = Seeds.of(31);

  static Stream<GaussianNoise> noises() {
    return Stream.of(new WhiteNoise(), new CorrelatedPair());
  }

  private static NDArray draw(int step, long... shape) {
    return SEEDS.normal(step, new Shape(shape), DataType.FLOAT64);
  }

  @Test
  @Equation({"2.4.32", "2.4.33", "2.4.34", "2.4.35"})
  void steps_fromTheLawOfTheLastLevel_keepTheLawOfEveryLevel() {
    try (Scope scope = Scope.open()) {
      int n = 100_000;
      NDArray x0 = Tensors.full(new Shape(n), 0.7, DataType.FLOAT64);
      NDArray x = PROCESS.diffuse(x0, 10, draw(1, n));
      DdimSampler sampler = new DdimSampler(PROCESS);
      for (int t = 10; t >= 1; t--) {
        requireLaw(x, t, n);
        x = sampler.step(x, t, PROCESS.noiseBetween(x0, x, t), null);
      }
      assertEquals(0, Tensors.item(x.sub(x0).abs().max()), 1e-13, "and end at the point");
    }
  }

  private static void requireLaw(NDArray x, int t, int n) {
    double mean = Tensors.item(x.mean());
    double variance = Tensors.item(x.square().mean()) - mean * mean;
    double expected = 1 - SCHEDULE.alphaBar(t);
    assertEquals(Math.sqrt(SCHEDULE.alphaBar(t)) * 0.7, mean, 4 * Math.sqrt(expected / n));
    assertEquals(expected, variance, 4 * expected * Math.sqrt(2.0 / n));
  }

  @ParameterizedTest
  @MethodSource("noises")
  @Equation({"2.4.31", "2.4.32"})
  void step_isTheForwardJumpFromTheEstimate_withTheSameNoise(GaussianNoise noise) {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = new ForwardProcess(SCHEDULE, noise);
      NDArray x = draw(1, 4, 2);
      NDArray epsilon = draw(2, 4, 2);
      for (int t = 10; t >= 1; t--) {
        NDArray clean = process.denoisedEstimate(x, epsilon, t);
        double[] jump = Tensors.toDoubles(process.diffuse(clean, t - 1, epsilon));
        NDArray step = new DdimSampler(process).step(x, t, epsilon, null);
        assertArrayEquals(jump, Tensors.toDoubles(step), 1e-13);
        NDArray transfer =
            DdimSampler.transfer(noise, x, epsilon, SCHEDULE.alphaBar(t), SCHEDULE.alphaBar(t - 1));
        assertArrayEquals(jump, Tensors.toDoubles(transfer), 1e-12);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("noises")
  void step_withEtaOne_isTheAncestralStep_onAnySubsequence(GaussianNoise noise) {
    try (Scope scope = Scope.open()) {
      for (NoiseSchedule schedule : List.of(SCHEDULE, SCHEDULE.subsequence(2, 3, 7, 10))) {
        ForwardProcess process = new ForwardProcess(schedule, noise);
        NDArray x = draw(1, 4, 2);
        NDArray epsilon = draw(2, 4, 2);
        NDArray z = draw(3, 4, 2);
        for (int t = schedule.steps(); t >= 1; t--) {
          double[] ancestral =
              Tensors.toDoubles(new AncestralSampler(process).step(x, t, epsilon, z));
          NDArray step = new DdimSampler(process, 1, false).step(x, t, epsilon, z);
          assertArrayEquals(ancestral, Tensors.toDoubles(step), 1e-12);
        }
      }
    }
  }

  /** The mean and the variance of 2.4.38, found in the library's step by its slope. */
  @Test
  @Equation({"2.4.39", "2.4.39-text", "2.4.40"})
  void marginalOfTheStep_isTheForwardMarginal_andOnlyDdpmsKernelHasAVariance() {
    try (Scope scope = Scope.open()) {
      NDArray x0 = Tensors.ofDoubles(0.7);
      NDArray one = Tensors.ofDoubles(1);
      for (int t = 2; t <= 10; t++) {
        int step = t;
        double before = 1 - SCHEDULE.alphaBar(t - 1);
        NDArray mean = Scalars.scale(x0, Math.sqrt(SCHEDULE.alphaBar(t)));
        DdimSampler ddim = new DdimSampler(PROCESS);
        AncestralSampler ddpm = new AncestralSampler(PROCESS);
        double[] ofDdim =
            law((x, z) -> ddim.step(x, step, PROCESS.noiseBetween(x0, x, step), z), mean, one);
        double[] ofDdpm =
            law((x, z) -> ddpm.step(x, step, PROCESS.noiseBetween(x0, x, step), z), mean, one);
        for (double[] law : List.of(ofDdim, ofDdpm)) {
          assertEquals(Math.sqrt(1 - before) * 0.7, law[0], 1e-14);
          double variance = law[2] + law[1] * law[1] * (1 - SCHEDULE.alphaBar(t));
          assertEquals(before, variance, 1e-14);
        }
        assertEquals(0, ofDdim[2], "zero, as 2.4.34 says");
        assertEquals(SCHEDULE.betaTilde(t), ofDdpm[2], 1e-14, "not zero, as 2.4.21 says");
      }
      assertEquals(0.0683, SCHEDULE.betaTilde(4), 5e-5);
    }
  }

  private interface Kernel {
    NDArray draw(NDArray x, NDArray z);
  }

  /** Of an affine kernel v = a u + b + c z at the mean of u: a mean + b, a, c². */
  private static double[] law(Kernel kernel, NDArray mean, NDArray one) {
    NDArray zero = Tensors.zerosLike(mean);
    double centre = Tensors.item(kernel.draw(mean, zero));
    double slope = Tensors.item(kernel.draw(mean.add(one), zero)) - centre;
    double noise = Tensors.item(kernel.draw(mean, one)) - centre;
    return new double[] {centre, slope, noise * noise};
  }

  @Test
  @Equation({"2.4.36", "2.4.37", "2.4.38"})
  void linearGaussian_hasTheMarginalOfBishop() {
    try (Scope scope = Scope.open()) {
      int n = 200_000;
      double[][] covariance = {{1, 0.3, 0}, {0.3, 0.5, -0.2}, {0, -0.2, 0.8}};
      double[][] a = {{1, -2, 0.5}, {0.3, 0, 1}};
      double[][] conditional = {{0.4, 0.1}, {0.1, 0.2}};
      NDArray mu = Tensors.ofDoubles(0.5, -1, 2);
      NDArray b = Tensors.ofDoubles(-1, 3);
      NDArray matrix = Tensors.of(flat(a), new Shape(2, 3));
      NDArray u = new DenseNoise(covariance).sqrt(draw(1, n, 3)).add(mu);
      NDArray around = u.matMul(matrix.transpose()).add(b);
      NDArray v = around.add(new DenseNoise(conditional).sqrt(draw(2, n, 2)));
      NDArray mean = v.mean(new int[] {0});
      NDArray centred = v.sub(mean);
      double[] found = Tensors.toDoubles(centred.transpose().matMul(centred));
      double[] expectedMean = Tensors.toDoubles(matrix.matMul(mu.reshape(3, 1)).reshape(2).add(b));
      NDArray spread =
          matrix.matMul(Tensors.of(flat(covariance), new Shape(3, 3))).matMul(matrix.transpose());
      double[] expected =
          Tensors.toDoubles(spread.add(Tensors.of(flat(conditional), new Shape(2, 2))));
      for (int i = 0; i < 2; i++) {
        double error = 4 * Math.sqrt(expected[3 * i] / n);
        assertEquals(expectedMean[i], Tensors.toDoubles(mean)[i], error);
        for (int k = 0; k < 2; k++) {
          double product = expected[0] * expected[3] + expected[1] * expected[1];
          double width = i == k ? 2 * expected[3 * i] * expected[3 * i] : product;
          assertEquals(expected[2 * i + k], found[2 * i + k] / n, 4 * Math.sqrt(width / n));
        }
      }
    }
  }

  private static double[] flat(double[][] rows) {
    return Stream.of(rows).flatMapToDouble(java.util.Arrays::stream).toArray();
  }

  @Test
  void sample_isDeterministicGivenTheStart_andOfOrderOneInTheSteps() {
    try (Scope scope = Scope.open()) {
      NoiseSchedule full = NoiseSchedule.ddpm();
      double s = 0.5;
      double[] errors = new double[3];
      for (int k = 0; k < 3; k++) {
        errors[k] = errorOnGaussian(full, full.every(50 >> k), s);
      }
      assertEquals(1, Math.log(errors[0] / errors[1]) / Math.log(2), 0.25);
      assertEquals(1, Math.log(errors[1] / errors[2]) / Math.log(2), 0.25);
    }
  }

  /** Data N(0, s²): every path is x₀ = s x_L / √(s² ᾱ_L + 1 − ᾱ_L). */
  private static double errorOnGaussian(NoiseSchedule full, NoiseSchedule steps, double s) {
    DdimSampler sampler = new DdimSampler(new ForwardProcess(steps));
    NDArray x =
        sampler.sample(Gaussians.noise(full, s), new Shape(1), 50, SEEDS, SamplerObserver.NONE);
    double last = full.alphaBar(1000);
    NDArray start = GaussianNoise.white(SEEDS, 1000, new Shape(1), 50);
    NDArray exact = Scalars.scale(start, s / Math.sqrt(s * s * last + 1 - last));
    return Tensors.item(x.sub(exact).abs().max());
  }

  @Test
  void sample_showsTheLabelsOfTheSubsequence_andLeavesOnlyItsResult() {
    NoiseSchedule steps = SCHEDULE.every(4);
    DdimSampler sampler = new DdimSampler(new ForwardProcess(steps), 0.5, true);
    List<Double> levels = new ArrayList<>();
    List<Double> told = new ArrayList<>();
    NoisePredictor network =
        (x, t) -> {
          told.add(Tensors.toDoubles(t)[0]);
          return Scalars.scale(x, -3);
        };
    SamplerObserver observer =
        (step, level, x, clean) -> {
          levels.add(level);
          assertTrue(Tensors.item(clean.abs().max()) <= 1);
        };
    sampler.sample(network, new Shape(2), 3, SEEDS, observer).close();
    assertEquals(List.of(10.0, 6.0, 2.0), levels);
    assertEquals(levels, told);
    int before = Devices.liveArrays();
    sampler.sample(network, new Shape(2), 3, SEEDS, observer).close();
    assertEquals(before, Devices.liveArrays());
  }

  @Test
  void eta_outsideZeroToOne_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new DdimSampler(PROCESS, -0.1, false));
    assertThrows(IllegalArgumentException.class, () -> new DdimSampler(PROCESS, 1.1, false));
  }
}

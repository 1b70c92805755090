package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.noise.GaussianFreeField;
import condgen.noise.GaussianNoise;
import condgen.noise.WhiteNoise;
import condgen.tensor.Fourier;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The samplers on images of a Gaussian law whose best network is known, with white noise (γ = 0)
 * and with Gaussian free fields.
 */
class FieldSamplersTest {

  private static final NoiseSchedule FULL = NoiseSchedule.ddpm();
  private static final Seeds SEEDS = Seeds.of(41);
  private static final Shape IMAGE = new Shape(2, 6, 5);
  private static final double[] DATA = IntStream.range(0, 30).mapToDouble(k -> 0.3).toArray();

  private static GaussianNoise noise(double gamma) {
    return gamma == 0 ? new WhiteNoise() : new GaussianFreeField(gamma);
  }

  /**
   * λ of a field of 6 × 5 pixels, from the image of one pixel: the transform of a symmetric root.
   */
  private static double[] eigenvalues(GaussianNoise noise) {
    double[] pixel = new double[30];
    pixel[0] = 1;
    double[] lags = Tensors.toDoubles(noise.covariance(Tensors.of(pixel, new Shape(1, 1, 6, 5))));
    double[] lambda = new double[30];
    for (int k = 0; k < 30; k++) {
      for (int p = 0; p < 30; p++) {
        double turns = k / 5 * (p / 5) / 6.0 + k % 5 * (p % 5) / 5.0;
        lambda[k] += lags[p] * Math.cos(2 * Math.PI * turns);
      }
    }
    return lambda;
  }

  /** Variance of each wave at a level. */
  private static double[] spectrum(double[] lambda, double alphaBar) {
    return IntStream.range(0, 30)
        .mapToDouble(k -> alphaBar * DATA[k] + (1 - alphaBar) * lambda[k])
        .toArray();
  }

  /** E[ε | x_t] = √(1 − ᾱ) √Σ Cov(x_t)⁻¹ x_t, wave by wave. */
  private static NoisePredictor best(double[] lambda) {
    return (x, t) -> {
      double alphaBar = FULL.alphaBarBetween(Tensors.toDoubles(t)[0]);
      double[] variance = spectrum(lambda, alphaBar);
      double[] share =
          IntStream.range(0, 30)
              .mapToDouble(k -> Math.sqrt((1 - alphaBar) * lambda[k]) / variance[k])
              .toArray();
      return Fourier.multiply(share, x);
    };
  }

  /** Where the probability flow leads from the samplers' start: wave by wave a scaling. */
  private static NDArray flowed(GaussianNoise noise, double[] lambda) {
    NDArray start = noise.sample(SEEDS, 1000, IMAGE, 3);
    double[] before = spectrum(lambda, FULL.alphaBar(1000));
    return Fourier.multiply(
        IntStream.range(0, 30).mapToDouble(k -> Math.sqrt(DATA[k] / before[k])).toArray(), start);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 1.5})
  void fpndm_followsTheFlowOfImages_farCloserThanDdim(double gamma) {
    try (Scope scope = Scope.open()) {
      GaussianNoise noise = noise(gamma);
      double[] lambda = eigenvalues(noise);
      NDArray exact = flowed(noise, lambda);
      NDArray fast =
          new FpndmSampler(new ForwardProcess(FULL.every(50), noise))
              .sample(best(lambda), IMAGE, 3, SEEDS, SamplerObserver.NONE);
      NDArray plain =
          new DdimSampler(new ForwardProcess(FULL.every(35), noise))
              .sample(best(lambda), IMAGE, 3, SEEDS, SamplerObserver.NONE);
      double fpndm = Tensors.item(fast.sub(exact).abs().max());
      double ddim = Tensors.item(plain.sub(exact).abs().max());
      assertTrue(fpndm < ddim / 5, "γ = " + gamma + ": F-PNDM " + fpndm + ", DDIM " + ddim);
      assertTrue(ddim < 0.3, "DDIM " + ddim);
    }
  }

  static Stream<SdeSampler.Kind> kinds() {
    return Stream.of(SdeSampler.Kind.values());
  }

  /** 150 images of 2 · 30 numbers of deviation √0.3; 100 steps leave a little bias. */
  @ParameterizedTest
  @MethodSource("kinds")
  void continuousSamplers_reachTheVarianceOfTheData_andDoNotDependOnTheCount(SdeSampler.Kind kind) {
    try (Scope scope = Scope.open()) {
      GaussianNoise noise = new GaussianFreeField(1);
      double[] lambda = eigenvalues(noise);
      DiffusionSde sde = new VariancePreserving(0.1, 20, noise);
      SdeSampler sampler = new SdeSampler(sde, kind, 100, 0);
      ScoreFunction score =
          (x, t) -> {
            double a = sde.meanFactor(t);
            double[] variance = spectrum(lambda, a * a);
            double[] pull = IntStream.range(0, 30).mapToDouble(k -> -1 / variance[k]).toArray();
            return Fourier.multiply(pull, x);
          };
      NDArray x = sampler.sample(score, IMAGE, 150, SEEDS, SamplerObserver.NONE);
      double variance = Tensors.item(x.square().mean());
      assertEquals(0.3, variance, 5 * 0.3 * Math.sqrt(2.0 / 9_000) + 0.01);
      NDArray shifted = x.get(":, :, :, 1:").mul(x.get(":, :, :, :-1"));
      double apart = Tensors.item(shifted.mean());
      assertEquals(0, apart, 5 * 0.3 / Math.sqrt(7_200) + 0.01, "neighbours of white data");
      NDArray few = sampler.sample(score, IMAGE, 3, SEEDS, SamplerObserver.NONE);
      assertArrayEquals(Tensors.toDoubles(x.get("0:3")), Tensors.toDoubles(few), 1e-4);
    }
  }
}

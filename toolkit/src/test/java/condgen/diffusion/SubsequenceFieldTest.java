package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.noise.GaussianFreeField;
import condgen.noise.Spectrum;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Samplers on sub-sequences of a schedule with the noise of a free field, for Gaussian data whose
 * covariance commutes with Σ: every wave then goes its own way, with numbers that can be followed
 * by hand.
 */
class SubsequenceFieldTest {

  private static final int SIDE = 6;
  private static final Shape IMAGE = new Shape(1, SIDE, SIDE);
  private static final NoiseSchedule FULL = NoiseSchedule.ddpm();
  private static final GaussianFreeField NOISE = new GaussianFreeField(1);
  private static final double[] SIGMA = FieldByCosines.eigenvalues(1, SIDE, SIDE);

  /** Eigenvalues of the data's covariance: smoother than the noise, and of deviation 0.6. */
  private static double[] smooth() {
    double[] data = FieldByCosines.eigenvalues(1.5, SIDE, SIDE);
    for (int k = 0; k < data.length; k++) {
      data[k] *= 0.36;
    }
    return data;
  }

  private static double[] marginal(double[] data, double alphaBar) {
    double[] v = new double[data.length];
    for (int k = 0; k < v.length; k++) {
      v[k] = alphaBar * data[k] + (1 - alphaBar) * SIGMA[k];
    }
    return v;
  }

  private static Spectrum spectrum(double[] flat) {
    double[][] rows = new double[SIDE][SIDE];
    for (int k = 0; k < flat.length; k++) {
      rows[k / SIDE][k % SIDE] = flat[k];
    }
    return Spectrum.of(rows);
  }

  private static RealMatrix matrix(double[] eigenvalues) {
    return Matrices.of(FieldByCosines.covariance(eigenvalues, SIDE, SIDE));
  }

  /** √(1 − ᾱ) √Σ (ᾱ C + (1 − ᾱ) Σ)⁻¹ x, for the step of the full schedule that it is told. */
  private static NoisePredictor exact(double[] data) {
    return (x, t) -> {
      double alphaBar = FULL.alphaBarBetween(Tensors.toDoubles(t)[0]);
      NDArray white = NOISE.sqrt(spectrum(marginal(data, alphaBar)).precision(x));
      return Scalars.scale(white, Math.sqrt(1 - alphaBar));
    };
  }

  /**
   * Variance of each wave after the steps from N(0, Σ) down to level t, by hand: of a wave x the
   * share {@code noise} is taken for noise, and x̂₀ for {@code clean} times x.
   */
  private static double[] followed(NoiseSchedule steps, double[] data, int t, double eta) {
    double[] variance = SIGMA.clone();
    for (int s = steps.steps(); s > t; s--) {
      double now = steps.alphaBar(s);
      double next = steps.alphaBar(s - 1);
      double fresh = s == 1 ? 0 : eta * eta * (1 - next) / (1 - now) * (1 - now / next);
      for (int k = 0; k < variance.length; k++) {
        double noise = (1 - now) * SIGMA[k] / (now * data[k] + (1 - now) * SIGMA[k]);
        double clean = (1 - noise) / Math.sqrt(now);
        double kept = Math.sqrt((1 - next - fresh) / (1 - now)) * noise;
        double factor = Math.sqrt(next) * clean + kept;
        variance[k] = factor * factor * variance[k] + fresh * SIGMA[k];
      }
    }
    return variance;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1})
  @Equation({"6.2.24", "6.2.26"})
  void sample_onASubsequence_hasTheLawFollowedByHand_atEveryLevel(double eta) {
    try (Scope scope = Scope.open()) {
      int n = 4000;
      NoiseSchedule steps = FULL.every(50);
      ForwardProcess process = new ForwardProcess(steps, NOISE);
      Seeds seeds = Seeds.of(66);
      List<Double> errors = new ArrayList<>();
      SamplerObserver observer =
          (step, level, x, clean) -> {
            int t = steps.steps() - step;
            if (t % 5 == 0) {
              RealMatrix measured = Matrices.sampleCovariance(x.toType(DataType.FLOAT64, false));
              RealMatrix expected = matrix(followed(steps, smooth(), t, eta));
              errors.add(Matrices.standardErrors(measured, expected, n));
            }
          };
      NoisePredictor network = exact(smooth());
      NDArray x =
          eta == 0
              ? new DdimSampler(process).sample(network, IMAGE, n, seeds, observer)
              : new AncestralSampler(process).sample(network, IMAGE, n, seeds, observer);
      assertEquals(4, errors.size());
      errors.forEach(e -> assertTrue(e < 5, "standard errors: " + errors));
      RealMatrix found = Matrices.sampleCovariance(x.toType(DataType.FLOAT64, false));
      assertTrue(Matrices.standardErrors(found, matrix(SIGMA), n) > 20, "not the noise's law");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1})
  @Equation({"6.2.24", "6.2.26"})
  void lawOfEveryLevel_isTheMarginal_upToAnErrorOfOrderOneInTheSteps(double eta) {
    double coarse = worstGap(FULL.every(8), eta);
    double middle = worstGap(FULL.every(4), eta);
    double fine = worstGap(FULL.every(2), eta);
    assertEquals(1, Math.log(coarse / middle) / Math.log(2), 0.25);
    assertEquals(1, Math.log(middle / fine) / Math.log(2), 0.25);
    double all = worstGap(FULL, eta);
    assertTrue(all < 0.03, "relative gap with all steps " + all);
  }

  /** Over all levels and waves, the relative difference of followed and exact variance. */
  private static double worstGap(NoiseSchedule steps, double eta) {
    double worst = 0;
    for (int t = 0; t < steps.steps(); t++) {
      double[] found = followed(steps, smooth(), t, eta);
      double[] exact = marginal(smooth(), steps.alphaBar(t));
      for (int k = 0; k < found.length; k++) {
        worst = Math.max(worst, Math.abs(found[k] / exact[k] - 1));
      }
    }
    return worst;
  }

  /** Data that are themselves N(0, Σ): the larger variance β is exact, on any sub-sequence. */
  @Test
  @Equation({"6.2.21", "6.2.24"})
  void ancestralWithBeta_onDataOfTheNoisesOwnLaw_keepsItExactly_onAnySubsequence() {
    for (int stride : new int[] {250, 40}) {
      NoiseSchedule steps = FULL.every(stride);
      ForwardProcess process = new ForwardProcess(steps, NOISE);
      AncestralSampler sampler =
          new AncestralSampler(process, AncestralSampler.Variance.BETA, false, true);
      NoisePredictor network = exact(SIGMA);
      Moments law = Moments.centred(matrix(SIGMA));
      for (int t = steps.steps(); t >= 1; t--) {
        int now = t;
        law =
            law.after(
                x -> {
                  NDArray epsilon = network.predict(x, Tensors.of(steps.label(now)));
                  return sampler.step(x, now, epsilon, Tensors.zerosLike(x));
                },
                matrix(SIGMA).scalarMultiply(steps.beta(t)),
                IMAGE);
        assertEquals(0, Matrices.apart(matrix(SIGMA), law.covariance()), 1e-10);
      }
    }
  }

  /** One point as data: its covariance 0 commutes with any Σ. */
  @Test
  @Equation({"6.2.24", "6.2.26", "6.2.29"})
  void sample_withTheNoiseOfOnePoint_endsAtThatPoint_onASubsequence() {
    try (Scope scope = Scope.open()) {
      NoiseSchedule steps = FULL.every(100);
      ForwardProcess process = new ForwardProcess(steps, NOISE);
      NDArray point = Seeds.of(5).normal(1, new Shape(3).addAll(IMAGE));
      NoisePredictor exact =
          (x, t) -> {
            double alphaBar = FULL.alphaBarBetween(Tensors.toDoubles(t)[0]);
            NDArray gap = Scalars.axpy(-Math.sqrt(alphaBar), point, x);
            return Scalars.scale(NOISE.inverseSqrt(gap), 1 / Math.sqrt(1 - alphaBar));
          };
      Seeds seeds = Seeds.of(67);
      NDArray random =
          new AncestralSampler(process).sample(exact, IMAGE, 3, seeds, SamplerObserver.NONE);
      NDArray fixed = new DdimSampler(process).sample(exact, IMAGE, 3, seeds, SamplerObserver.NONE);
      assertEquals(0, Tensors.item(random.sub(point).abs().max()), 1e-4);
      assertEquals(0, Tensors.item(fixed.sub(point).abs().max()), 1e-4);
    }
  }
}

package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import org.junit.jupiter.api.Test;

/**
 * What the thesis prints for the reverse step, 2.4.22 to 2.4.30, against what follows from Bayes'
 * rule.
 */
class ReverseStepTest {

  private static final NoiseSchedule SCHEDULE = NoiseSchedule.linear(10, 0.02, 0.3);
  private static final ForwardProcess PROCESS = new ForwardProcess(SCHEDULE);
  private static final AncestralSampler SAMPLER = new AncestralSampler(PROCESS);
  private static final double X0 = 0.4;
  private static final double XT = -0.3;

  /** The product β₁ … β_t, one reading of the bar in 2.4.24 to 2.4.27. */
  private static double product(int t) {
    double product = 1;
    for (int s = 1; s <= t; s++) {
      product *= SCHEDULE.beta(s);
    }
    return product;
  }

  private static double ofNoisy(double beta, int t) {
    return Math.sqrt(1 - beta) * (1 - SCHEDULE.alphaBar(t - 1)) / (1 - SCHEDULE.alphaBar(t));
  }

  /** x_(t−1) of the library at one x_t, for the exact noise between x₀ and x_t. */
  private static double step(double xt, int t, double z) {
    try (Scope scope = Scope.open()) {
      NDArray x = Tensors.ofDoubles(xt);
      NDArray epsilon = PROCESS.noiseBetween(Tensors.ofDoubles(X0), x, t);
      return Tensors.item(SAMPLER.step(x, t, epsilon, Tensors.ofDoubles(z)));
    }
  }

  @Test
  @Equation("2.4.22")
  void noiseOfTheStep_needsTheRoot() {
    int t = 4;
    double tilde = SCHEDULE.betaTilde(t);
    double carried = Math.pow(ofNoisy(SCHEDULE.beta(t), t), 2) * (1 - SCHEDULE.alphaBar(t));
    double needed = 1 - SCHEDULE.alphaBar(t - 1);
    assertEquals(0.146548, needed, 1e-6);
    assertEquals(needed, carried + tilde, 1e-14);
    assertEquals(0.0829, carried + tilde * tilde, 1e-4, "as printed");
    assertEquals(Math.sqrt(tilde), step(XT, t, 1) - step(XT, t, 0), 1e-14, "the library's");
  }

  @Test
  @Equation("2.4.24")
  void meanOfTheStep_isThatOfBayesRule_withBetaButNotWithAProductUnderTheBar() {
    int t = 6;
    double alphaBar = SCHEDULE.alphaBar(t);
    double before = SCHEDULE.alphaBar(t - 1);
    double beta = SCHEDULE.beta(t);
    double[] moments = new double[2];
    for (int i = -60_000; i <= 60_000; i++) {
      double u = i * 1e-4;
      double q =
          Math.exp(
              -Math.pow(XT - Math.sqrt(1 - beta) * u, 2) / (2 * beta)
                  - Math.pow(u - Math.sqrt(before) * X0, 2) / (2 * (1 - before)));
      moments[0] += q;
      moments[1] += u * q;
    }
    double bayes = moments[1] / moments[0];
    double ofClean = Math.sqrt(before) * beta / (1 - alphaBar) * X0;
    assertEquals(bayes, ofClean + ofNoisy(beta, t) * XT, 1e-10);
    assertEquals(bayes, step(XT, t, 0), 1e-10);
    assertTrue(Math.abs(bayes - ofClean - ofNoisy(product(t), t) * XT) > 0.01);
  }

  @Test
  @Equation("2.4.26")
  void everyStep_keepsTheForwardLaw_withTheReadingsOfTheBars_butNotWithProducts() {
    double right = 1 - SCHEDULE.alphaBar(10);
    double products = right;
    double worst = 0;
    for (int t = 10; t >= 2; t--) {
      right = Math.pow(step(XT + 1, t, 0) - step(XT, t, 0), 2) * right + SCHEDULE.betaTilde(t);
      assertEquals(1 - SCHEDULE.alphaBar(t - 1), right, 1e-12);
      products = Math.pow(ofNoisy(product(t), t), 2) * products + product(t - 1);
      worst = Math.max(worst, Math.abs(products / (1 - SCHEDULE.alphaBar(t - 1)) - 1));
    }
    assertTrue(worst > 0.1, "worst " + worst);
  }

  @Test
  @Equation({"2.4.27", "2.4.28"})
  void oneLine_isTheMean_butTheSixthLineIsNot_andTheScoreFormNeedsItsNoise() {
    int t = 4;
    double beta = SCHEDULE.beta(t);
    double left = 1 - SCHEDULE.alphaBar(t);
    double epsilon = (XT - Math.sqrt(1 - left) * X0) / Math.sqrt(left);
    double last = (XT - beta / Math.sqrt(left) * epsilon) / Math.sqrt(1 - beta);
    double sixth = (Math.sqrt(left) * XT - beta / Math.sqrt(left) * epsilon) / Math.sqrt(1 - beta);
    assertEquals(step(XT, t, 0), last, 1e-13);
    assertTrue(Math.abs(sixth - last) > 0.1);
    double score = -epsilon / Math.sqrt(left);
    assertEquals(last, (XT + beta * score) / Math.sqrt(1 - beta), 1e-13);
    double slope = step(XT + 1, t, 0) - step(XT, t, 0);
    double withoutNoise = slope * slope * left;
    double needed = 1 - SCHEDULE.alphaBar(t - 1);
    assertTrue(withoutNoise < 0.6 * needed, "read as the mean alone, 2.4.28 loses variance");
    assertEquals(needed, withoutNoise + SCHEDULE.betaTilde(t), 1e-13);
  }

  @Test
  @Equation({"2.4.29", "2.4.30"})
  void printedIndexOfBeta_losesVariance_alsoWithAThousandSteps() {
    NoiseSchedule schedule = NoiseSchedule.ddpm();
    double right = 1;
    double printed = 1;
    for (int t = 1000; t >= 1; t--) {
      double beta = schedule.beta(t);
      right = (1 - beta) * right + beta;
      printed = (1 - beta) * printed + (t == 1 ? 0 : schedule.beta(t - 1));
    }
    assertEquals(1, right, 1e-12);
    assertEquals(0.9944, printed, 5e-5);
  }

  @Test
  void noiseInTheLastStep_blursByBeta_andNotAtAllWithBetaTilde() {
    try (Scope scope = Scope.open()) {
      NDArray x = Tensors.ofDoubles(XT);
      NDArray one = Tensors.ofDoubles(1);
      AncestralSampler beta = new AncestralSampler(PROCESS, AncestralSampler.Variance.BETA, false);
      double without = Tensors.item(beta.step(x, 1, one, one));
      double with = Tensors.item(beta.withNoiseInLastStep().step(x, 1, one, one));
      assertEquals(Math.sqrt(0.02), with - without, 1e-14);
      double tilde = Tensors.item(SAMPLER.withNoiseInLastStep().step(x, 1, one, one));
      assertEquals(Tensors.item(SAMPLER.step(x, 1, one, one)), tilde);
    }
  }
}

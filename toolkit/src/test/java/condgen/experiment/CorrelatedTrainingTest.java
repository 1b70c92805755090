package condgen.experiment;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.data.PlanarData;
import condgen.diffusion.ConsistentSampler;
import condgen.diffusion.InitialScale;
import condgen.diffusion.LangevinSampler;
import condgen.diffusion.LangevinVariance;
import condgen.diffusion.NoisePredictor;
import condgen.diffusion.NoiseScales;
import condgen.diffusion.SamplerObserver;
import condgen.diffusion.ScaledNoise;
import condgen.diffusion.ScoreMatching;
import condgen.metrics.MaximumMeanDiscrepancy;
import condgen.nn.PointNetwork;
import condgen.noise.DenseNoise;
import condgen.noise.GaussianNoise;
import condgen.noise.WhiteNoise;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.thesis.Equation;
import condgen.training.Training;
import org.junit.jupiter.api.Test;

/** Networks trained on two moons, with white and with correlated noise, otherwise alike. */
class CorrelatedTrainingTest {

  private static final Seeds SEEDS = Seeds.of(2023);
  private static final int STEPS = 400;
  private static final int BATCH = 128;
  private static final int DRAWN = 500;

  /** MMD² to data of samples by Langevin steps and by consistent sampling. */
  private static double[] discrepancies(GaussianNoise noise) {
    try (Scope scope = Scope.open()) {
      NDArray data = PlanarData.twoMoons(SEEDS.part("reference"), DRAWN);
      double largest = InitialScale.of(data, noise).distance();
      ScaledNoise process = new ScaledNoise(NoiseScales.geometric(20, 0.1, largest), noise);
      NoisePredictor trained = train(new ScoreMatching(process));
      double eta = new LangevinVariance(process.scales().growth(2), 5).eta();
      double epsilon = eta * 0.1 * 0.1;
      Shape point = new Shape(2);
      NDArray walked =
          new LangevinSampler(process, 5, epsilon)
              .sample(trained, point, DRAWN, SEEDS, SamplerObserver.NONE);
      double small = 1 - Math.pow(process.scales().growth(2), -2);
      NDArray stepped =
          new ConsistentSampler(process, small)
              .sample(trained, point, DRAWN, SEEDS, SamplerObserver.NONE);
      MaximumMeanDiscrepancy mmd = MaximumMeanDiscrepancy.medianOf(data);
      NDArray blob = SEEDS.part("blob").normal(0, data.getShape());
      return new double[] {
        mmd.unbiased(walked, data), mmd.unbiased(stepped, data), mmd.unbiased(blob, data)
      };
    }
  }

  private static NoisePredictor train(ScoreMatching matching) {
    PointNetwork network = new PointNetwork(2, 48, 2);
    Training training =
        new Training(
            network.initialize(SEEDS.part("weights")), new Training.Options(5e-3, 20, 1, 0.97));
    training.run(
        STEPS,
        n -> {
          NDArray x0 = PlanarData.twoMoons(SEEDS.part("clean " + n), BATCH);
          NDArray epsilon = SEEDS.part("noise").normal(n, x0.getShape());
          int[] i = matching.drawLevels(SEEDS, n, BATCH);
          return theta -> {
            NoisePredictor told = matching.unitInput(NoisePredictor.of(network, theta));
            return matching.lossPerDimension(told, x0, i, epsilon);
          };
        },
        (n, loss) -> {});
    return matching.unitInput(NoisePredictor.of(network, training.average()));
  }

  @Test
  @Equation({"6.3.12", "6.3.13", "6.3.14"})
  void networks_learnTwoMoons_withEitherNoise_atTheSameBudget() {
    double[] white = discrepancies(new WhiteNoise());
    double[] correlated = discrepancies(new DenseNoise(new double[][] {{1, 0.6}, {0.6, 1}}));
    for (int k = 0; k < 2; k++) {
      assertTrue(white[k] < 0.02, "white " + white[k]);
      assertTrue(correlated[k] < 0.02, "correlated " + correlated[k]);
      assertTrue(correlated[k] < 0.2 * correlated[2], "far better than one Gaussian");
    }
  }
}

package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.noise.DenseNoise;
import condgen.thesis.Equation;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;

/**
 * All reverse steps from N(0, Σ), with the best predictor for data N(m, C) of four numbers, whose
 * covariance does not commute with Σ. The steps are then affine, and the law of the samples is
 * followed through them exactly.
 */
class CorrelatedChainTest {

  private static final Shape FOUR = new Shape(4);
  private static final RealMatrix SIGMA = Matrices.of(Matrices.four());
  private static final RealMatrix DATA = Matrices.of(Matrices.dataOfFour());
  private static final RealMatrix MEAN = Matrices.of(new double[][] {{1, -0.5, 2, 0.3}});

  private interface Step {
    NDArray apply(NDArray x, int t, NDArray epsilon, NDArray zero);
  }

  private static Moments samples(int steps, boolean ancestral) {
    NoiseSchedule schedule = NoiseSchedule.ddpm(steps);
    ForwardProcess process = new ForwardProcess(schedule, new DenseNoise(Matrices.four()));
    AncestralSampler random = new AncestralSampler(process);
    DdimSampler fixed = new DdimSampler(process);
    Step step = ancestral ? random::step : fixed::step;
    RealMatrix root = Matrices.linear(process.noise()::sqrt, FOUR);
    Moments law = Moments.centred(SIGMA);
    for (int t = steps; t >= 1; t--) {
      int now = t;
      double alphaBar = schedule.alphaBar(t);
      RealMatrix marginal = DATA.scalarMultiply(alphaBar).add(SIGMA.scalarMultiply(1 - alphaBar));
      RealMatrix toNoise =
          Matrices.inverse(marginal).multiply(root).scalarMultiply(Math.sqrt(1 - alphaBar));
      double fresh = ancestral && t > 1 ? schedule.betaTilde(t) : 0;
      law =
          law.after(
              x -> {
                NDArray centre = Matrices.samples(MEAN.scalarMultiply(Math.sqrt(alphaBar)), FOUR);
                NDArray gap = x.sub(centre);
                NDArray epsilon = gap.matMul(Matrices.samples(toNoise, FOUR));
                return step.apply(x, now, epsilon, x.sub(x));
              },
              SIGMA.scalarMultiply(fresh),
              FOUR);
    }
    return law;
  }

  @Test
  @Equation({"6.2.21", "6.2.24"})
  void ancestralChain_bringsBackMeanAndCovariance_withAnErrorOfOrderOneInTheSteps() {
    Moments fine = samples(1000, true);
    assertEquals(0, Matrices.apart(MEAN, fine.mean()), 2e-3);
    assertEquals(0, Matrices.apart(DATA, fine.covariance()), 2e-2);
    double few = Matrices.apart(DATA, samples(100, true).covariance());
    double order = Math.log10(few / Matrices.apart(DATA, fine.covariance()));
    assertEquals(1, order, 0.15);
  }

  @Test
  @Equation({"6.2.25", "6.2.26"})
  void deterministicChain_bringsBackMeanAndCovariance_withAnErrorOfOrderOneInTheSteps() {
    Moments fine = samples(1000, false);
    assertEquals(0, Matrices.apart(MEAN, fine.mean()), 1e-2);
    assertEquals(0, Matrices.apart(DATA, fine.covariance()), 1e-2);
    double few = Matrices.apart(DATA, samples(100, false).covariance());
    double order = Math.log10(few / Matrices.apart(DATA, fine.covariance()));
    assertEquals(1, order, 0.15);
  }
}

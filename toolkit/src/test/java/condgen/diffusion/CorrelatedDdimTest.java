package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.noise.DenseNoise;
import condgen.noise.GaussianFreeField;
import condgen.noise.GaussianNoise;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Thesis 6.2.9 with correlated noise: the deterministic step and the marginals it keeps. */
class CorrelatedDdimTest {

  private static final NoiseSchedule SCHEDULE = NoiseSchedule.linear(10, 0.02, 0.3);

  static Stream<Arguments> noises() {
    double[][] four = Matrices.four();
    RealMatrix field = Matrices.of(FieldByCosines.covariance(1, 4, 4));
    return Stream.of(SCHEDULE, SCHEDULE.every(3))
        .flatMap(
            schedule ->
                Stream.of(
                    arguments(schedule, new DenseNoise(four), new Shape(4), Matrices.of(four)),
                    arguments(schedule, new GaussianFreeField(1), new Shape(4, 4), field)));
  }

  @Test
  @Equation({"6.2.25", "6.2.26"})
  void step_ofTheExample() {
    try (Scope scope = Scope.open()) {
      NDArray predicted = PlaneExample.row(PlaneExample.vector("eps_theta"));
      DdimSampler sampler = new DdimSampler(PlaneExample.process());
      NDArray x = sampler.step(PlaneExample.noisy(), 2, predicted, null);
      assertArrayEquals(PlaneExample.vector("ddim"), Tensors.toDoubles(x), 1e-10);
      NDArray clean = PlaneExample.row(PlaneExample.vector("x0hat(eps_theta)"));
      NDArray shaped = PlaneExample.process().noise().sqrt(predicted);
      NDArray again = Scalars.axpy(Math.sqrt(0.6), shaped, Scalars.scale(clean, Math.sqrt(0.4)));
      assertArrayEquals(Tensors.toDoubles(again), Tensors.toDoubles(x), 1e-9);
    }
  }

  @Test
  @Equation("6.2.28")
  void stepGivenTheCleanSample_isTheJumpToTheLevelBelowWithTheSameNoise() {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = PlaneExample.process();
      NDArray x0 = PlaneExample.row(PlaneExample.X0);
      NDArray xt = PlaneExample.noisy();
      NDArray mean =
          Scalars.axpy(
              Math.sqrt(0.6 / 0.75), Scalars.axpy(-0.5, x0, xt), Scalars.scale(x0, Math.sqrt(0.4)));
      NDArray jump = process.diffuse(x0, 1, PlaneExample.row(PlaneExample.EPSILON));
      assertArrayEquals(Tensors.toDoubles(jump), Tensors.toDoubles(mean), 1e-12);
      NDArray epsilon = process.noiseBetween(x0, xt, 2);
      NDArray step = new DdimSampler(process).step(xt, 2, epsilon, null);
      assertArrayEquals(Tensors.toDoubles(mean), Tensors.toDoubles(step), 1e-12);
    }
  }

  /** From the law of the last level down, each step with the noise of one known x₀. */
  @ParameterizedTest
  @MethodSource("noises")
  @Equation({"6.2.27", "6.2.28", "6.2.29"})
  void stepsGivenTheCleanSample_keepTheLawOfEveryLevel(
      NoiseSchedule schedule, GaussianNoise noise, Shape sample, RealMatrix sigma) {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = new ForwardProcess(schedule, noise);
      RealMatrix point = Matrices.of(new double[1][(int) sample.size()]);
      for (int k = 0; k < sample.size(); k++) {
        point.setEntry(0, k, Math.sin(k + 1));
      }
      for (double eta : new double[] {0, 0.5, 1}) {
        DdimSampler sampler = new DdimSampler(process, eta, false);
        double first = schedule.alphaBar(schedule.steps());
        Moments law =
            new Moments(point.scalarMultiply(Math.sqrt(first)), sigma.scalarMultiply(1 - first));
        for (int t = schedule.steps(); t >= 1; t--) {
          int step = t;
          double fresh = t == 1 ? 0 : eta * eta * schedule.betaTilde(t);
          law =
              law.after(
                  x -> {
                    NDArray x0 = Tensors.zerosLike(x).add(Matrices.samples(point, sample));
                    NDArray epsilon = process.noiseBetween(x0, x, step);
                    return sampler.step(x, step, epsilon, Tensors.zerosLike(x));
                  },
                  sigma.scalarMultiply(fresh),
                  sample);
          double alphaBar = schedule.alphaBar(t - 1);
          RealMatrix mean = point.scalarMultiply(Math.sqrt(alphaBar));
          assertEquals(0, Matrices.apart(mean, law.mean()), 1e-12);
          RealMatrix exact = sigma.scalarMultiply(1 - alphaBar);
          assertEquals(0, Matrices.apart(exact, law.covariance()), 1e-12, "level " + (t - 1));
        }
      }
    }
  }
}

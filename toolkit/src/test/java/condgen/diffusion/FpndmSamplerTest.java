package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.noise.CorrelatedPair;
import condgen.noise.GaussianNoise;
import condgen.noise.WhiteNoise;
import condgen.tensor.Devices;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FpndmSamplerTest {

  private static final NoiseSchedule FULL = NoiseSchedule.ddpm();
  private static final Seeds SEEDS = Seeds.of(41);

  static Stream<GaussianNoise> noises() {
    return Stream.of(new WhiteNoise(), new CorrelatedPair());
  }

  @ParameterizedTest
  @MethodSource("noises")
  void sample_withTheExactNoiseOfOnePoint_endsAtThatPoint(GaussianNoise noise) {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = new ForwardProcess(FULL.every(50), noise);
      NDArray point = Tensors.of(new float[] {0.7f, -0.2f}, new Shape(1, 2));
      NoisePredictor exact =
          (x, t) -> {
            double alphaBar = FULL.alphaBarBetween(Tensors.toDoubles(t)[0]);
            NDArray residual = Scalars.axpy(-Math.sqrt(alphaBar), point, x);
            return Scalars.scale(noise.inverseSqrt(residual), 1 / Math.sqrt(1 - alphaBar));
          };
      NDArray x =
          new FpndmSampler(process).sample(exact, new Shape(2), 5, SEEDS, SamplerObserver.NONE);
      for (int i = 0; i < 5; i++) {
        assertEquals(0.7, Tensors.toDoubles(x)[2 * i], 1e-4);
        assertEquals(-0.2, Tensors.toDoubles(x)[2 * i + 1], 1e-4);
      }
    }
  }

  @Test
  void sample_ofGaussianData_isFarCloserThanDdim_forTheSamePredictions() {
    assertEquals(29, FULL.every(35).steps());
    assertEquals(29, new FpndmSampler(new ForwardProcess(FULL.every(50))).evaluations());
    double ddim = error(FULL.every(35), false);
    double fpndm = error(FULL.every(50), true);
    assertTrue(fpndm < ddim / 20, "F-PNDM " + fpndm + ", DDIM " + ddim);
  }

  /** With x + (to − from) · slope as the transfer it is Adams-Bashforth, exact for cubics. */
  @Test
  void slopes_ofACubic_integrateItExactly() {
    try (Scope scope = Scope.open()) {
      SlopeHistory history = new SlopeHistory();
      NDArray x = Tensors.ofDoubles(0);
      double h = -0.3;
      for (int n = 0; n < 9; n++) {
        double t = 1 + n * h;
        SlopeHistory.Transfer transfer = (at, slope, to) -> Scalars.axpy(to - t, slope, at);
        NDArray slope =
            history.slope(
                x,
                t,
                t + h,
                (at, time) -> Tensors.ofDoubles(4 * time * time * time - 2 * time),
                transfer,
                scope);
        x = transfer.along(x, slope, t + h);
      }
      double end = 1 + 9 * h;
      assertEquals(Math.pow(end, 4) - end * end, Tensors.item(x), 1e-12);
    }
  }

  private static double error(NoiseSchedule steps, boolean fpndm) {
    try (Scope scope = Scope.open()) {
      double s = 0.5;
      ForwardProcess process = new ForwardProcess(steps);
      NoisePredictor noise = Gaussians.noise(FULL, s);
      NDArray x =
          fpndm
              ? new FpndmSampler(process)
                  .sample(noise, new Shape(1), 20, SEEDS, SamplerObserver.NONE)
              : new DdimSampler(process)
                  .sample(noise, new Shape(1), 20, SEEDS, SamplerObserver.NONE);
      double last = FULL.alphaBar(1000);
      NDArray start = GaussianNoise.white(SEEDS, 1000, new Shape(1), 20);
      NDArray exact = Scalars.scale(start, s / Math.sqrt(s * s * last + 1 - last));
      return Tensors.item(x.sub(exact).abs().max());
    }
  }

  @Test
  void sample_asksAtTheThesissTimes_andLeavesOnlyItsResult() {
    FpndmSampler sampler = new FpndmSampler(new ForwardProcess(FULL.every(199)));
    List<Double> told = new ArrayList<>();
    NoisePredictor network =
        (x, t) -> {
          told.add(Tensors.toDoubles(t)[0]);
          return Scalars.scale(x, 0.2);
        };
    Runnable once =
        () -> sampler.sample(network, new Shape(2), 3, SEEDS, SamplerObserver.NONE).close();
    once.run();
    List<Double> first = List.of(1000.0, 900.5, 900.5, 801.0, 801.0, 701.5, 701.5, 602.0);
    assertEquals(first, told.subList(0, 8));
    assertEquals(List.of(403.0, 204.0, 5.0), told.subList(12, 15));
    assertEquals(sampler.evaluations(), told.size());
    int before = Devices.liveArrays();
    once.run();
    assertEquals(before, Devices.liveArrays());
  }

  @Test
  void sample_onInterruptedThread_leavesNothing() {
    FpndmSampler sampler = new FpndmSampler(new ForwardProcess(FULL.every(100)));
    NoisePredictor network = (x, t) -> Scalars.scale(x, 0.2);
    sampler.sample(network, new Shape(2), 3, SEEDS, SamplerObserver.NONE).close();
    int before = Devices.liveArrays();
    SamplerObserver interrupt =
        (step, level, x, clean) -> {
          if (step == 5) {
            Thread.currentThread().interrupt();
          }
        };
    assertThrows(
        CancellationException.class,
        () -> sampler.sample(network, new Shape(2), 3, SEEDS, interrupt));
    assertTrue(Thread.interrupted());
    assertEquals(before, Devices.liveArrays());
  }

  @Test
  void fewerThanFourSteps_areRefused() {
    ForwardProcess process = new ForwardProcess(FULL.every(400));
    assertThrows(IllegalArgumentException.class, () -> new FpndmSampler(process));
  }
}

package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.noise.GaussianNoise;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReleasedSamplingTest {

  private static final ReleasedSchedule RELEASED = ReleasedSchedule.linear(1000, 0.02, 1e-4);
  private static final Seeds SEEDS = Seeds.of(51);
  private static final Shape SAMPLE = new Shape(3);

  /** A network of the released convention: told 0 for the noisiest level. */
  private static NDArray network(NDArray x, NDArray label) {
    return Scalars.scale(x, 0.4).add(label.mul(0.004f).sin().reshape(-1, 1).mul(0.3f));
  }

  @Test
  void schedule_isTheThesissInReverse() {
    NoiseSchedule ours = NoiseSchedule.ddpm();
    for (int t = 1; t <= 1000; t++) {
      assertEquals(1, RELEASED.alphaBar(1000 - t) / ours.alphaBar(t), 1e-5);
      assertEquals(1, RELEASED.beta(1000 - t) / ours.beta(t), 1e-5);
    }
    assertArrayEquals(new int[] {0, 33, 66}, java.util.Arrays.copyOf(RELEASED.indices(30), 3));
    assertEquals(31, RELEASED.indices(30).length);
    assertEquals(1000, RELEASED.indices(5000).length);
  }

  @Test
  void ddpmAndDdim_areTheLibrarysSamplers_withTheLabelTurnedRound() {
    try (Scope scope = Scope.open()) {
      NDArray start = GaussianNoise.white(SEEDS, 1000, SAMPLE, 4);
      NoisePredictor turned = (x, t) -> network(x, Scalars.subtractFrom(1000, t));
      ForwardProcess process = new ForwardProcess(NoiseSchedule.ddpm().every(50));
      NDArray ancestral =
          new AncestralSampler(process, AncestralSampler.Variance.BETA_TILDE, true)
              .sample(turned, SAMPLE, 4, SEEDS, SamplerObserver.NONE);
      NDArray ddim =
          new DdimSampler(process, 0, true).sample(turned, SAMPLE, 4, SEEDS, SamplerObserver.NONE);
      NDArray released = sampled(ReleasedSampling.Method.DDPM, start);
      assertEquals(0, Tensors.item(released.sub(ancestral).abs().max()), 1e-4);
      released = sampled(ReleasedSampling.Method.DDIM, start);
      assertEquals(0, Tensors.item(released.sub(ddim).abs().max()), 1e-4);
    }
  }

  private static NDArray sampled(ReleasedSampling.Method method, NDArray start) {
    ReleasedSampling sampling = new ReleasedSampling(RELEASED, method, 20, true, false, false, 0);
    return sampling.sample(
        ReleasedSamplingTest::network,
        start,
        n -> GaussianNoise.white(SEEDS, 950 - 50 * n, SAMPLE, 4),
        SamplerObserver.NONE);
  }

  @Test
  void finalDenoise_isToldTheNumberOfLevels_notTheCleanestIndex() {
    List<Double> told = new ArrayList<>();
    NoisePredictor listening =
        (x, label) -> {
          told.add(Tensors.toDoubles(label)[0]);
          return network(x, label);
        };
    try (Scope scope = Scope.open()) {
      NDArray start = GaussianNoise.white(SEEDS, 1000, SAMPLE, 2);
      new ReleasedSampling(RELEASED, ReleasedSampling.Method.DDIM, 100)
          .sample(listening, start, n -> null, SamplerObserver.NONE);
    }
    assertEquals(101, told.size());
    assertEquals(990, told.get(99));
    assertEquals(99, told.get(100));
  }

  @Test
  void badOptions_areRefused() {
    try (Scope scope = Scope.open()) {
      NDArray start = GaussianNoise.white(SEEDS, 1000, SAMPLE, 2);
      ReleasedSampling fpndm = new ReleasedSampling(RELEASED, ReleasedSampling.Method.FPNDM, 1000);
      assertThrows(
          IllegalArgumentException.class,
          () ->
              fpndm.sample(ReleasedSamplingTest::network, start, n -> null, SamplerObserver.NONE));
      ReleasedSampling nothing =
          new ReleasedSampling(RELEASED, ReleasedSampling.Method.DDPM, 1, true, false, false, 0.9);
      assertThrows(
          IllegalArgumentException.class,
          () ->
              nothing.sample(
                  ReleasedSamplingTest::network, start, n -> null, SamplerObserver.NONE));
      assertThrows(IllegalArgumentException.class, () -> RELEASED.indices(0));
      assertThrows(IllegalArgumentException.class, () -> ReleasedSchedule.linear(1, 0.02, 1e-4));
      assertThrows(
          IllegalArgumentException.class,
          () ->
              new ReleasedSampling(
                  RELEASED, ReleasedSampling.Method.FPNDM, 10, true, true, false, 0));
    }
  }
}

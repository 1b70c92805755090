package condgen.video;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.diffusion.ForwardProcess;
import condgen.diffusion.NoiseSchedule;
import condgen.nn.Conv;
import condgen.noise.GaussianFreeField;
import condgen.tensor.Gradients;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import org.junit.jupiter.api.Test;

class VideoNoiseMatchingTest {

  private static final NoiseSchedule SCHEDULE = NoiseSchedule.ddpm(100);
  private static final ForwardProcess PROCESS = new ForwardProcess(SCHEDULE);
  private static final FrameWindow WINDOW = new FrameWindow(2, 3, 1, 1);
  private static final ConditionalNoisePredictor ZERO =
      (xt, conditioning, t) -> Tensors.zerosLike(xt);

  private static NDArray clip(int batch) {
    return Seeds.of(5).normal(0, new Shape(batch, 6, 1, 4, 4));
  }

  @Test
  void loss_ofAlwaysZero_isTheNoise_alsoPerDimension() {
    try (Scope scope = Scope.open()) {
      VideoNoiseMatching matching =
          new VideoNoiseMatching(PROCESS, WINDOW, MaskDistribution.PAST_FUTURE);
      NDArray clip = clip(2);
      NDArray epsilon = Seeds.of(6).normal(1, new Shape(2, 3, 4, 4));
      int[] t = {3, 70};
      double expected = Tensors.item(epsilon.square().sum()) / 2;
      double loss = Tensors.item(matching.loss(ZERO, clip, t, epsilon, FrameMask.PREDICTION));
      assertEquals(expected, loss, 1e-4);
      double each =
          Tensors.item(matching.lossPerDimension(ZERO, clip, t, epsilon, FrameMask.PREDICTION));
      assertEquals(expected / 48, each, 1e-5);
    }
  }

  @Test
  @Equation("7.2.8")
  void network_seesNoisyCurrentAndMaskedCleanFrames_andTheStep() {
    try (Scope scope = Scope.open()) {
      NDArray clip = clip(3);
      NDArray epsilon = Seeds.of(6).normal(1, new Shape(3, 3, 4, 4));
      int[] t = {1, 40, 100};
      FrameMask[] masks = {
        FrameMask.PREDICTION, FrameMask.INTERPOLATION, FrameMask.PAST_PREDICTION
      };
      int[] calls = {0};
      ConditionalNoisePredictor network =
          (xt, conditioning, steps) -> {
            calls[0]++;
            assertArrayEquals(new double[] {1, 40, 100}, Tensors.toDoubles(steps));
            assertEquals(new Shape(3, 3, 4, 4), conditioning.getShape());
            for (int i = 0; i < 3; i++) {
              double[] x = Tensors.toDoubles(xt.get(i));
              double[] x0 = Tensors.toDoubles(clip.get(i + ", 2:5"));
              double[] noise = Tensors.toDoubles(epsilon.get(i));
              double ab = SCHEDULE.alphaBar(t[i]);
              for (int j = 0; j < x.length; j++) {
                assertEquals(Math.sqrt(ab) * x0[j] + Math.sqrt(1 - ab) * noise[j], x[j], 1e-6);
              }
            }
            assertEquals(0, Tensors.item(conditioning.get("0, 2").abs().sum()));
            assertEquals(0, Tensors.item(conditioning.get("2, 0:2").abs().sum()));
            assertArrayEquals(
                Tensors.toDoubles(clip.get("1, 5, 0")),
                Tensors.toDoubles(conditioning.get("1, 2")));
            return epsilon;
          };
      VideoNoiseMatching matching =
          new VideoNoiseMatching(PROCESS, WINDOW, MaskDistribution.PAST_FUTURE);
      assertEquals(0, Tensors.item(matching.loss(network, clip, t, epsilon, masks)));
      assertEquals(1, calls[0]);
    }
  }

  @Test
  void draws_ofAClip_dependOnItsPlaceAlone() {
    try (Scope scope = Scope.open()) {
      VideoNoiseMatching matching =
          new VideoNoiseMatching(PROCESS, WINDOW, MaskDistribution.PAST_FUTURE);
      NDList[] seen = {new NDList(), new NDList()};
      for (int batch : new int[] {2, 5}) {
        ConditionalNoisePredictor network =
            (xt, conditioning, t) -> {
              seen[batch / 5].add(xt);
              seen[batch / 5].add(conditioning);
              return Tensors.zerosLike(xt);
            };
        matching.loss(network, clip(5).get("0:" + batch), Seeds.of(3), 12);
      }
      for (int part = 0; part < 2; part++) {
        assertArrayEquals(
            Tensors.toDoubles(seen[0].get(part)), Tensors.toDoubles(seen[1].get(part).get("0:2")));
      }
      double again = Tensors.item(matching.loss(ZERO, clip(2), Seeds.of(3), 12));
      assertEquals(again, Tensors.item(matching.loss(ZERO, clip(2), Seeds.of(3), 12)));
      assertNotEquals(again, Tensors.item(matching.loss(ZERO, clip(2), Seeds.of(3), 13)));
    }
  }

  @Test
  void anyNoise_actsOnEachFrameByItself() {
    try (Scope scope = Scope.open()) {
      GaussianFreeField field = new GaussianFreeField(1);
      VideoNoiseMatching matching =
          new VideoNoiseMatching(
              new ForwardProcess(SCHEDULE, field), WINDOW, MaskDistribution.NEVER);
      NDArray clip = Tensors.zeros(new Shape(1, 6, 1, 4, 4));
      NDArray epsilon = Seeds.of(6).normal(1, new Shape(1, 3, 4, 4));
      double deviation = Math.sqrt(1 - SCHEDULE.alphaBar(50));
      ConditionalNoisePredictor network =
          (xt, conditioning, t) -> {
            for (int frame = 0; frame < 3; frame++) {
              NDArray alone = field.sqrt(epsilon.get("0, " + frame + ":" + (frame + 1)));
              assertArrayEquals(
                  Tensors.toDoubles(Scalars.scale(alone, deviation)),
                  Tensors.toDoubles(xt.get("0, " + frame)),
                  1e-5);
            }
            return epsilon;
          };
      matching.loss(network, clip, new int[] {50}, epsilon, FrameMask.INTERPOLATION);
    }
  }

  @Test
  void gradient_ofALinearNetwork_isThatOfFiniteDifferences() {
    try (Scope scope = Scope.open()) {
      Conv network = new Conv(6, 3, 1);
      NDList theta = network.initialize(Seeds.of(2));
      VideoNoiseMatching matching =
          new VideoNoiseMatching(PROCESS, WINDOW, MaskDistribution.PAST_FUTURE);
      NDArray direction = Seeds.of(4).normal(0, theta.get(0).getShape());
      Gradients.ValueAndGrad at =
          Gradients.valueAndGrad(theta, leaves -> loss(matching, network, leaves));
      double slope = Tensors.item(at.gradients().get(0).mul(direction).sum());
      double[] shifted = new double[2];
      for (int side = 0; side < 2; side++) {
        NDArray moved = Scalars.axpy(side == 0 ? -0.05 : 0.05, direction, theta.get(0));
        NDList changed = new NDList(moved, theta.get(1));
        shifted[side] = Tensors.item(loss(matching, network, changed));
      }
      // The loss is quadratic in the weights: central differences are exact.
      assertEquals(slope, (shifted[1] - shifted[0]) / 0.1, 2e-4 * Math.abs(slope) + 2e-3);
    }
  }

  private static NDArray loss(VideoNoiseMatching matching, Conv network, NDList theta) {
    ConditionalNoisePredictor predictor =
        ConditionalNoisePredictor.of(network, theta, StepCode.RELEASED_INDEX, 100);
    return matching.loss(predictor, clip(2), Seeds.of(3), 0);
  }
}

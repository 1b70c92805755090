package condgen.video;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.diffusion.ForwardProcess;
import condgen.diffusion.NoiseSchedule;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import condgen.thesis.Errata;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The masked losses on clips of two frames of one pixel, x₀ = 0.9 p + √0.19 n, where the best
 * predictor with and without the past is known.
 */
class MaskedLossTest {

  private static final int N = 200_000;
  private static final double ALPHA_BAR = 0.5338;
  private static final ForwardProcess PROCESS = new ForwardProcess(NoiseSchedule.of(1 - ALPHA_BAR));
  private static final FrameWindow WINDOW = new FrameWindow(1, 1, 0, 1);

  /** ᾱ · 0.19 / (ᾱ · 0.19 + 1 − ᾱ). */
  private static final double WITH_PAST = 0.1787;

  /** Three standard errors of the mean of N squares of a normal number of unit variance. */
  private static final double ERROR = 3 * Math.sqrt(2.0 / N);

  private static NDArray clips() {
    NDArray past = Seeds.of(1).normal(0, new Shape(N, 1, 1, 1, 1));
    NDArray news = Seeds.of(1).normal(1, new Shape(N, 1, 1, 1, 1));
    NDArray current = Scalars.axpy(Math.sqrt(0.19), news, Scalars.scale(past, 0.9));
    return NDArrays.concat(new NDList(past, current), 1);
  }

  /** E[ε | x_t, p] times {@code factor}; a masked past is recognised by its zero. */
  private static ConditionalNoisePredictor best(double factor) {
    double seen = Math.sqrt(1 - ALPHA_BAR) / (ALPHA_BAR * 0.19 + 1 - ALPHA_BAR);
    double unseen = Math.sqrt(1 - ALPHA_BAR);
    return (xt, past, t) -> {
      NDArray rest = Scalars.axpy(-0.9 * Math.sqrt(ALPHA_BAR), past, xt);
      NDArray masked = past.eq(Tensors.zerosLike(past)).toType(DataType.FLOAT32, false);
      NDArray answer = Scalars.scale(rest, seen);
      NDArray blind = Scalars.scale(xt, unseen);
      return Scalars.scale(answer.add(masked.mul(blind.sub(answer))), factor);
    };
  }

  private static double loss(MaskDistribution masks, ConditionalNoisePredictor network) {
    int[] t = new int[N];
    Arrays.fill(t, 1);
    NDArray epsilon = Seeds.of(1).normal(2, new Shape(N, 1, 1, 1));
    VideoNoiseMatching matching = new VideoNoiseMatching(PROCESS, WINDOW, masks);
    FrameMask[] drawn = masks.draw(Seeds.of(4), 0, N);
    return Tensors.item(matching.loss(network, clips(), t, epsilon, drawn));
  }

  @Test
  @Equation("7.2.6")
  void past_letsTheNoiseBePredictedBetter_asFarAsTheClosedFormSays() {
    try (Scope scope = Scope.open()) {
      double share = ALPHA_BAR * 0.19;
      assertEquals(WITH_PAST, share / (share + 1 - ALPHA_BAR), 5e-5);
      assertEquals(WITH_PAST, loss(MaskDistribution.NEVER, best(1)), ERROR * WITH_PAST + 5e-5);
      double masked = loss(new MaskDistribution(1, 0), best(1));
      assertEquals(ALPHA_BAR, masked, ERROR * ALPHA_BAR, "without the past, .536");
      for (double factor : new double[] {0.9, 1.1}) {
        double worse = loss(MaskDistribution.NEVER, best(factor));
        assertEquals(WITH_PAST + 0.01 * (1 - WITH_PAST), worse, 0.004);
        assertTrue(worse > loss(MaskDistribution.NEVER, best(1)) + 0.004);
      }
    }
  }

  @Test
  @Equation("7.2.7")
  void masks_areDrawnWithProbabilityPMask_notTheOtherWayRound() {
    try (Scope scope = Scope.open()) {
      MaskDistribution fifth = new MaskDistribution(0.2, 0);
      double masked = share(fifth, mask -> !mask.past());
      double printed = share(new MaskDistribution(1 - 0.2, 0), mask -> !mask.past());
      assertEquals(0.2, masked, 0.003);
      assertEquals(0.8, printed, 0.003, "m ~ B(p_mask) times p, as printed, masks 80 %");
      assertTrue(Errata.of("7.2.7").toString().contains("7.2.7"));
      assertEquals(0.5, share(MaskDistribution.PAST, mask -> !mask.past()), 0.004);
      double expected = 0.2 * ALPHA_BAR + 0.8 * WITH_PAST;
      assertEquals(expected, loss(fifth, best(1)), 0.003);
      assertEquals(
          0.8 * ALPHA_BAR + 0.2 * WITH_PAST, loss(new MaskDistribution(0.8, 0), best(1)), 0.005);
    }
  }

  @Test
  @Equation("7.2.8")
  void twoIndependentMasks_giveFourTasks() {
    Map<VideoTask, Double> even = tasks(MaskDistribution.PAST_FUTURE);
    assertEquals(4, even.size(), "one shared draw would never give prediction");
    even.values().forEach(share -> assertEquals(0.25, share, 0.004));
    MaskDistribution fifth = new MaskDistribution(0.2, 0.2);
    Map<VideoTask, Double> uneven = tasks(fifth);
    Map<VideoTask, Double> expected =
        Map.of(
            VideoTask.PREDICTION, 0.16,
            VideoTask.PAST_PREDICTION, 0.16,
            VideoTask.GENERATION, 0.04,
            VideoTask.INTERPOLATION, 0.64);
    expected.forEach(
        (task, share) -> {
          assertEquals(share, uneven.get(task), 0.004, task.toString());
          assertEquals(share, fifth.probability(task.mask()), 1e-15, task.toString());
        });
  }

  private static Map<VideoTask, Double> tasks(MaskDistribution distribution) {
    return Arrays.stream(distribution.draw(Seeds.of(1), 0, N))
        .map(VideoTask::of)
        .collect(
            Collectors.groupingBy(
                Function.identity(),
                Collectors.collectingAndThen(Collectors.counting(), n -> (double) n / N)));
  }

  private static double share(MaskDistribution distribution, Predicate<FrameMask> which) {
    FrameMask[] masks = distribution.draw(Seeds.of(1), 0, N);
    return (double) Arrays.stream(masks).filter(which).count() / N;
  }

  @Test
  void masks_dependOnTheirPlace_andRefuseNoProbability() {
    MaskDistribution half = MaskDistribution.PAST_FUTURE;
    FrameMask[] eight = half.draw(Seeds.of(2), 5, 8);
    assertArrayEquals(Arrays.copyOf(eight, 3), half.draw(Seeds.of(2), 5, 3));
    assertFalse(Arrays.equals(eight, half.draw(Seeds.of(2), 6, 8)));
    assertTrue(
        Arrays.stream(MaskDistribution.NEVER.draw(Seeds.of(2), 0, 1000))
            .allMatch(FrameMask.INTERPOLATION::equals));
    assertTrue(
        Arrays.stream(new MaskDistribution(1, 1).draw(Seeds.of(2), 0, 1000))
            .allMatch(FrameMask.GENERATION::equals));
    for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new MaskDistribution(wrong, 0));
      assertThrows(IllegalArgumentException.class, () -> new MaskDistribution(0, wrong));
    }
  }
}

package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.data.GaussianMixture;
import condgen.flow.Divergence;
import condgen.nn.Dense;
import condgen.noise.DenseNoise;
import condgen.noise.WhiteNoise;
import condgen.ode.BrownianPath;
import condgen.ode.ClassicRungeKutta;
import condgen.ode.DormandPrince;
import condgen.ode.EulerMaruyama;
import condgen.ode.Ode;
import condgen.ode.Sde;
import condgen.ode.Solver;
import condgen.ode.StepObserver;
import condgen.tensor.Dual;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both equations, white and correlated noise, against data whose score is known. */
class ProbabilityFlowTest {

  private static final double[] MEAN = {1.2, -0.7};
  private static final double[][] COVARIANCE = {{0.8, 0.3}, {0.3, 0.5}};
  private static final double[][] NOISE = {{1.3, -0.5}, {-0.5, 0.6}};
  private static final Solver PRECISE = DormandPrince.tolerances(1e-7, 1e-7);

  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  static Stream<DiffusionSde> equations() {
    DenseNoise correlated = new DenseNoise(NOISE);
    return Stream.of(
        new VariancePreserving(),
        new VarianceExploding(0.01, 10),
        new VariancePreserving(0.1, 20, correlated),
        new VarianceExploding(0.01, 10, correlated));
  }

  @ParameterizedTest
  @MethodSource("equations")
  void logLikelihood_ofGaussianData_isTheClosedForm(DiffusionSde sde) {
    GaussianData data = new GaussianData(sde, MEAN, COVARIANCE);
    NDArray x = data.sample(Seeds.of(1), 6, 0);
    ProbabilityFlow flow = new ProbabilityFlow(sde, data);
    double[] expected = Tensors.toDoubles(data.logDensity(x, 0));
    ProbabilityFlow.Likelihood found =
        flow.logLikelihood(x, PRECISE, Divergence.exact(), Seeds.of(2), z -> data.logDensity(z, 1));
    assertArrayEquals(expected, Tensors.toDoubles(found.logDensity()), 1e-4);
    assertTrue(found.evaluations() > 10);
  }

  /** When nothing is left of the data at t = 1, its own prior will do. */
  @Test
  void logLikelihood_withThePrior_isTheClosedFormOnceTheDataAreGone() {
    DiffusionSde sde = new VariancePreserving(0.1, 45, new DenseNoise(NOISE));
    GaussianData data = new GaussianData(sde, MEAN, COVARIANCE);
    NDArray x = data.sample(Seeds.of(1), 6, 0);
    double[] expected = Tensors.toDoubles(data.logDensity(x, 0));
    ProbabilityFlow flow = new ProbabilityFlow(sde, data);
    NDArray found = flow.logLikelihood(x, PRECISE, Divergence.exact(), Seeds.of(2)).logDensity();
    assertArrayEquals(expected, Tensors.toDoubles(found), 1e-4);
  }

  @Test
  void logLikelihood_ofAMixture_isItsLogDensity_andHutchinsonsIsUnbiased() {
    GaussianMixture mixture =
        new GaussianMixture(
            new double[] {1, 2}, new double[][] {{-1, 0}, {1, 0.5}}, new double[] {0.3, 0.5});
    DiffusionSde sde = new VariancePreserving();
    DualScore score = (x, t) -> mixture.score(x, sde.meanFactor(t), square(sde.deviation(t)));
    GaussianMixture noised = mixture.noised(sde.meanFactor(1), square(sde.deviation(1)));
    ProbabilityFlow flow = new ProbabilityFlow(sde, score);
    NDArray x = mixture.sample(Seeds.of(3), 5).toType(DataType.FLOAT64, false);
    double[] expected = Tensors.toDoubles(mixture.logDensity(x));
    NDArray exact =
        flow.logLikelihood(x, PRECISE, Divergence.exact(), Seeds.of(2), noised::logDensity)
            .logDensity();
    assertArrayEquals(expected, Tensors.toDoubles(exact), 1e-4);
    int repeats = 1000;
    NDArray many = x.get("0:1").repeat(0, repeats);
    for (Divergence.Mode mode : Divergence.Mode.values()) {
      Divergence hutchinson = Divergence.hutchinson(Divergence.Probe.RADEMACHER, mode);
      Solver loose = DormandPrince.tolerances(1e-5, 1e-5);
      NDArray found =
          flow.logLikelihood(many, loose, hutchinson, Seeds.of(4), noised::logDensity).logDensity();
      double spread = Math.sqrt(Tensors.item(found.sub(found.mean()).square().mean()));
      assertEquals(expected[0], Tensors.item(found.mean()), 5 * spread / Math.sqrt(repeats) + 1e-3);
      assertTrue(spread > 0.01, "an estimate has a spread: " + spread);
    }
  }

  private static double square(double x) {
    return x * x;
  }

  /** From exact draws at t = 1, without noise: the data's moments come back. */
  @ParameterizedTest
  @MethodSource("equations")
  void flow_backwards_givesTheData(DiffusionSde sde) {
    int n = 10_000;
    GaussianData data = new GaussianData(sde, MEAN, COVARIANCE);
    NDArray z = data.sample(Seeds.of(5), n, 1);
    Solver solver = DormandPrince.tolerances(1e-5, 1e-5);
    NDArray x = Ode.solve(sde.probabilityFlow(data), z, 1, 0, solver).orThrow().x();
    requireData(x, n, 1e-3);
    NDArray there = Ode.solve(new ProbabilityFlow(sde, data), x, 0, 1, solver).orThrow().x();
    double apart = Tensors.item(there.sub(z).abs().max());
    assertEquals(0, apart, 1e-2 * (1 + sde.deviation(1)), "there and back again");
  }

  /** With noise; a little bias is left by 200 steps. */
  @ParameterizedTest
  @MethodSource("equations")
  void reverseEquation_givesTheData(DiffusionSde sde) {
    int n = 10_000;
    GaussianData data = new GaussianData(sde, MEAN, COVARIANCE);
    NDArray z = data.sample(Seeds.of(6), n, 1);
    double[] times = {1, 0};
    BrownianPath path = BrownianPath.ofBatch(Seeds.of(7));
    NDArray x =
        Sde.solve(sde.reverse(data), z, times, EulerMaruyama.steps(200), path, StepObserver.NONE)
            .orThrow()
            .x();
    requireData(x, n, 0.02);
  }

  private static void requireData(NDArray x, int n, double bias) {
    NDArray mean = x.mean(new int[] {0}, true);
    NDArray centred = x.sub(mean);
    double[] covariance = Tensors.toDoubles(centred.transpose().matMul(centred).div(n));
    assertArrayEquals(MEAN, Tensors.toDoubles(mean), 5 * Math.sqrt(0.8 / n) + bias);
    for (int k = 0; k < 4; k++) {
      assertEquals(COVARIANCE[k / 2][k % 2], covariance[k], 5 * 0.8 * Math.sqrt(2.0 / n) + bias);
    }
  }

  @Test
  void samplers_reachTheData_andDoNotDependOnTheCount() {
    DiffusionSde sde = new VariancePreserving(0.1, 20, new DenseNoise(NOISE));
    GaussianData data = new GaussianData(sde, MEAN, COVARIANCE);
    for (SdeSampler.Kind kind : SdeSampler.Kind.values()) {
      SdeSampler sampler = new SdeSampler(sde, kind, 100, 0);
      int n = 2000;
      List<Double> levels = new ArrayList<>();
      List<Double> denoised = new ArrayList<>();
      SamplerObserver observer =
          (step, level, x, clean) -> {
            levels.add(level);
            denoised.add(Tensors.item(clean.get(":, 0").mean()));
          };
      NDArray x = sampler.sample(data, new Shape(2), n, Seeds.of(8), observer);
      requireData(x, n, 0.05);
      assertEquals(100, levels.size());
      assertEquals(1, levels.get(0));
      assertEquals(0.01, levels.get(99), 1e-12);
      assertEquals(MEAN[0], denoised.get(0), 0.05, "far away the mean is the best guess");
      NDArray few = sampler.sample(data, new Shape(2), 3, Seeds.of(8), SamplerObserver.NONE);
      assertArrayEquals(Tensors.toDoubles(x.get("0:3")), Tensors.toDoubles(few), 1e-4);
    }
  }

  /** A predictor that knows the data's exact noise, asked at steps between whole ones. */
  @Test
  void scoreOfAPredictor_isTheExactOne_forBothEquations() {
    NoiseSchedule schedule = NoiseSchedule.ddpm(200);
    GaussianMixture mixture = GaussianMixture.ring(3, 1, 0.4);
    NoisePredictor predictor =
        (x, t) -> {
          double alphaBar = schedule.alphaBarBetween(Tensors.toDoubles(t)[0]);
          double deviation = Math.sqrt(1 - alphaBar);
          return mixture.score(x, Math.sqrt(alphaBar), 1 - alphaBar).mul(-deviation);
        };
    NDArray x = Seeds.of(9).normal(0, new Shape(4, 2), DataType.FLOAT64);
    for (DiffusionSde sde : List.of(new VariancePreserving(), new VarianceExploding(0.01, 5))) {
      ScoreFunction score = ScoreFunction.of(predictor, sde, schedule);
      for (double t : new double[] {0.5, 0.83}) {
        NDArray exact = mixture.score(x, sde.meanFactor(t), square(sde.deviation(t)));
        assertArrayEquals(
            Tensors.toDoubles(exact), Tensors.toDoubles(score.at(x, t)), 2e-4, sde + " " + t);
      }
      assertTrue(Tensors.isFinite(score.at(x, 0)));
    }
  }

  @Test
  void scoreOfALayer_isThatOfThePredictor_andHasAJacobian() {
    NoiseSchedule schedule = NoiseSchedule.ddpm(100);
    DiffusionSde sde = new VariancePreserving(0.1, 20, new DenseNoise(NOISE));
    Dense layer = new Dense(2, 2);
    NDList theta = layer.initialize(Seeds.of(10));
    DualScore dual = DualScore.of(layer, theta, sde, schedule);
    ScoreFunction plain = ScoreFunction.of(NoisePredictor.of(layer, theta), sde, schedule);
    NDArray x = Seeds.of(11).normal(0, new Shape(4, 2));
    NDArray e = Seeds.of(12).normal(0, new Shape(4, 2));
    assertArrayEquals(
        Tensors.toDoubles(plain.at(x, 0.4)), Tensors.toDoubles(dual.at(x, 0.4)), 1e-5);
    NDArray up = dual.at(x.add(e.mul(1e-2)), 0.4);
    NDArray down = dual.at(x.sub(e.mul(1e-2)), 0.4);
    double[] expected = Tensors.toDoubles(up.sub(down).div(2e-2));
    NDArray forward = Dual.jvp(v -> dual.at(v, 0.4), x, e).tangent();
    assertArrayEquals(expected, Tensors.toDoubles(forward), 1e-3);
    NDArray f = Seeds.of(13).normal(0, new Shape(4, 2));
    NDArray backward = Dual.vjp(v -> dual.at(v, 0.4), x, f).product();
    double there = Tensors.item(forward.mul(f).sum());
    assertEquals(there, Tensors.item(backward.mul(e).sum()), 1e-3);
  }

  /** An equation with correlated noise Σ = c I is the white one of noise c. */
  @Test
  void denseNoise_ofTheUnitMatrix_isWhiteNoise() {
    DiffusionSde white = new VariancePreserving(0.1, 20, new WhiteNoise());
    DiffusionSde dense =
        new VariancePreserving(0.1, 20, new DenseNoise(new double[][] {{1, 0}, {0, 1}}));
    NDArray x = Seeds.of(9).normal(0, new Shape(4, 2), DataType.FLOAT64);
    Solver solver = ClassicRungeKutta.steps(20);
    NDArray a =
        Ode.solve(white.probabilityFlow(new GaussianData(white, MEAN, COVARIANCE)), x, 1, 0, solver)
            .x();
    NDArray b =
        Ode.solve(dense.probabilityFlow(new GaussianData(dense, MEAN, COVARIANCE)), x, 1, 0, solver)
            .x();
    assertArrayEquals(Tensors.toDoubles(a), Tensors.toDoubles(b), 1e-9);
  }

  @Test
  void wrongArguments_areRefusedByName() {
    DiffusionSde sde = new VariancePreserving();
    GaussianData data = new GaussianData(sde, MEAN, COVARIANCE);
    assertThrows(IllegalArgumentException.class, () -> new ProbabilityFlow(sde, data, 1));
    assertThrows(IllegalArgumentException.class, () -> new ProbabilityFlow(sde, null));
    SdeSampler.Kind kind = SdeSampler.Kind.FLOW;
    assertThrows(IllegalArgumentException.class, () -> new SdeSampler(sde, kind, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new SdeSampler(sde, kind, 5, -1));
    NDArray x = Tensors.zeros(new Shape(3, 2));
    ScoreFunction wrong = (v, t) -> v.get("0:1");
    assertThrows(IllegalArgumentException.class, () -> sde.probabilityFlow(wrong).apply(0.5, x));
  }
}

package condgen.ode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Gradients;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Segment;
import condgen.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The three gradients against each other and against central differences. */
class GradientTest {

  private static final double[] TIMES = {0, 0.4, 1};
  private static final Adaptive TIGHT = DormandPrince.tolerances(1e-9, 1e-11);

  static Stream<Gradient> all() {
    return Stream.of(Gradient.discrete(), Gradient.adjoint(), Gradient.checkpointed(3));
  }

  static Stream<Solver> solvers() {
    return Stream.of(
        ClassicRungeKutta.steps(7),
        ThreeEighthsRule.stepSize(0.15).interpolation(Interpolation.CUBIC),
        Euler.onOutputTimes(),
        DormandPrince.tolerances(1e-4, 1e-4),
        DormandPrince.tolerances(1e-10, 1e-11));
  }

  /** Some nonlinear number of the states. */
  private static NDArray loss(NDList states) {
    NDArray sum = states.get(0).square().sum();
    return sum.add(states.get(1).sin().sum());
  }

  private static OdeGradient solve(Gradient gradient, Solver solver) {
    NDList x0 = new NDList(TanhNetwork.numbers(7, 5, 2));
    return gradient
        .solve(TanhNetwork.ROWS, TanhNetwork.rows(), x0, TIMES, solver, GradientTest::loss)
        .orThrow();
  }

  private static double value(NDList theta, NDArray x0, double[] times) {
    OdeSolution solution =
        Ode.solve(TanhNetwork.ROWS.at(theta), new NDList(x0), times, TIGHT).orThrow();
    return Tensors.item(loss(States.after(solution)));
  }

  @Test
  void gradients_equalCentralDifferences() {
    Scope.run(
        () -> {
          NDList theta = TanhNetwork.rows();
          NDArray x0 = TanhNetwork.numbers(7, 5, 2);
          double[] byTheta = TanhNetwork.differences(theta, p -> value(p, x0, TIMES), 1e-5);
          double[] byState =
              TanhNetwork.differences(new NDList(x0), x -> value(theta, x.get(0), TIMES), 1e-5);
          double[] byTime =
              TanhNetwork.differences(
                  new NDList(Tensors.ofDoubles(TIMES)),
                  t -> value(theta, x0, Tensors.toDoubles(t.get(0))),
                  1e-5);
          assertEquals(36, byTheta.length);
          all()
              .forEach(
                  gradient -> {
                    OdeGradient came = solve(gradient.withTimes(), TIGHT);
                    assertAll(byTheta, TanhNetwork.flat(came.theta()), 1e-6);
                    assertAll(byState, TanhNetwork.flat(came.x0()), 1e-6);
                    assertAll(byTime, came.times(), 1e-6);
                  });
        });
  }

  /**
   * Each number within a part of itself, small ones within the same part of a tenth of the largest.
   */
  private static void assertAll(double[] expected, double[] came, double relative) {
    double floor =
        0.1
            * Stream.of(expected)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElseThrow();
    assertEquals(expected.length, came.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], came[i], relative * Math.max(Math.abs(expected[i]), floor), "" + i);
    }
  }

  @Test
  void gradientsAtLooseTolerances_agreeToAThousandth() {
    Scope.run(
        () -> {
          Solver loose = DormandPrince.tolerances(1e-5, 1e-5);
          double[] discrete = TanhNetwork.flat(solve(Gradient.discrete(), loose).theta());
          double[] exact = TanhNetwork.flat(solve(Gradient.discrete(), TIGHT).theta());
          all()
              .forEach(
                  gradient -> {
                    OdeGradient came = solve(gradient, loose);
                    double[] theta = TanhNetwork.flat(came.theta());
                    assertTrue(TanhNetwork.distance(discrete, theta) <= 1e-3);
                    assertTrue(TanhNetwork.distance(exact, theta) <= 1e-3);
                  });
        });
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void checkpointedGradient_isTheDiscreteOne_whateverIsKept(Solver solver) {
    for (int k : new int[] {1, 2, 5, 1000}) {
      Scope.run(
          () -> {
            OdeGradient discrete = solve(Gradient.discrete(), solver);
            OdeGradient came = solve(Gradient.checkpointed(k), solver);
            assertEquals(Tensors.item(discrete.value()), Tensors.item(came.value()));
            assertArrayEquals(
                TanhNetwork.flat(discrete.theta()), TanhNetwork.flat(came.theta()), 1e-13);
            assertArrayEquals(TanhNetwork.flat(discrete.x0()), TanhNetwork.flat(came.x0()), 1e-13);
            assertTrue(came.backwardEvaluations() > 0);
            assertEquals(0, discrete.backwardEvaluations());
          });
    }
  }

  /** Two arrays of two shapes, float32, time running backwards. */
  @ParameterizedTest
  @MethodSource("all")
  void gradient_ofSeveralArraysBackwardsInTime_isTheClosedForm(Gradient gradient) {
    ParametricDynamics f =
        (theta, t, x) ->
            new NDList(
                x.get(0).mul(theta.get(0)),
                x.get(1).mul(theta.get(1)).mul(Scalars.fresh(t, x.get(1))));
    Scope.run(
        () -> {
          NDList theta = new NDList(Tensors.of(0.5), Tensors.of(-0.8));
          NDList x0 = new NDList(Tensors.of(1, 2, 3), Tensors.of(new float[][] {{1, -2}}));
          OdeGradient came =
              gradient
                  .solve(
                      f,
                      theta,
                      x0,
                      new double[] {2, 1},
                      ClassicRungeKutta.steps(20),
                      states -> states.get(0).sum().add(states.get(1).square().sum()))
                  .orThrow();
          double shrink = Math.exp(-0.5);
          double grow = Math.exp(0.8 * 1.5);
          double[] byTheta = {-6 * shrink, 2 * -1.5 * 5 * grow * grow};
          assertAll(byTheta, TanhNetwork.flat(came.theta()), 1e-5);
          double[] byState = {shrink, shrink, shrink, 2 * grow * grow, -4 * grow * grow};
          assertAll(byState, TanhNetwork.flat(came.x0()), 1e-5);
        });
  }

  @ParameterizedTest
  @MethodSource("all")
  void segmentBetweenEncoderAndDecoder_equalsBackPropagationThroughAll(Gradient gradient) {
    Scope.run(
        () -> {
          NDArray data = TanhNetwork.numbers(8, 4, 3);
          NDList encoder = new NDList(TanhNetwork.numbers(9, 3, 2));
          NDList decoder = new NDList(TanhNetwork.numbers(10, 2, 1));
          NDList theta = TanhNetwork.rows();
          Segment first =
              Segment.recorded(encoder, (p, x) -> new NDList(x.get(0).matMul(p.get(0)).tanh()));
          Segment last =
              Segment.recorded(
                  decoder, (p, x) -> new NDList(x.get(0).add(x.get(1)).matMul(p.get(0)).sin()));
          Segment middle = gradient.segment(TanhNetwork.ROWS, theta, TIMES, TIGHT);
          Gradients.ValueAndGrad came =
              Segment.valueAndGrad(
                  new NDList(data), List.of(first, middle, last), y -> y.get(0).square().mean());
          NDList everything = new NDList(encoder).addAll(theta).addAll(decoder);
          Gradients.ValueAndGrad whole =
              Gradients.valueAndGrad(
                  everything,
                  p -> {
                    NDArray z = data.matMul(p.get(0)).tanh();
                    NDList field = new NDList(p.subList(1, 5));
                    OdeSolution solved =
                        Ode.solve(TanhNetwork.ROWS.at(field), new NDList(z), TIMES, TIGHT);
                    NDArray both = solved.x(1).add(solved.x(2));
                    return both.matMul(p.get(5)).sin().square().mean();
                  });
          assertEquals(Tensors.item(whole.value()), Tensors.item(came.value()), 1e-14);
          double[] expected = TanhNetwork.flat(whole.gradients());
          assertTrue(TanhNetwork.distance(expected, TanhNetwork.flat(came.gradients())) <= 1e-7);
        });
  }

  @Test
  void adjoint_withFixedStepsBetweenSeveralTimes_takesAsManyStepsBackwards() {
    Scope.run(
        () -> {
          OdeGradient came = solve(Gradient.adjoint(), ClassicRungeKutta.steps(10));
          assertEquals(40, came.forward().evaluations());
          assertEquals(40, came.backwardEvaluations());
          OdeGradient other = solve(Gradient.adjoint().solver(TIGHT), ClassicRungeKutta.steps(10));
          assertTrue(other.backwardEvaluations() > 40);
          double[] discrete =
              TanhNetwork.flat(solve(Gradient.discrete(), ClassicRungeKutta.steps(10)).theta());
          assertTrue(TanhNetwork.distance(discrete, TanhNetwork.flat(other.theta())) <= 1e-4);
        });
  }

  @Test
  void gradientOfTimes_isThereOnlyWhenAskedFor() {
    Scope.run(
        () -> {
          assertEquals(0, solve(Gradient.adjoint(), TIGHT).times().length);
          assertEquals(3, solve(Gradient.adjoint().withTimes(), TIGHT).times().length);
        });
  }

  @Test
  void wrongArguments_areNamed() {
    NDList none = new NDList();
    assertMessage("k must be at least 1", () -> Gradient.checkpointed(0));
    assertMessage("drift must be positive", () -> Gradient.adjoint().greatestDrift(0));
    assertMessage("backward must be given", () -> Gradient.adjoint().solver(null));
    assertMessage(
        "loss must be given",
        () -> Gradient.discrete().solve(TanhNetwork.ROWS, none, none, TIMES, TIGHT, null));
    assertMessage(
        "solver must be given",
        () ->
            Gradient.adjoint()
                .solve(TanhNetwork.ROWS, none, none, TIMES, null, GradientTest::loss));
    assertMessage(
        "x0 must hold at least one array",
        () ->
            Gradient.adjoint()
                .solve(TanhNetwork.ROWS, none, none, TIMES, TIGHT, GradientTest::loss));
  }

  private static void assertMessage(String text, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.contains(text), message);
  }
}

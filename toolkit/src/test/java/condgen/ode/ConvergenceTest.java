package condgen.ode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Measured orders against closed forms: the slope of log error over log step. */
class ConvergenceTest {

  private static Stream<Arguments> methodsAndProblems() {
    return Stream.of(
            Euler.TABLEAU,
            Midpoint.TABLEAU,
            Heun2.TABLEAU,
            Heun3.TABLEAU,
            BogackiShampine.TABLEAU,
            ClassicRungeKutta.TABLEAU,
            ThreeEighthsRule.TABLEAU)
        .flatMap(t -> Stream.of(AnalyticProblem.values()).map(p -> Arguments.of(t, p)));
  }

  @ParameterizedTest
  @MethodSource("methodsAndProblems")
  void steps_doubled_reduceTheErrorByTheOrder(ButcherTableau tableau, AnalyticProblem problem) {
    double slope = slope(n -> FixedStep.steps(tableau, n), problem, 32, 64, 128, 256);
    assertEquals(tableau.order(), slope, 0.1, tableau.name() + " on " + problem);
  }

  @ParameterizedTest
  @EnumSource(AnalyticProblem.class)
  void dormandPrince_atFixedSteps_hasOrderFive(AnalyticProblem problem) {
    double slope = slope(n -> FixedStep.steps(DormandPrince.TABLEAU, n), problem, 4, 8, 16, 32);
    assertEquals(5, slope, 0.35, "Dormand-Prince on " + problem);
  }

  /** The first steps are of order 3 (explicit) and 4 (implicit), and each leaves its error once. */
  @ParameterizedTest
  @EnumSource(AnalyticProblem.class)
  void adams_hasTheOrderOfItsSlopes_butNotMoreThanItsStartAllows(AnalyticProblem problem) {
    IntFunction<Solver> third = AdamsBashforth::steps;
    IntFunction<Solver> fourth = n -> AdamsMoulton.steps(n).tolerances(1e-14, 1e-14);
    assertEquals(3, slope(third, problem, 64, 128, 256, 512), 0.15);
    assertEquals(4, slope(fourth, problem, 32, 64, 128, 256), 0.2);
    IntFunction<Solver> higher = n -> AdamsBashforth.steps(n).maxOrder(6);
    assertEquals(4, slope(higher, problem, 64, 128, 256, 512), 0.35);
  }

  @ParameterizedTest
  @EnumSource(AnalyticProblem.class)
  void dormandPrince_errorFollowsTheTolerance(AnalyticProblem problem) {
    double loose = problem.error(DormandPrince.tolerances(1e-5, 1e-5));
    double tight = problem.error(DormandPrince.tolerances(1e-10, 1e-10));
    double slope = Math.log10(loose / tight) / 5;
    assertEquals(1, slope, 0.25, "errors " + loose + " and " + tight);
    assertTrue(tight < 1e-8, "error " + tight);
  }

  @Test
  void evaluations_fallWhenTheToleranceLoosens() {
    long last = Long.MAX_VALUE;
    for (double tolerance : new double[] {1e-10, 1e-8, 1e-6, 1e-4, 1e-2}) {
      Adaptive solver = DormandPrince.tolerances(tolerance, tolerance);
      long evaluations;
      try (var x0 = AnalyticProblem.OSCILLATOR.x0();
          var solution = Ode.solve(AnalyticProblem.OSCILLATOR.field(), x0, 0, 10, solver)) {
        evaluations = solution.evaluations();
      }
      assertTrue(evaluations < last, evaluations + " evaluations at " + tolerance);
      last = evaluations;
    }
  }

  /** Least-squares slope of log error over log h. */
  private static double slope(IntFunction<Solver> solver, AnalyticProblem problem, int... steps) {
    int count = steps.length;
    double[] x = new double[count];
    double[] y = new double[count];
    for (int i = 0; i < count; i++) {
      x[i] = -Math.log(steps[i]);
      y[i] = Math.log(problem.error(solver.apply(steps[i])));
    }
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double up = 0;
    double down = 0;
    for (int i = 0; i < count; i++) {
      up += (x[i] - meanX) * (y[i] - meanY);
      down += (x[i] - meanX) * (x[i] - meanX);
    }
    return up / down;
  }
}

package condgen.ode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Segment;
import condgen.tensor.Tensors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients that cannot be had are refused with advice. */
class GradientFailureTest {

  private static final double[] TIMES = {0, 1};

  /** x' = −60 (x − cos t): forwards everything runs into one curve, backwards away from it. */
  private static final ParametricDynamics STIFF =
      (theta, t, x) -> new NDList(Scalars.add(x.get(0), -Math.cos(t)).mul(theta.get(0)));

  private static OdeGradient stiff(Gradient gradient, Solver solver, double[] times) {
    return gradient.solve(
        STIFF,
        new NDList(Tensors.ofDoubles(-60)),
        new NDList(Tensors.ofDoubles(2)),
        times,
        solver,
        states -> states.get(states.size() - 1).sum());
  }

  private static double byDifferences() {
    double h = 1e-3;
    return (end(-60 + h) - end(-60 - h)) / (2 * h);
  }

  private static double end(double rate) {
    Dynamics f = STIFF.at(new NDList(Tensors.ofDoubles(rate)));
    NDList x0 = new NDList(Tensors.ofDoubles(2));
    return Tensors.item(Ode.solve(f, x0, TIMES, DormandPrince.tolerances(1e-10, 1e-12)).x());
  }

  @Test
  void adjointOfAStiffProblem_isRefusedWithAdvice() {
    Scope.run(
        () -> {
          OdeGradient came = stiff(Gradient.adjoint(), ClassicRungeKutta.steps(200), TIMES);
          assertEquals(Status.DIVERGED, came.status());
          assertFalse(came.isCompleted());
          assertTrue(came.drift() > 1, came.toString());
          for (Runnable use : List.<Runnable>of(came::theta, came::x0, came::times)) {
            String message = assertThrows(ArithmeticException.class, use::run).getMessage();
            assertTrue(message.contains("Gradient.checkpointed(k)"), message);
          }
          assertEquals(end(-60), Tensors.item(came.value()), 1e-4);
        });
  }

  @Test
  void adjointOfAStiffProblem_withErrorControl_isRefusedToo() {
    Scope.run(
        () -> {
          Solver solver = DormandPrince.tolerances(1e-6, 1e-8).stepLimit(2_000);
          OdeGradient came = stiff(Gradient.adjoint(), solver, TIMES);
          assertFalse(came.isCompleted(), came.toString());
          assertThrows(ArithmeticException.class, came::orThrow);
        });
  }

  @Test
  void otherGradientsOfAStiffProblem_areRight() {
    Scope.run(
        () -> {
          double expected = byDifferences();
          for (Gradient gradient : List.of(Gradient.discrete(), Gradient.checkpointed(10))) {
            OdeGradient came = stiff(gradient, ClassicRungeKutta.steps(400), TIMES);
            assertEquals(expected, Tensors.item(came.theta().get(0)), 1e-3 * Math.abs(expected));
          }
          double[] dense = new double[101];
          for (int i = 0; i < dense.length; i++) {
            dense[i] = i / 100.0;
          }
          OdeGradient often = stiff(Gradient.adjoint(), ClassicRungeKutta.steps(400), dense);
          assertEquals(
              expected, Tensors.item(often.theta().get(0)), 1e-2 * Math.abs(expected), "" + often);
        });
  }

  @Test
  void segmentOfAStiffProblem_throwsWithAdvice() {
    Scope.run(
        () -> {
          NDList theta = new NDList(Tensors.ofDoubles(-60));
          Segment segment =
              Gradient.adjoint().segment(STIFF, theta, TIMES, ClassicRungeKutta.steps(200));
          NDList x0 = new NDList(Tensors.ofDoubles(2));
          String message =
              assertThrows(
                      ArithmeticException.class,
                      () ->
                          Segment.valueAndGrad(x0, List.of(segment), states -> states.get(0).sum()))
                  .getMessage();
          assertTrue(message.contains("contracts strongly"), message);
        });
  }

  /** x' = θ x² leaves every bound before t = 1. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void forwardSolveThatBlowsUp_hasNoGradientButItsStates(int which) {
    Gradient gradient =
        List.of(Gradient.discrete(), Gradient.adjoint(), Gradient.checkpointed(4)).get(which);
    for (Solver solver :
        List.of(Euler.steps(400), DormandPrince.tolerances(1e-6, 1e-8).stepLimit(500))) {
      Scope.run(
          () -> {
            OdeGradient came =
                gradient.solve(
                    (theta, t, x) -> new NDList(x.get(0).square().mul(theta.get(0))),
                    new NDList(Tensors.ofDoubles(1)),
                    new NDList(Tensors.ofDoubles(2)),
                    new double[] {0, 0.25, 1},
                    solver,
                    states -> states.get(0).sum());
            assertFalse(came.isCompleted());
            assertEquals(came.forward().status(), came.status());
            assertTrue(Double.isNaN(Tensors.item(came.value())));
            assertEquals(4, Tensors.item(came.forward().x(1)), 0.1);
            assertTrue(Tensors.isFinite(came.forward().x()));
            assertThrows(ArithmeticException.class, came::theta);
            assertEquals(DataType.FLOAT64, came.value().getDataType());
          });
    }
  }

  /** A contraction to zero is as exact backwards as forwards: it must not be refused. */
  @Test
  void adjointOfAFastDecayToZero_isTheClosedForm() {
    Scope.run(
        () -> {
          OdeGradient came =
              Gradient.adjoint()
                  .solve(
                      (theta, t, x) -> new NDList(x.get(0).mul(theta.get(0))),
                      new NDList(Tensors.ofDoubles(-8)),
                      new NDList(Tensors.ofDoubles(1)),
                      TIMES,
                      ClassicRungeKutta.steps(400),
                      states -> states.get(0).sum());
          assertEquals(Math.exp(-8), Tensors.item(came.theta().get(0)), 1e-8);
          assertTrue(came.drift() < 1e-6, came.toString());
        });
  }
}

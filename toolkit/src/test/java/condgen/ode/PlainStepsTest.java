package condgen.ode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every method against steps written out in plain Java doubles, on a nonlinear system. */
class PlainStepsTest {

  private static final double[] START = {2, 0.5};
  private static final VectorField FIELD = PlanarSystem.VAN_DER_POL.with(1.3);

  private static double[] f(double[] x) {
    return new double[] {x[1], 1.3 * (1 - x[0] * x[0]) * x[1] - x[0]};
  }

  /** x + h (w₀ k₀ + w₁ k₁ + ...). */
  private static double[] move(double[] x, double h, double[] w, double[]... k) {
    double[] moved = x.clone();
    for (int j = 0; j < w.length; j++) {
      for (int i = 0; i < x.length; i++) {
        moved[i] += h * w[j] * k[j][i];
      }
    }
    return moved;
  }

  private interface Step {
    double[] from(double[] x, double h);
  }

  private static double[] euler(double[] x, double h) {
    return move(x, h, new double[] {1}, f(x));
  }

  private static double[] midpoint(double[] x, double h) {
    return move(x, h, new double[] {1}, f(euler(x, h / 2)));
  }

  private static double[] heun2(double[] x, double h) {
    double[] k1 = f(x);
    return move(x, h / 2, new double[] {1, 1}, k1, f(move(x, h, new double[] {1}, k1)));
  }

  private static double[] heun3(double[] x, double h) {
    double[] k1 = f(x);
    double[] k2 = f(move(x, h / 3, new double[] {1}, k1));
    double[] k3 = f(move(x, 2 * h / 3, new double[] {1}, k2));
    return move(x, h / 4, new double[] {1, 3}, k1, k3);
  }

  private static double[] bogackiShampine(double[] x, double h) {
    double[] k1 = f(x);
    double[] k2 = f(move(x, h / 2, new double[] {1}, k1));
    double[] k3 = f(move(x, 3 * h / 4, new double[] {1}, k2));
    return move(x, h / 9, new double[] {2, 3, 4}, k1, k2, k3);
  }

  private static double[] classic(double[] x, double h) {
    double[] k1 = f(x);
    double[] k2 = f(move(x, h / 2, new double[] {1}, k1));
    double[] k3 = f(move(x, h / 2, new double[] {1}, k2));
    double[] k4 = f(move(x, h, new double[] {1}, k3));
    return move(x, h / 6, new double[] {1, 2, 2, 1}, k1, k2, k3, k4);
  }

  private static double[] threeEighths(double[] x, double h) {
    double[] k1 = f(x);
    double[] k2 = f(move(x, h / 3, new double[] {1}, k1));
    double[] k3 = f(move(x, h, new double[] {-1.0 / 3, 1}, k1, k2));
    double[] k4 = f(move(x, h, new double[] {1, -1, 1}, k1, k2, k3));
    return move(x, h / 8, new double[] {1, 3, 3, 1}, k1, k2, k3, k4);
  }

  @Test
  void fixedSteps_equalPlainArithmetic() {
    Map<ButcherTableau, Step> methods =
        Map.of(
            Euler.TABLEAU, PlainStepsTest::euler,
            Midpoint.TABLEAU, PlainStepsTest::midpoint,
            Heun2.TABLEAU, PlainStepsTest::heun2,
            Heun3.TABLEAU, PlainStepsTest::heun3,
            BogackiShampine.TABLEAU, PlainStepsTest::bogackiShampine,
            ClassicRungeKutta.TABLEAU, PlainStepsTest::classic,
            ThreeEighthsRule.TABLEAU, PlainStepsTest::threeEighths);
    methods.forEach(
        (tableau, step) -> {
          double[] x = START;
          for (int n = 0; n < 50; n++) {
            x = step.from(x, 0.04);
          }
          try (Scope scope = Scope.open()) {
            OdeSolution solution =
                Ode.solve(FIELD, Tensors.ofDoubles(START), 0, 2, FixedStep.steps(tableau, 50));
            assertArrayEquals(x, Tensors.toDoubles(solution.x()), 1e-13, tableau.name());
          }
        });
  }

  /** A step of any tableau, in one pass over its rows; the sizes of the steps are random. */
  @Test
  void adaptiveSteps_equalTheirTableauInPlainArithmetic() {
    ButcherTableau tableau = DormandPrince.TABLEAU;
    Random random = new Random(7);
    for (int trial = 0; trial < 20; trial++) {
      double h = 0.01 + 0.2 * random.nextDouble();
      double[] x = {random.nextGaussian(), random.nextGaussian()};
      double[][] k = new double[7][];
      for (int i = 0; i < 7; i++) {
        k[i] = f(move(x, h, tableau.a()[i], k));
      }
      double[] expected = move(x, h, tableau.b(), k);
      double[] seen = new double[2];
      try (Scope scope = Scope.open()) {
        Ode.solve(
            FIELD,
            Tensors.ofDoubles(x),
            new double[] {0, h / 2},
            DormandPrince.tolerances(1e3, 1e3).firstStep(h),
            (step, t, stepSize, state, ratio) ->
                System.arraycopy(Tensors.toDoubles(state.get(0)), 0, seen, 0, 2));
      }
      assertArrayEquals(expected, seen, 1e-13);
    }
  }

  @Test
  void adamsBashforth_equalsPlainArithmetic() {
    double h = 0.02;
    double[] old = f(START);
    double[] x = threeEighths(START, h);
    double[] last = f(x);
    x = threeEighths(x, h);
    for (int n = 2; n < 40; n++) {
      double[] now = f(x);
      x = move(x, h / 12, new double[] {23, -16, 5}, now, last, old);
      old = last;
      last = now;
    }
    assertArrayEquals(x, end(AdamsBashforth.stepSize(h)), 1e-13);
  }

  /** With tolerances so wide that one correction is enough. */
  @Test
  void adamsMoulton_equalsPlainArithmetic() {
    double h = 0.02;
    double[] old = f(START);
    double[] x = threeEighths(START, h);
    double[] last = f(x);
    x = threeEighths(x, h);
    for (int n = 2; n < 40; n++) {
      double[] now = f(x);
      double[] there = f(move(x, h / 12, new double[] {23, -16, 5}, now, last, old));
      x = move(x, h / 24, new double[] {9, 19, -5, 1}, there, now, last, old);
      old = last;
      last = now;
    }
    assertArrayEquals(x, end(AdamsMoulton.stepSize(h).tolerances(1e9, 1e9)), 1e-13);
  }

  /** State at 0.8, which is 40 steps of 0.02. */
  private static double[] end(Solver solver) {
    try (Scope scope = Scope.open()) {
      OdeSolution solution = Ode.solve(FIELD, Tensors.ofDoubles(START), 0, 0.8, solver);
      return Tensors.toDoubles(solution.orThrow().x());
    }
  }

  @Test
  void adamsWeights_areTheKnownFractions() {
    assertArrayEquals(
        new double[] {1901 / 720.0, -2774 / 720.0, 2616 / 720.0, -1274 / 720.0, 251 / 720.0},
        AdamsWeights.bashforth(5),
        1e-14);
    assertArrayEquals(
        new double[] {251 / 720.0, 646 / 720.0, -264 / 720.0, 106 / 720.0, -19 / 720.0},
        AdamsWeights.moulton(5),
        1e-14);
    for (int q = 1; q <= 12; q++) {
      assertEquals(1, Arrays.stream(AdamsWeights.bashforth(q)).sum(), 1e-9, "a constant slope");
      assertEquals(1, Arrays.stream(AdamsWeights.moulton(q)).sum(), 1e-9);
    }
  }
}

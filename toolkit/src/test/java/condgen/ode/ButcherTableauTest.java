package condgen.ode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ButcherTableauTest {

  private static Stream<ButcherTableau> tableaux() {
    return Stream.of(
        Euler.TABLEAU,
        Midpoint.TABLEAU,
        Heun2.TABLEAU,
        Heun3.TABLEAU,
        BogackiShampine.TABLEAU,
        ClassicRungeKutta.TABLEAU,
        ThreeEighthsRule.TABLEAU,
        DormandPrince.TABLEAU);
  }

  /** One condition: the sum of weight times elementary weight must be 1 / density. */
  private record Condition(int order, double[] elementary, double density) {
    double defect(double[] weights) {
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i] * elementary[i];
      }
      return Math.abs(sum - 1 / density);
    }
  }

  /** The 17 order conditions up to order 5. */
  private static List<Condition> conditions(ButcherTableau tableau) {
    double[] c = tableau.c();
    double[] one = new double[c.length];
    Arrays.fill(one, 1);
    double[] ac = apply(tableau, c);
    double[] ac2 = apply(tableau, times(c, c));
    double[] aac = apply(tableau, ac);
    double[] c2 = times(c, c);
    double[] c3 = times(c2, c);
    List<Condition> all = new ArrayList<>();
    all.add(new Condition(1, one, 1));
    all.add(new Condition(2, c, 2));
    all.add(new Condition(3, c2, 3));
    all.add(new Condition(3, ac, 6));
    all.add(new Condition(4, c3, 4));
    all.add(new Condition(4, times(c, ac), 8));
    all.add(new Condition(4, ac2, 12));
    all.add(new Condition(4, aac, 24));
    all.add(new Condition(5, times(c2, c2), 5));
    all.add(new Condition(5, times(c2, ac), 10));
    all.add(new Condition(5, times(ac, ac), 20));
    all.add(new Condition(5, times(c, ac2), 15));
    all.add(new Condition(5, apply(tableau, c3), 20));
    all.add(new Condition(5, times(c, aac), 30));
    all.add(new Condition(5, apply(tableau, times(c, ac)), 40));
    all.add(new Condition(5, apply(tableau, ac2), 60));
    all.add(new Condition(5, apply(tableau, aac), 120));
    return all;
  }

  private static double[] times(double[] u, double[] v) {
    double[] product = new double[u.length];
    Arrays.setAll(product, i -> u[i] * v[i]);
    return product;
  }

  private static double[] apply(ButcherTableau tableau, double[] v) {
    double[] result = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      for (int j = 0; j < i; j++) {
        result[i] += tableau.a()[i][j] * v[j];
      }
    }
    return result;
  }

  private static double worst(ButcherTableau tableau, double[] weights, int order) {
    return conditions(tableau).stream()
        .filter(condition -> condition.order() <= order)
        .mapToDouble(condition -> condition.defect(weights))
        .max()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("tableaux")
  void rows_sumToTheirNodes(ButcherTableau tableau) {
    for (int i = 0; i < tableau.stages(); i++) {
      assertEquals(tableau.c()[i], Arrays.stream(tableau.a()[i]).sum(), 1e-14);
    }
  }

  @ParameterizedTest
  @MethodSource("tableaux")
  void weights_meetTheConditionsOfTheirOrder_andNotOfTheNext(ButcherTableau tableau) {
    assertEquals(0, worst(tableau, tableau.b(), tableau.order()), 1e-14);
    if (tableau.order() < 5) {
      assertTrue(worst(tableau, tableau.b(), tableau.order() + 1) > 1e-3);
    }
  }

  private static Stream<ButcherTableau> pairs() {
    return Stream.of(BogackiShampine.TABLEAU, DormandPrince.TABLEAU);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void errorWeights_compareWithASolutionOfOneOrderLess(ButcherTableau tableau) {
    double[] embedded = tableau.b();
    for (int i = 0; i < embedded.length; i++) {
      embedded[i] -= tableau.error()[i];
    }
    assertEquals(0, worst(tableau, embedded, tableau.order() - 1), 1e-14);
    assertTrue(worst(tableau, embedded, tableau.order()) > 1e-5);
    assertTrue(tableau.isFirstSameAsLast());
    assertFalse(ClassicRungeKutta.TABLEAU.isFirstSameAsLast());
  }

  /** Good enough for Dormand-Prince; that of Bogacki-Shampine is as released, and poor. */
  @Test
  void midpointWeights_areOfOrderFourAndOne() {
    assertEquals(0, worstInTheMiddle(DormandPrince.TABLEAU, 4), 1e-12);
    assertEquals(0, worstInTheMiddle(BogackiShampine.TABLEAU, 1), 1e-12);
    assertTrue(worstInTheMiddle(BogackiShampine.TABLEAU, 2) > 0.1);
  }

  /** Order conditions for the state half a step on: each density grows by two to its order. */
  private static double worstInTheMiddle(ButcherTableau tableau, int order) {
    double worst = 0;
    for (Condition condition : conditions(tableau)) {
      if (condition.order() <= order) {
        double scaled = condition.density() * Math.pow(2, condition.order());
        Condition middle = new Condition(condition.order(), condition.elementary(), scaled);
        worst = Math.max(worst, middle.defect(tableau.midpoint()));
      }
    }
    return worst;
  }

  @Test
  void tableau_ofWrongSizes_isRefused() {
    double[] two = {0, 1};
    double[] weights = {0.5, 0.5};
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ButcherTableau("odd", 2, two, new double[][] {{}, {1, 2}}, weights));
    assertTrue(error.getMessage().contains("row 1"), error.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new ButcherTableau("odd", 2, weights, new double[][] {{}, {1}}, weights));
  }

  @Test
  void tableau_errorOrMidpointWeightsOfAnotherNumberThanStages_areRefused() {
    for (int n : new int[] {1, 3, 4, 6}) {
      assertEquals(
          "error weights of the tableau must be none or 2 numbers, but are " + n,
          refusal(new double[n], new double[0]));
      assertEquals(
          "midpoint weights of the tableau must be none or 2 numbers, but are " + n,
          refusal(new double[2], new double[n]));
    }
  }

  private static String refusal(double[] error, double[] midpoint) {
    double[] c = {0, 1};
    double[][] a = {{}, {1}};
    double[] b = {0.5, 0.5};
    return assertThrows(
            IllegalArgumentException.class,
            () -> new ButcherTableau("odd", 2, c, a, b, error, midpoint))
        .getMessage();
  }

  @Test
  void adaptive_ofMethodWithoutErrorEstimate_isRefused() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> Adaptive.of(ClassicRungeKutta.TABLEAU, new Tolerances(1e-3, 1e-3)));
    assertTrue(error.getMessage().contains("classic Runge-Kutta"), error.getMessage());
  }
}

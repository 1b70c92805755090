package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Arrays;

/**
 * The numbers that define an explicit Runge-Kutta method of s stages:
 *
 * <p>kᵢ = f(x + h Σⱼ aᵢⱼ kⱼ, t + cᵢ h), and then x(t + h) ≈ x + h Σᵢ bᵢ kᵢ.
 *
 * @param name name of the method, for messages
 * @param order the global error falls as h to this power
 * @param c s nodes, as fractions of the step; the first is 0
 * @param a s rows; row i has the i weights of the slopes before it
 * @param b s weights of the solution
 * @param error s weights of the error estimate h Σ eᵢ kᵢ; none when the method makes no estimate
 * @param midpoint s weights of the state in the middle of the step, x + h Σ mᵢ kᵢ, for
 *     interpolation; none when there is no such formula
 */
public record ButcherTableau(
    String name,
    int order,
    double[] c,
    double[][] a,
    double[] b,
    double[] error,
    double[] midpoint) {

  private static final double[] NONE = {};

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException naming what does not fit
   */
  public ButcherTableau {
    int s = b.length;
    if (order < 1 || s < 1 || c.length != s || a.length != s || c[0] != 0) {
      throw new IllegalArgumentException(
          "tableau of " + name + " must have an order, s nodes (the first 0), s rows, s weights");
    }
    for (int i = 0; i < s; i++) {
      if (a[i].length != i) {
        throw new IllegalArgumentException(
            "row " + i + " of the tableau must hold " + i + " numbers, but holds " + a[i].length);
      }
    }
    requireNoneOr(s, error, "error");
    requireNoneOr(s, midpoint, "midpoint");
    c = c.clone();
    a = Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
    b = b.clone();
    error = error.clone();
    midpoint = midpoint.clone();
  }

  private static void requireNoneOr(int s, double[] weights, String which) {
    if (weights.length != 0 && weights.length != s) {
      throw new IllegalArgumentException(
          "%s weights of the tableau must be none or %d numbers, but are %d"
              .formatted(which, s, weights.length));
    }
  }

  /** A method for fixed steps, without an error estimate. */
  public ButcherTableau(String name, int order, double[] c, double[][] a, double[] b) {
    this(name, order, c, a, b, NONE, NONE);
  }

  @Override
  public double[] c() {
    return c.clone();
  }

  @Override
  public double[][] a() {
    return Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
  }

  @Override
  public double[] b() {
    return b.clone();
  }

  @Override
  public double[] error() {
    return error.clone();
  }

  @Override
  public double[] midpoint() {
    return midpoint.clone();
  }

  /** Number of stages s. */
  public int stages() {
    return b.length;
  }

  /** True when the last slope is taken at the new state, so that the next step begins with it. */
  public boolean isFirstSameAsLast() {
    int last = stages() - 1;
    return last > 0
        && c[last] == 1
        && b[last] == 0
        && Arrays.equals(a[last], Arrays.copyOf(b, last));
  }

  /** True when the method estimates its own error. */
  public boolean hasErrorEstimate() {
    return error.length > 0;
  }

  /**
   * One step.
   *
   * @param f slope of the state
   * @param t time
   * @param h step, negative to go backwards
   * @param x state at t
   * @return the state at t + h, in the enclosing scope, like all that f made
   */
  public NDList step(Dynamics f, double t, double h, NDList x) {
    StepFactors factors = StepFactors.solution(this, h, x.get(0));
    return RungeKuttaStep.solution(this, f, t, factors, x, f.apply(t, x)).end();
  }

  /** One step of a single array, as the methods offer it. */
  NDArray step(VectorField f, double t, double h, NDArray x) {
    return step(f, t, h, new NDList(x)).get(0);
  }

  /** Stages that the solution needs: a last slope of weight 0 serves only the error estimate. */
  int solutionStages() {
    int needed = stages();
    while (b[needed - 1] == 0) {
      needed--;
    }
    return needed;
  }

  double node(int stage) {
    return c[stage];
  }

  double[] stageWeights(int stage) {
    return a[stage];
  }

  double[] solutionWeights() {
    return b;
  }

  double[] errorWeights() {
    return error;
  }

  double[] midpointWeights() {
    return midpoint;
  }

  /** True when the state in the middle of the step is right up to h² at least. */
  boolean hasGoodMidpoint() {
    double first = 0;
    double second = 0;
    for (int i = 0; i < midpoint.length; i++) {
      first += midpoint[i];
      second += midpoint[i] * c[i];
    }
    return Math.abs(first - 1.0 / 2) < 1e-12 && Math.abs(second - 1.0 / 8) < 1e-12;
  }
}

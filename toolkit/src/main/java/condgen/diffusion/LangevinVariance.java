package condgen.diffusion;

import condgen.thesis.Equation;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;

/**
 * What T Langevin steps at one level do to the variance of the noise, and the step size that
 * follows, the third technique of Song and Ermon (2020). The noise starts with the scale of the
 * level above, γ σ_i, around one data point; η = α_i / σ_i² = ε / σ_min².
 *
 * <p>Every step acts on each eigenvector of Σ alone. With the drift α Σ s of {@link
 * LangevinSampler} it does the same to all, and the variance should end at λ σ_i². With the drift α
 * s, as printed in 6.3.13 and 6.3.25, it is attracted to λ² σ_i², and a mode with λ below η / 2
 * diverges.
 *
 * @param growth γ, at least 1
 * @param steps T, at least 1
 */
public record LangevinVariance(double growth, int steps) {

  private static final int GRID = 2000;
  private static final double LEAST = 1e-6;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the one that does not fit
   */
  public LangevinVariance {
    if (!(growth >= 1 && growth < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("growth must be at least 1 and finite, but is " + growth);
    }
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be at least 1, but is " + steps);
    }
  }

  /**
   * Variance over λ σ_i² of any mode after the steps x ← x + α Σ s + √(2α) √Σ z: γ² p^(2T) + (1 −
   * p^(2T)) / (1 − η/2) with p = 1 − η. It should be 1.
   *
   * @param eta η, above 0 and below 2, from where on the steps diverge
   */
  @Equation({"6.3.25", "6.3.25-crit"})
  public double preconditioned(double eta) {
    if (!(eta > 0 && eta < 2)) {
      throw new IllegalArgumentException("eta must be above 0 and below 2, but is " + eta);
    }
    return printed(eta, 1);
  }

  /**
   * Variance over σ_i² of a mode after the steps x ← x + α s + √(2α) √Σ z: γ² p^(2T) λ + 2η λ Σ_t
   * p^(2t) with p = 1 − η/λ. It should be λ, but for many steps it becomes λ² / (1 − η/2λ).
   *
   * @param eta η, positive and finite
   * @param lambda λ, the eigenvalue of Σ, positive and finite
   */
  @Equation({"6.3.25", "6.3.12-sec-proof"})
  public double printed(double eta, double lambda) {
    requirePositive(eta, "eta");
    requirePositive(lambda, "lambda");
    double squared = (1 - eta / lambda) * (1 - eta / lambda);
    double variance = growth * growth * lambda;
    for (int t = 0; t < steps; t++) {
      variance = squared * variance + 2 * eta * lambda;
    }
    return variance;
  }

  /**
   * The mean of {@link #printed} over modes: the variance of a pixel, 1 if noise has variance 1.
   *
   * @param eta η, positive and finite
   * @param lambda eigenvalues of Σ, at least one
   */
  @Equation("6.3.25-crit")
  public double printed(double eta, double[] lambda) {
    return requireModes(lambda).map(l -> printed(eta, l)).sum() / lambda.length;
  }

  /**
   * The η that brings {@link #preconditioned} closest to 1; times σ_min² it is the ε of {@link
   * LangevinSampler}.
   */
  @Equation("6.3.12-sec-eps")
  public double eta() {
    return closest(this::preconditioned, 1);
  }

  /**
   * The η that brings the mean variance of the printed steps closest to 1, the rule that gives the
   * thesis's numbers. It is no good: modes of large λ hardly move.
   *
   * @param lambda eigenvalues of Σ, at least one
   */
  @Equation("6.3.12-sec-eps")
  public double printedEta(double[] lambda) {
    double least = requireModes(lambda).min().orElseThrow();
    return closest(eta -> printed(eta, lambda), least);
  }

  private static DoubleStream requireModes(double[] lambda) {
    if (lambda.length == 0) {
      throw new IllegalArgumentException("lambda must hold at least one number, but is empty");
    }
    Arrays.stream(lambda).forEach(l -> requirePositive(l, "lambda"));
    return Arrays.stream(lambda);
  }

  private static void requirePositive(double number, String name) {
    if (!(number > 0 && number < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be positive and finite, but is " + number);
    }
  }

  /** Where the variance is closest to 1, below η = most, on a grid and then by Brent's method. */
  private static double closest(DoubleUnaryOperator variance, double most) {
    DoubleUnaryOperator miss = eta -> Math.abs(variance.applyAsDouble(eta) - 1);
    double ratio = Math.pow(1 / LEAST, 1.0 / GRID);
    double best = LEAST * most;
    for (double eta = best; eta <= most; eta *= ratio) {
      if (miss.applyAsDouble(eta) < miss.applyAsDouble(best)) {
        best = eta;
      }
    }
    return new BrentOptimizer(1e-10, 1e-300)
        .optimize(
            GoalType.MINIMIZE,
            new MaxEval(1000),
            new UnivariateObjectiveFunction(miss::applyAsDouble),
            new SearchInterval(best / ratio, Math.min(most, best * ratio)))
        .getPoint();
  }
}

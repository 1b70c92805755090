package condgen.ode;

/**
 * The explicit Adams methods: the integral of the polynomial through the latest slopes.
 *
 * <p>One evaluation per step whatever the order, since slopes are kept: with three of them x + h
 * (23 f₀ - 16 f₋₁ + 5 f₋₂) / 12, of order 3. torchdiffeq calls it {@code explicit_adams}. F.
 * Bashforth and J. C. Adams, An Attempt to Test the Theories of Capillary Action, 1883.
 */
public final class AdamsBashforth {

  private AdamsBashforth() {}

  /** n equal steps from the first to the last requested time; see {@link FixedStep#steps}. */
  public static MultiStep steps(int n) {
    return MultiStep.of(false, Grid.equalSteps(n));
  }

  /** Steps of length h; see {@link FixedStep#stepSize}. */
  public static MultiStep stepSize(double h) {
    return MultiStep.of(false, Grid.stepSize(h));
  }

  /** One step from each requested time to the next; these should be equally far apart. */
  public static MultiStep onOutputTimes() {
    return MultiStep.of(false, Grid::outputTimes);
  }
}

package condgen.ode;

/**
 * The implicit Adams methods: the polynomial also passes through the slope at the end of the step,
 * which is found by repetition from the prediction of {@link AdamsBashforth}.
 *
 * <p>Two to five evaluations per step. With the slope at the end and three kept ones x + h (9 f₁ +
 * 19 f₀ - 5 f₋₁ + f₋₂) / 24, of order 4. When four repetitions do not settle it the last one is
 * taken and the oldest slope forgotten. torchdiffeq calls it {@code implicit_adams}. F. R. Moulton,
 * New Methods in Exterior Ballistics, 1926.
 */
public final class AdamsMoulton {

  private AdamsMoulton() {}

  /** n equal steps from the first to the last requested time; see {@link FixedStep#steps}. */
  public static MultiStep steps(int n) {
    return MultiStep.of(true, Grid.equalSteps(n));
  }

  /** Steps of length h; see {@link FixedStep#stepSize}. */
  public static MultiStep stepSize(double h) {
    return MultiStep.of(true, Grid.stepSize(h));
  }

  /** One step from each requested time to the next; these should be equally far apart. */
  public static MultiStep onOutputTimes() {
    return MultiStep.of(true, Grid::outputTimes);
  }
}

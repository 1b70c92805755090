package condgen.training;

/** How the size of the steps rises linearly at the start of a run; two conventions are in use. */
public enum WarmUp {
  /**
   * n / steps with n from 0, so that the first step has size 0 and only fills the optimiser's
   * moments: as released with the masked video diffusion of chapter 7.
   */
  FROM_ZERO(0),
  /** (n + 1) / steps: as released with the multi-resolution flows of chapter 4. */
  FROM_ONE(1);

  private final int first;

  WarmUp(int first) {
    this.first = first;
  }

  /**
   * What the full size is multiplied by.
   *
   * @param n number of the step, from 0
   * @param steps length of the rise; 0 for none
   * @return in [0, 1]
   */
  public double factor(long n, int steps) {
    if (n < 0 || steps < 0) {
      throw new IllegalArgumentException(
          "n and steps must not be negative, but are " + n + " and " + steps);
    }
    return steps == 0 ? 1 : Math.min((n + (double) first) / steps, 1);
  }
}

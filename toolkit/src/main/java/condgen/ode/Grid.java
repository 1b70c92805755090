package condgen.ode;

/** The points of a fixed-step solve. */
interface Grid {

  /** Number of steps. */
  long steps();

  /** Time of point k, from 0 to {@link #steps()}; the last is the last output time exactly. */
  double time(long k);

  /** Length of the step from point k to the next; negative when time runs backwards. */
  double step(long k);

  /** The rule that makes a grid for output times. */
  @FunctionalInterface
  interface Rule {
    Grid over(double[] times);

    /** The rule for solves between neighbours of these times one by one. */
    default Rule between(double[] times) {
      return this;
    }
  }

  /** The output times themselves. */
  static Grid outputTimes(double[] times) {
    return new Grid() {
      @Override
      public long steps() {
        return times.length - 1;
      }

      @Override
      public double time(long k) {
        return times[(int) k];
      }

      @Override
      public double step(long k) {
        return time(k + 1) - time(k);
      }
    };
  }

  /** n equal steps from the first to the last output time. */
  static Rule equalSteps(int n) {
    if (n < 1) {
      throw new IllegalArgumentException("steps must be at least 1, but is " + n);
    }
    return new Rule() {
      @Override
      public Grid over(double[] times) {
        double start = times[0];
        double end = times[times.length - 1];
        return uniform(start, (end - start) / n, n, end);
      }

      @Override
      public Rule between(double[] times) {
        double whole = times[times.length - 1] - times[0];
        return part -> {
          double share = Math.abs((part[part.length - 1] - part[0]) / whole);
          return equalSteps((int) Math.max(1, Math.ceil(share * n - 1e-9))).over(part);
        };
      }
    };
  }

  /**
   * Steps of length h from the first output time: ceil(|t_end - t_0| / h + 1) points, the last of
   * them moved to the end.
   */
  static Rule stepSize(double h) {
    if (!(h > 0) || Double.isInfinite(h)) {
      throw new IllegalArgumentException("step size must be positive, but is " + h);
    }
    return times -> {
      double start = times[0];
      double end = times[times.length - 1];
      double points = Math.ceil(Math.abs(end - start) / h + 1);
      if (points > 1e12) {
        throw new IllegalArgumentException(
            "step size " + h + " is too small for times from " + start + " to " + end);
      }
      return uniform(start, end > start ? h : -h, (long) points - 1, end);
    };
  }

  private static Grid uniform(double start, double h, long steps, double end) {
    return new Grid() {
      @Override
      public long steps() {
        return steps;
      }

      @Override
      public double time(long k) {
        return k == steps ? end : start + k * h;
      }

      @Override
      public double step(long k) {
        return k == steps - 1 ? end - time(k) : h;
      }
    };
  }
}

package condgen.display;

/** Smallest and largest finite value of some data. */
final class Extent {
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;

  Extent add(double... values) {
    for (double value : values) {
      if (Double.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return this;
  }

  boolean isEmpty() {
    return low > high;
  }

  double low() {
    return isEmpty() ? 0 : low;
  }

  double high() {
    return isEmpty() ? 1 : high;
  }

  /** Bounds an axis can have: never equal, with a margin as a fraction of the span. */
  double[] padded(double margin) {
    double span = high() - low();
    double pad = span > 0 ? margin * span : Math.max(Math.abs(low()) * 0.1, 0.5);
    return new double[] {low() - pad, high() + pad};
  }
}

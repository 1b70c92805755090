package condgen.display;

/** Checks of arguments; each message names the argument, what was expected and what came. */
final class Require {
  private Require() {}

  static String text(String value, String name) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          name + " must be a text, but is " + (value == null ? "null" : "empty"));
    }
    return value;
  }

  static double[] values(double[] values, String name) {
    if (values == null || values.length == 0) {
      throw new IllegalArgumentException(
          name + " must hold at least one value, but " + (values == null ? "is null" : "is empty"));
    }
    return values.clone();
  }

  static double[] sameLength(double[] values, String name, double[] other, String otherName) {
    double[] checked = values(values, name);
    if (checked.length != other.length) {
      throw new IllegalArgumentException(
          "%s must have as many values as %s (%d), but has %d"
              .formatted(name, otherName, other.length, checked.length));
    }
    return checked;
  }

  static void allPositive(double[] values, String name) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] <= 0) {
        throw new IllegalArgumentException(
            "%s must be positive on a logarithmic axis, but value %d is %s"
                .formatted(name, i, values[i]));
      }
    }
  }

  static int positive(int value, String name) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive, but is " + value);
    }
    return value;
  }

  static void increasing(double low, double high, String name) {
    if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "%s must go from a smaller to a larger finite number, but goes from %s to %s"
              .formatted(name, low, high));
    }
  }

  static int countNonFinite(double[] values) {
    int count = 0;
    for (double value : values) {
      if (!Double.isFinite(value)) {
        count++;
      }
    }
    return count;
  }
}

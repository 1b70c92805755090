package condgen.display;

/** A field of vectors and the window that a regular grid of arrows covers. */
record SampledField(FieldChart.Field field, double xLow, double xHigh, double yLow, double yHigh) {

  /**
   * Takes the vectors in the middles of nx × ny cells.
   *
   * @return the columns x, y, u, v
   */
  double[][] columns(int nx, int ny) {
    double[][] columns = new double[4][nx * ny];
    for (int i = 0; i < nx * ny; i++) {
      columns[0][i] = xLow + (i % nx + 0.5) * (xHigh - xLow) / nx;
      columns[1][i] = yLow + (i / nx + 0.5) * (yHigh - yLow) / ny;
      double[] vector = field.at(columns[0][i], columns[1][i]);
      if (vector == null || vector.length != 2) {
        throw new IllegalArgumentException(
            "f must return 2 components, but returned "
                + (vector == null ? "null" : vector.length));
      }
      columns[2][i] = vector[0];
      columns[3][i] = vector[1];
    }
    return columns;
  }

  double aspect() {
    return (yHigh - yLow) / (xHigh - xLow);
  }
}

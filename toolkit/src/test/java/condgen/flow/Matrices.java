package condgen.flow;

/** Small matrices in plain Java, so that tests have a second route. */
final class Matrices {

  private Matrices() {}

  static double[][] times(double[][] a, double[][] b) {
    double[][] product = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b[0].length; j++) {
        for (int k = 0; k < b.length; k++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }

  static double[] times(double[][] a, double[] v) {
    double[] product = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < v.length; k++) {
        product[i] += a[i][k] * v[k];
      }
    }
    return product;
  }

  static double[][] transpose(double[][] a) {
    double[][] turned = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        turned[j][i] = a[i][j];
      }
    }
    return turned;
  }

  /** exp(c A) by its power series, squared eight times. */
  static double[][] exponential(double[][] a, double c) {
    int n = a.length;
    double[][] sum = new double[n][n];
    double[][] term = new double[n][n];
    for (int i = 0; i < n; i++) {
      sum[i][i] = term[i][i] = 1;
    }
    for (int k = 1; k < 20; k++) {
      term = times(term, a);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          term[i][j] *= c / 256 / k;
          sum[i][j] += term[i][j];
        }
      }
    }
    for (int k = 0; k < 8; k++) {
      sum = times(sum, sum);
    }
    return sum;
  }

  /** log|det A| by elimination; solves A y = b in place of b when b is given. */
  static double eliminate(double[][] matrix, double[] b) {
    int n = matrix.length;
    double[][] a = new double[n][];
    for (int i = 0; i < n; i++) {
      a[i] = matrix[i].clone();
    }
    double log = 0;
    for (int i = 0; i < n; i++) {
      int pivot = i;
      for (int k = i + 1; k < n; k++) {
        pivot = Math.abs(a[k][i]) > Math.abs(a[pivot][i]) ? k : pivot;
      }
      double[] row = a[pivot];
      a[pivot] = a[i];
      a[i] = row;
      double right = b[pivot];
      b[pivot] = b[i];
      b[i] = right;
      log += Math.log(Math.abs(a[i][i]));
      for (int k = i + 1; k < n; k++) {
        double factor = a[k][i] / a[i][i];
        for (int j = i; j < n; j++) {
          a[k][j] -= factor * a[i][j];
        }
        b[k] -= factor * b[i];
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int j = i + 1; j < n; j++) {
        b[i] -= a[i][j] * b[j];
      }
      b[i] /= a[i][i];
    }
    return log;
  }

  /** log N(v; 0, covariance). */
  static double logNormal(double[] v, double[][] covariance) {
    double[] solved = v.clone();
    double logDeterminant = eliminate(covariance, solved);
    double square = 0;
    for (int i = 0; i < v.length; i++) {
      square += v[i] * solved[i];
    }
    return -0.5 * (v.length * Math.log(2 * Math.PI) + logDeterminant + square);
  }
}

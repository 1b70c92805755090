package condgen.multires;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PatchSplitTest {
  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  static Stream<PatchSplit> splits() {
    return Stream.of(PatchSplit.HAAR, PatchSplit.UNIMODULAR, PatchSplit.ORTHOGONAL);
  }

  private static double determinant(double[][] m) {
    return new LUDecomposition(MatrixUtils.createRealMatrix(m)).getDeterminant();
  }

  private static NDArray image(long... shape) {
    return Seeds.of(3).normal(0, new Shape(shape), DataType.FLOAT64);
  }

  @ParameterizedTest
  @MethodSource("splits")
  @Equation({"4.3.2", "4.3.4"})
  void matrixTimesInverse_isTheIdentity(PatchSplit split) {
    RealMatrix product =
        MatrixUtils.createRealMatrix(split.matrix())
            .multiply(MatrixUtils.createRealMatrix(split.inverse()));
    assertEquals(0, product.subtract(MatrixUtils.createRealIdentityMatrix(4)).getNorm(), 1e-15);
  }

  /** The rows and columns that the authors state, which the printed signs contradict. */
  @Test
  @Equation({"4.3.2", "4.3.4"})
  void matrices_areTheCorrectedOnes() {
    double c = Math.pow(2, 2.0 / 3);
    double[][] haar = {{1, 1, 1, 2}, {1, -1, -1, 2}, {-1, 1, -1, 2}, {-1, -1, 1, 2}};
    double[][] unimodular = {{c, c, c, 4}, {c, -c, -c, 4}, {-c, c, -c, 4}, {-c, -c, c, 4}};
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        assertEquals(haar[i][j] / 2, PatchSplit.HAAR.matrix()[i][j], 1e-15);
        assertEquals(unimodular[i][j] / 4, PatchSplit.UNIMODULAR.matrix()[i][j], 1e-15);
      }
    }
    double[][] printed = {{c, c, c, 4}, {c, -c, -c, 4}, {-c, -c, -c, 4}, {-c, -c, -c, 4}};
    assertEquals(0, determinant(printed), 1e-12, "the printed matrix has two equal rows");
  }

  @Test
  @Equation({"4.3.3", "4.3.5"})
  void determinants_areOneHalfAndOne() {
    assertEquals(0.5, determinant(PatchSplit.HAAR.inverse()), 1e-15);
    assertEquals(1, determinant(PatchSplit.UNIMODULAR.inverse()), 1e-14);
    assertEquals(Math.log(0.5), PatchSplit.HAAR.logDeterminant(), 1e-15);
    assertEquals(0, PatchSplit.UNIMODULAR.logDeterminant(), 1e-15);
  }

  /** The text multiplies the rows by 2^(2/3); that gives determinant 2, and 2^(1/3) gives 1. */
  @Test
  @Equation("4.3.4-claim-factor")
  void factorOfTheDetailRows_isTheCubeRootOfTwo() {
    for (double exponent : new double[] {2.0 / 3, 1.0 / 3}) {
      double[][] m = PatchSplit.HAAR.inverse();
      for (int row = 0; row < 3; row++) {
        for (int column = 0; column < 4; column++) {
          m[row][column] *= Math.pow(2, exponent);
        }
      }
      assertEquals(exponent > 0.5 ? 2 : 1, determinant(m), 1e-14);
    }
    assertEquals(
        PatchSplit.HAAR.c() / PatchSplit.UNIMODULAR.c(), Math.cbrt(2), 1e-15, "of the rows");
  }

  /**
   * An orthogonal map has determinant 1: no constant joins the likelihood; only the range moves.
   */
  @Test
  @Equation("4.3.4-claim-orthogonal")
  void orthogonalHaar_addsNoConstantButDoublesTheRange() {
    RealMatrix o = MatrixUtils.createRealMatrix(PatchSplit.ORTHOGONAL.inverse());
    RealMatrix product = o.multiply(o.transpose());
    assertEquals(0, product.subtract(MatrixUtils.createRealIdentityMatrix(4)).getNorm(), 1e-15);
    assertEquals(0, PatchSplit.ORTHOGONAL.logDeterminant(), 1e-15);
    NDArray white = Tensors.ones(new Shape(1, 1, 2, 2), DataType.FLOAT64);
    assertEquals(2, Tensors.item(PatchSplit.ORTHOGONAL.split(white).coarse()), 1e-15);
    assertEquals(1, Tensors.item(PatchSplit.UNIMODULAR.split(white).coarse()), 1e-15);
  }

  /** The columns of M are orthogonal, but M keeps no angles of its own space. */
  @Test
  @Equation("4.3.4-claim-angle")
  void columnsAreOrthogonalButAnglesChange() {
    RealMatrix m = MatrixUtils.createRealMatrix(PatchSplit.UNIMODULAR.matrix());
    RealMatrix gram = m.transpose().multiply(m);
    double[] squares = {0.62996, 0.62996, 0.62996, 4};
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        assertEquals(i == j ? squares[i] : 0, gram.getEntry(i, j), 1e-5);
      }
    }
    RealMatrix inverse = MatrixUtils.createRealMatrix(PatchSplit.UNIMODULAR.inverse());
    double cosine = inverse.getColumnVector(0).cosine(inverse.getColumnVector(1));
    assertEquals(105.5, Math.toDegrees(Math.acos(cosine)), 0.05);
  }

  /** The interval of the average stays [0, 1] for both averages; that of an image need not. */
  @Test
  @Equation("4.3.4-claim-range")
  void averageStaysInTheUnitInterval_detailsDoNot() {
    double largest = 0;
    for (int corner = 0; corner < 16; corner++) {
      double[] x = new double[4];
      for (int k = 0; k < 4; k++) {
        x[k] = corner >> k & 1;
      }
      for (PatchSplit split : new PatchSplit[] {PatchSplit.HAAR, PatchSplit.UNIMODULAR}) {
        double[] parts = MatrixUtils.createRealMatrix(split.inverse()).operate(x);
        assertTrue(parts[3] >= 0 && parts[3] <= 1);
      }
      double[] parts = MatrixUtils.createRealMatrix(PatchSplit.UNIMODULAR.inverse()).operate(x);
      largest = Math.max(largest, Math.max(Math.abs(parts[0]), Math.abs(parts[1])));
    }
    assertEquals(2 / PatchSplit.UNIMODULAR.c(), largest, 1e-12);
    double[] example = {0, 0.2, 0.6, 1};
    double[] parts = MatrixUtils.createRealMatrix(PatchSplit.UNIMODULAR.inverse()).operate(example);
    assertEquals(0.45, parts[3], 1e-12, "the smallest pixel was 0");
  }

  @ParameterizedTest
  @MethodSource("splits")
  @Equation("4.3.6")
  void mergeOfSplit_isTheImage(PatchSplit split) {
    NDArray x = image(2, 3, 8, 6);
    PatchSplit.Parts parts = split.split(x);
    assertEquals(new Shape(2, 9, 4, 3), parts.details().getShape());
    assertEquals(new Shape(2, 3, 4, 3), parts.coarse().getShape());
    NDArray off = split.merge(parts.details(), parts.coarse()).sub(x).abs().max();
    assertEquals(0, Tensors.item(off), 1e-12);
  }

  /** Against loops over patches. */
  @ParameterizedTest
  @MethodSource("splits")
  @Equation("4.3.6")
  void split_isTheFormulaOfEachPatch(PatchSplit split) {
    NDArray x = image(1, 2, 4, 6);
    double[] pixels = Tensors.toDoubles(x);
    PatchSplit.Parts parts = split.split(x);
    double[] y = Tensors.toDoubles(parts.details());
    double[] coarse = Tensors.toDoubles(parts.coarse());
    for (int colour = 0; colour < 2; colour++) {
      for (int r = 0; r < 2; r++) {
        for (int k = 0; k < 3; k++) {
          int at = colour * 24 + 2 * r * 6 + 2 * k;
          double x1 = pixels[at];
          double x2 = pixels[at + 1];
          double x3 = pixels[at + 6];
          double x4 = pixels[at + 7];
          int to = r * 3 + k;
          assertEquals((x1 + x2 - x3 - x4) / split.c(), y[colour * 6 + to], 1e-12);
          assertEquals((x1 - x2 + x3 - x4) / split.c(), y[(2 + colour) * 6 + to], 1e-12);
          assertEquals((x1 - x2 - x3 + x4) / split.c(), y[(4 + colour) * 6 + to], 1e-12);
          assertEquals((x1 + x2 + x3 + x4) / split.a(), coarse[colour * 6 + to], 1e-12);
        }
      }
    }
  }

  /** The determinant of the whole map of an image, from its matrix of 48 x 48. */
  @ParameterizedTest
  @MethodSource("splits")
  @Equation({"4.3.7", "4.3.8", "4.3.9"})
  void logDeterminant_isThatOfTheWholeMatrix(PatchSplit split) {
    int n = 48;
    NDArray units = Tensors.eye(n).toType(DataType.FLOAT64, false).reshape(n, 3, 4, 4);
    PatchSplit.Parts parts = split.split(units);
    double[] rows =
        Tensors.toDoubles(parts.details().reshape(n, -1).concat(parts.coarse().reshape(n, -1), 1));
    double[][] m = new double[n][n];
    for (int i = 0; i < n * n; i++) {
      m[i / n][i % n] = rows[i];
    }
    double expected = Math.log(Math.abs(determinant(m)));
    assertEquals(expected, split.logDeterminant(new Shape(3, 2, 2)), 1e-10);
    if (split.equals(PatchSplit.HAAR)) {
      assertEquals(-8.317766, expected, 1e-6);
    }
  }

  @Test
  void split_ofOddSides_isRefused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> PatchSplit.HAAR.split(image(1, 1, 4, 5)))
            .getMessage();
    assertTrue(message.startsWith("fine must have even sides"), message);
    assertThrows(
        IllegalArgumentException.class,
        () -> PatchSplit.HAAR.merge(image(1, 2, 2, 2), image(1, 1, 2, 2)));
    assertThrows(IllegalArgumentException.class, () -> new PatchSplit(0, 4));
  }
}

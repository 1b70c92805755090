package condgen.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {
  private final PrintStream console = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    Check.startCounting();
  }

  @AfterEach
  void restore() {
    System.setOut(console);
  }

  private String output() {
    return printed.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void thatPrintsTheErrorAndTheToleranceWhenTheClaimHolds() {
    Check.that("Euler's global error has slope 1", -0.044, 0.1);
    assertEquals("✓ Euler's global error has slope 1: error 0.044, tolerance 0.1", output());
    assertEquals(1, Check.passed());
  }

  @Test
  void thatHoldsExactlyAtTheTolerance() {
    Check.that("exact", 0, 0);
    Check.that("at the edge", 0.5, 0.5);
    assertThrows(CheckFailure.class, () -> Check.that("beyond", Math.nextUp(0.5), 0.5));
    assertEquals(2, Check.passed());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, -0.2, Double.NaN, Double.POSITIVE_INFINITY})
  void thatThrowsForALargeErrorAndForNaN(double error) {
    CheckFailure e = assertThrows(CheckFailure.class, () -> Check.that("claim", error, 0.1));
    assertEquals("✗ " + e.getMessage(), output());
    assertEquals("claim: error " + Check.text(Math.abs(error)) + ", tolerance 0.1", e.getMessage());
    assertEquals(0, Check.passed());
  }

  @Test
  void aNegativeToleranceOrNaNIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Check.that("claim", 0, -1));
    assertThrows(IllegalArgumentException.class, () -> Check.that("claim", 0, Double.NaN));
  }

  @Test
  void aFactHoldsOrThrows() {
    Check.that("the image comes back", true);
    assertEquals("✓ the image comes back: holds", output());
    assertThrows(CheckFailure.class, () -> Check.that("the image comes back", false));
  }

  @Test
  void equalComparesTwoNumbers() {
    Check.equal("x(1)", 5.80078125, 5.8008, 5e-5);
    assertEquals(
        "✓ x(1): measured 5.8008, expected 5.800781, error 1.875e-5, tolerance 5e-5", output());
    assertThrows(CheckFailure.class, () -> Check.equal("x(1)", 3 * Math.E, 5.436, 0.1));
    assertThrows(CheckFailure.class, () -> Check.equal("x(1)", 1, Double.NaN, 0.1));
    Check.equal("infinite", Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0);
  }

  @Test
  void equalComparesArraysByTheirLargestDifference() {
    try (Scope scope = Scope.open()) {
      NDArray a = Tensors.ofDoubles(1, 2, 3);
      Check.equal("arrays", a, Tensors.ofDoubles(1, 2.25, 2.5), 0.5);
      assertEquals("✓ arrays: largest error 0.5 of 3 numbers, tolerance 0.5", output());
      NDArray nan = Tensors.ofDoubles(1, Double.NaN, 3);
      assertThrows(CheckFailure.class, () -> Check.equal("nan", a, nan, 10));
      NDArray shorter = Tensors.ofDoubles(1, 2);
      CheckFailure e = assertThrows(CheckFailure.class, () -> Check.equal("s", a, shorter, 10));
      assertEquals("s: shape (2), expected shape (3)", e.getMessage());
    }
  }

  @Test
  void differsShowsThatAPrintedValueIsNotTheRightOne() {
    Check.differs("printed x(1)", 5.436, 3 * Math.E, 2.7);
    assertEquals("✓ printed x(1): 5.436 against 8.154845, apart by 2.719, at least 2.7", output());
    assertThrows(CheckFailure.class, () -> Check.differs("same", 1, 1, 0.1));
    assertThrows(CheckFailure.class, () -> Check.differs("nan", 1, Double.NaN, 0.1));
  }

  @Test
  void slopeOfAPowerIsItsExponent() {
    double[] x = {0.1, 0.2, 0.4};
    double[] y = {3 * 1e-4, 3 * 16e-4, 3 * 256e-4};
    assertEquals(4, Check.slope(x, y), 1e-12);
    Check.slope("order", 4, x, y, 0.1);
    assertThrows(CheckFailure.class, () -> Check.slope("order", 1, x, y, 0.1));
    assertThrows(CheckFailure.class, () -> Check.slope("order", 4, x, new double[3], 0.1));
    assertThrows(
        IllegalArgumentException.class, () -> Check.slope("order", 4, x, new double[2], 0.1));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0", "1,1", "8.154845485377136,8.155", "0.00123456,0.001235", "0.000123456,1.235e-4",
    "1e-12,1e-12", "-2.5e-9,-2.5e-9", "123456,123500", "1234567,1.235e6", "NaN,NaN",
    "Infinity,Infinity"
  })
  void textHasFourSignificantDigits(double value, String expected) {
    assertEquals(expected, Check.text(value));
  }
}

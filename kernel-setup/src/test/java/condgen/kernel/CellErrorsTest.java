package condgen.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reader is told of a cell that fails. Each test starts a kernel, so cells count from 1. */
class CellErrorsTest {
  private TestCells cells;

  @BeforeEach
  void start() {
    cells = new TestCells();
  }

  @AfterEach
  void stop() {
    cells.close();
  }

  @Test
  void exception_namesCellAndLineAndShowsTheSource() throws CellException {
    cells.run("int zero = 0;");
    CellException e = cells.fail("\n// c\nint one = 1;\n\n    one / zero");
    assertEquals("ArithmeticException", e.kind());
    assertEquals("/ by zero", e.getMessage());
    assertTrue(e.plainReport().contains("Cell 2, line 5\n        one / zero"), e.plainReport());
  }

  @Test
  void exception_inAMethodOfAnEarlierCell_namesBothCells() throws CellException {
    cells.run("int half(int n) {\n  return 10 / n;\n}");
    String report = cells.fail("int ok = 1;\nhalf(0)").plainReport();
    assertTrue(report.contains("at Cell 1, line 2 in half:  return 10 / n;"), report);
    assertTrue(report.contains("at Cell 2, line 2:  half(0)"), report);
    assertFalse(report.contains("JShell"), report);
    assertFalse(report.contains("condgen.kernel"), report);
  }

  @Test
  void exception_inALambdaOfALongStatement_namesItsOwnLine() {
    String report =
        cells
            .fail("List.of(1, 0)\n    .forEach(\n        n -> System.out.println(1 / n));")
            .plainReport();
    assertTrue(report.contains("Cell 1, line 3"), report);
  }

  @Test
  void exception_withCauses_keepsEveryOne() {
    String report =
        cells
            .fail(
                "throw new RuntimeException(\"outer\",\n"
                    + "    new IllegalStateException(\"middle\", new IOException(\"root\")));")
            .plainReport();
    assertTrue(report.contains("java.lang.RuntimeException: outer"), report);
    assertTrue(report.contains("Caused by: java.lang.IllegalStateException: middle"), report);
    assertTrue(report.contains("Caused by: java.io.IOException: root"), report);
  }

  @Test
  void exception_suppressedOnes_areNamed() {
    String report =
        cells
            .fail("var e = new Exception(\"a\");\ne.addSuppressed(new Exception(\"b\"));\nthrow e;")
            .plainReport();
    assertTrue(report.contains("Suppressed: java.lang.Exception: b"), report);
  }

  @Test
  void throwable_thatIsNeitherExceptionNorError_isNamed() {
    CellException e = cells.fail("throw new Throwable(\"neither\");");
    assertTrue(e.plainReport().contains("java.lang.Throwable: neither"), e.plainReport());
  }

  @Test
  void throwable_fromShowingAValue_isNamedAndTheNextCellRuns() throws CellException {
    cells.run(
        """
        class Odd {
          public String toString() { this.<RuntimeException>sneak(); return ""; }
          <T extends Throwable> void sneak() throws T { throw (T) new Throwable("odd"); }
        }""");
    String report = cells.fail("new Odd()").plainReport();
    assertTrue(report.contains("java.lang.Throwable: odd"), report);
    assertFalse(report.contains("ClassCastException"), report);
    assertEquals("2", cells.run("1 + 1"));
  }

  @Test
  void compileError_pointsAtTheColumn() {
    CellException e = cells.fail("int good = 1;\n  int bad = unknown(3);");
    assertEquals("CompilationException", e.kind());
    String expected =
        """
        Cell 1, line 2: cannot find symbol
              int bad = unknown(3);
                        ^^^^^^^""";
    assertTrue(e.plainReport().startsWith(expected), e.plainReport());
    assertTrue(e.plainReport().contains("symbol:   method unknown(int)"), e.plainReport());
  }

  @Test
  void incompleteStatement_saysSo() {
    String report = cells.fail("int a = 1;\nfor (int i = 0; i < 3; i++) {\n  a++;").plainReport();
    assertTrue(report.contains("Cell 1, line 3: the code ends before"), report);
  }

  @Test
  void failure_inTheMiddle_stopsTheCellAndKeepsWhatWasBefore() throws CellException {
    cells.fail("int before = 1;\nint broken = 1 / 0;\nint after = 2;");
    assertEquals("1", cells.run("before"));
    assertTrue(cells.fail("after").getMessage().contains("cannot find symbol"));
  }

  @Test
  void typeWithUnknownName_isAnErrorAtTheEndOfTheCell() {
    String report = cells.fail("class Holder { Missing m; }\nint next = 1;").plainReport();
    assertTrue(report.contains("type Holder uses class Missing"), report);
  }

  @Test
  void errors_doNotEndTheKernel() throws CellException {
    assertEquals(
        "StackOverflowError",
        cells.fail("int deep(int n) { return deep(n) + 1; }\ndeep(1)").kind());
    assertEquals(
        "OutOfMemoryError", cells.fail("long[][] big = new long[1 << 30][1 << 30];").kind());
    CellException inInitializer = cells.fail("class Bad { static int v = 1 / 0; }\nBad.v");
    assertEquals("ExceptionInInitializerError", inInitializer.kind());
    assertTrue(inInitializer.plainReport().contains("Caused by: java.lang.ArithmeticException"));
    assertEquals("2", cells.run("1 + 1"));
  }

  @Test
  void valueThatCannotBeShown_isAnErrorOfTheCell() throws CellException {
    CellException e =
        cells.fail(
            "class Mute { public String toString() { throw new IllegalStateException(\"no\"); } }\n"
                + "new Mute()");
    assertEquals("IllegalStateException", e.kind());
    assertEquals("2", cells.run("1 + 1"));
  }

  @Test
  void unknownMagic_namesTheKnownOnes() {
    String report = cells.fail("int a = 1;\n%nonsense x").plainReport();
    assertTrue(report.contains("there is no command %nonsense; there are "), report);
    assertTrue(report.contains("%maven"), report);
    assertTrue(report.contains("Cell 1, line 2"), report);
  }

  @Test
  void loadedCode_isNamedAsSuch() {
    String report = cells.fail("int a = 1;\neval(\"int b = 1;\\nb / 0\")").plainReport();
    assertTrue(report.contains("Code evaluated by cell 1, line 2"), report);
  }
}

package condgen.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cells evaluate to, print and show. */
class CellsTest {
  private static TestCells cells;

  @BeforeAll
  static void start() {
    cells = new TestCells();
  }

  @AfterAll
  static void stop() {
    cells.close();
  }

  @Test
  void run_expression_hasItsValue() throws CellException {
    assertEquals("42", cells.run("6 * 7"));
  }

  @Test
  void run_severalStatements_lastExpressionIsTheValue() throws CellException {
    assertEquals(
        "11", cells.run("int first = 5;\n\n// a comment\nint second = 6;\nfirst + second"));
  }

  @Test
  void run_declarationAssignmentOrVoidCall_hasNoValue() throws CellException {
    assertNull(cells.run("int declared = 5;"));
    assertNull(cells.run("declared = 6"));
    assertNull(cells.run("System.out.println(declared)"));
    assertEquals("6\n", cells.printed());
    assertNull(cells.run("// nothing but a comment"));
    assertNull(cells.run(""));
  }

  @Test
  void run_defaultImports_areThoseOfIjava() throws CellException {
    assertEquals(
        "[1, 2] 3 x",
        cells.run(
            "List.of(1, 2) + \" \" + new BigInteger(\"3\") + \" \" + Pattern.compile(\"x\")"));
    assertTrue(cells.fail("Function<Integer, Integer> f = null;").getMessage().contains("symbol"));
  }

  @Test
  void run_forwardReferencesInOneCell_areResolved() throws CellException {
    assertEquals(
        "true",
        cells.run(
            """
            boolean isEven(int n) { return n == 0 || isOdd(n - 1); }
            boolean isOdd(int n) { return n != 0 && isEven(n - 1); }
            isEven(10)"""));
    assertEquals("", cells.printed());
  }

  @Test
  void run_methodThatUsesALaterCell_runsOnceThatIsThere() throws CellException {
    cells.run("int caller() { return calledLater() + 1; }");
    assertTrue(cells.printed().contains("can run once this is declared: method calledLater()"));
    assertTrue(cells.fail("caller()").plainReport().contains("method calledLater()"));
    cells.run("int calledLater() { return 4; }");
    assertEquals("5", cells.run("caller()"));
  }

  @Test
  void run_bothStreams_arriveInOrder() throws CellException {
    cells.run("System.out.print(\"é\"); System.err.print(\"to err\"); System.out.println(\"b\");");
    assertEquals(3, cells.outputs().size());
    assertEquals("éto errb\n", cells.printed());
    assertEquals("stderr", cells.outputs().get(1).get("name").getAsString());
  }

  @Test
  void display_thenUpdateFromAnotherThread_showsTheLastState() throws CellException {
    cells.run(
        """
        String shownId = display("<b>before</b>", "text/html");
        Thread updater = new Thread(() -> updateDisplay(shownId, "<b>after</b>", "text/html"));
        updater.start();
        updater.join();""");
    assertEquals(1, cells.outputs().size());
    JsonObject data = cells.outputs().get(0).getAsJsonObject("data");
    assertEquals("<b>after</b>", data.get("text/html").getAsString());
  }

  @Test
  void display_markdownLatexAndSvg_keepTheirType() throws CellException {
    cells.run(
        """
        display("# title", "text/markdown");
        display("$x$", "text/latex");
        display("<svg/>", "image/svg+xml");""");
    assertTrue(cells.outputs().get(0).getAsJsonObject("data").has("text/markdown"));
    assertTrue(cells.outputs().get(1).getAsJsonObject("data").has("text/latex"));
    assertTrue(cells.outputs().get(2).getAsJsonObject("data").has("image/svg+xml"));
  }

  @Test
  void getKernelInstance_inACell_isThisKernel() throws CellException {
    cells.run("var instance = getKernelInstance();");
    assertSame(cells.kernel, Kernel.getKernelInstance());
    assertEquals("true", cells.run("instance == getKernelInstance()"));
  }

  @Test
  void eval_insideACell_seesAndDeclaresVariables() throws CellException {
    assertEquals("8", cells.run("int outer = 7;\neval(\"int inner = outer + 1; inner\")"));
    assertEquals("8", cells.run("inner"));
  }

  @Test
  void time_lineAndCell_printTheTimeAndKeepTheValue() throws CellException {
    assertEquals("3", cells.run("%time int timed = 3;\ntimed"));
    assertTrue(cells.printed().startsWith("time "), cells.printed());
    assertEquals("4", cells.run("%%time\ntimed + 1"));
    assertTrue(cells.printed().startsWith("time "), cells.printed());
  }

  @Test
  void load_scriptAndNotebook_areEvaluated(@TempDir Path directory) throws Exception {
    Path script = Files.writeString(directory.resolve("script.jsh"), "int fromScript = 12;");
    assertEquals("12", cells.run("%load " + script + "\nfromScript"));
  }

  @Test
  void jars_directoryOfClasses_canBeUsed(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("note.txt"), "found");
    assertEquals(
        "found",
        cells.run(
            "%classpath "
                + directory
                + "\nvar loader = Thread.currentThread().getContextClassLoader();"
                + "\nnew String(loader.getResourceAsStream(\"note.txt\").readAllBytes())"));
  }

  @Test
  void run_manyCells_stayOnOneThread() throws CellException {
    String thread = cells.run("Thread.currentThread().getId()");
    cells.fail("throw new Error(\"an error, not an exception\");");
    assertEquals(thread, cells.run("Thread.currentThread().getId()"));
  }
}

package condgen.thesis.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import condgen.fixture.index.Annotated;
import condgen.fixture.index.WronglyAnnotated;
import condgen.thesis.Ledger;
import condgen.thesis.LedgerEntry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EquationIndexTest {
  private final EquationIndex index = new EquationIndex(Ledger.thesis());

  private static List<AnnotatedCode> annotated(Class<?> type) {
    return AnnotatedCode.in(new ClassFileImporter().importClasses(type));
  }

  @Test
  void markdownHasOneRowForEachEntryOfTheLedger() {
    List<String> lines = index.markdown().lines().toList();
    for (LedgerEntry entry : Ledger.thesis().entries()) {
      String row = "| " + entry.number() + " |  |  |  | " + entry.verdict().label() + " |";
      assertEquals(1, lines.stream().filter(row::equals).count(), row);
    }
    assertTrue(lines.contains("| all | 326 | 0 | 0 | 0 | 65 | 35 |"));
  }

  @Test
  void annotatedTypesConstructorsAndMethodsAppearInTheirRows() {
    index.addCode(annotated(Annotated.class));
    String text = index.markdown();
    assertTrue(text.contains("| 2.1.1 | fixture.index.Annotated |  |  | ok |"), text);
    assertTrue(text.contains("| 2.1.3 | fixture.index.Annotated#new |  |  | ok |"), text);
    assertTrue(text.contains("| 2.1.9 | fixture.index.Annotated#step |  |  | ok |"), text);
    assertTrue(text.contains("| tab4.1 | fixture.index.Annotated#step |  |  | ok |"), text);
    assertTrue(text.contains("| all | 326 | 4 | 0 | 0 | 65 | 35 |"), text);
    assertEquals(List.of(), index.problems());
  }

  @Test
  void onlyTestsThatPassedCount() {
    List<AnnotatedCode> tests = List.of(new AnnotatedCode("ode.EulerTest#step", List.of("2.1.9")));
    index.addTests(tests, Map.of());
    assertTrue(index.markdown().contains("| 2.1.9 |  |  |  | ok |"));
    index.addTests(tests, Map.of("2.1.9", Set.of("ode.EulerTest#step")));
    assertTrue(index.markdown().contains("| 2.1.9 |  | ode.EulerTest#step |  | ok |"));
  }

  @Test
  void aNumberedEquationIsExecutedWhenItHasAPassedTestAndCodeOrACell() {
    List<AnnotatedCode> places =
        List.of(new AnnotatedCode("ode.A", List.of("2.1.9", "2.1-text-flow", "2.1.15")));
    index.addCode(places);
    assertEquals("", index.executed());
    Set<String> test = Set.of("ode.ATest#step");
    index.addTests(places, Map.of("2.1.9", test, "2.1-text-flow", test, "2.1.10", test));
    assertEquals("chapter 2: 1/117 executed", index.executed().strip());
    index.addTags(NotebookTag.in("02-background", notebook("\\\\tag{2.1.10}")));
    assertEquals("chapter 2: 2/117 executed", index.executed().strip());
  }

  @Test
  void theOrderOfAdditionsDoesNotMatter() {
    List<AnnotatedCode> code =
        List.of(
            new AnnotatedCode("ode.B", List.of("2.1.9")),
            new AnnotatedCode("ode.A", List.of("2.1.9")));
    index.addCode(code);
    EquationIndex other = new EquationIndex(Ledger.thesis());
    other.addCode(List.of(code.get(1), code.get(0)));
    assertEquals(index.markdown(), other.markdown());
    assertTrue(index.markdown().contains("| 2.1.9 | ode.A, ode.B |"));
  }

  @Test
  void wrongAnnotationsAreProblems() {
    index.addCode(annotated(WronglyAnnotated.class));
    String problems = String.join("\n", index.problems());
    assertEquals(3, index.problems().size(), problems);
    assertTrue(problems.contains("WronglyAnnotated#five: @Equation names 5 numbers"), problems);
    assertTrue(problems.contains("WronglyAnnotated#none: @Equation names 0 numbers"), problems);
    assertTrue(problems.contains("#unknown: @Equation(\"2.1.99\") is not in the ledger"), problems);
  }

  @Test
  void notebookTagsAppearWithTheNextCodeCell() {
    index.addTags(NotebookTag.in("02-background", notebook("\\\\tag{2.1.9} and \\\\tag{2.1.15}")));
    String text = index.markdown();
    assertTrue(text.contains("| 2.1.9 |  |  | 02-background#euler | ok |"), text);
    assertTrue(text.contains("| 2.1.15 |  |  | 02-background#euler | ok |"), text);
    assertEquals(List.of(), index.problems());
  }

  @Test
  void aTagThatTheLedgerLacksIsAProblem() {
    index.addTags(NotebookTag.in("02-background", notebook("\\\\tag{2.9.9}")));
    assertEquals(
        List.of("02-background, cell prose: \\tag{2.9.9} is not in the ledger"), index.problems());
  }

  @Test
  void aTagThatNoCodeFollowsIsAProblem() {
    String json =
        """
        {"cells": [{"cell_type": "markdown", "source": ["$x$\\n", "\\\\tag{2.1.9}"]}]}
        """;
    index.addTags(NotebookTag.in("02-background", json));
    assertEquals(
        List.of("02-background, cell cell-1: no code cell follows \\tag{2.1.9}"), index.problems());
  }

  private static String notebook(String prose) {
    return """
    {"cells": [
      {"cell_type": "code", "id": "imports", "source": ["int a = 1;"]},
      {"cell_type": "markdown", "id": "prose", "source": "%s"},
      {"cell_type": "markdown", "id": "more", "source": "text"},
      {"cell_type": "code", "id": "euler", "source": ["int b = 1; // \\\\tag{7.2.1}"]}
    ]}
    """
        .formatted(prose);
  }
}

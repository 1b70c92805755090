package condgen.thesis.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import condgen.fixture.index.Annotated;
import condgen.fixture.index.AnnotatedSample;
import condgen.fixture.index.WronglyAnnotated;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EquationIndexCheckTest {
  @TempDir Path project;
  private Path module;
  private EquationIndexCheck check;

  @BeforeEach
  void aModuleWithOneAnnotatedClassAndOneAnnotatedTest() throws IOException {
    module = project.resolve("toolkit");
    check = new EquationIndexCheck(module, "this build");
    copy(Annotated.class, "target/classes");
    copy(AnnotatedSample.class, "target/test-classes");
  }

  private void copy(Class<?> type, String folder) throws IOException {
    Path target = Files.createDirectories(module.resolve(folder));
    Path file = target.resolve(type.getSimpleName() + ".class");
    try (InputStream bytes = type.getResourceAsStream(type.getSimpleName() + ".class")) {
      Files.copy(bytes, file);
    }
  }

  private void record(String build) throws IOException {
    TestRecord record = new TestRecord();
    record.add("fixture.index.AnnotatedSample#passes", Set.of("2.1.9", "2.1.10"), true);
    for (String other : List.of("fails", "isSkipped", "failsForOneOfItsValues")) {
      record.add("fixture.index.AnnotatedSample#" + other, Set.of("2.1.15"), false);
    }
    record.write(module.resolve("target/equations-tested.tsv"), build);
  }

  private Path file() {
    return module.resolve("EQUATIONS.md");
  }

  @Test
  void updateWritesTheFileThatTheNextCheckAccepts() throws IOException {
    record("this build");
    assertTrue(check.run(true).startsWith("wrote "));
    String row =
        "| 2.1.9 | fixture.index.Annotated#step | fixture.index.AnnotatedSample#passes |  | ok |";
    assertTrue(Files.readString(file()).contains(row));
    assertEquals(
        List.of("EQUATIONS.md is up to date", "  chapter 2: 1/117 executed"),
        check.run(false).lines().toList());
  }

  @Test
  void aStaleFileFailsWithTheLineAndTheCommand() throws IOException {
    record("this build");
    check.run(true);
    Files.writeString(file(), Files.readString(file()).replace("Annotated#step", "Other#step"));
    Exception e = assertThrows(IllegalStateException.class, () -> check.run(false));
    assertTrue(e.getMessage().contains("should be '| 2.1.9 | fixture.index.Annotated#step"));
    assertTrue(e.getMessage().contains("mvn -q verify -pl toolkit -am -Dequations.update"));
  }

  @Test
  void aMissingFileAndSurplusLinesFail() throws IOException {
    record("this build");
    Exception missing = assertThrows(IllegalStateException.class, () -> check.run(false));
    assertTrue(missing.getMessage().contains("is missing"), missing.getMessage());
    check.run(true);
    Files.writeString(file(), Files.readString(file()) + "one more\n");
    Exception surplus = assertThrows(IllegalStateException.class, () -> check.run(false));
    assertTrue(surplus.getMessage().contains("1 lines too many"), surplus.getMessage());
  }

  @Test
  void aBuildThatDidNotRunAllAnnotatedSampleNeitherChecksNorWrites() throws IOException {
    String skipped =
        "EQUATIONS.md neither checked nor written: of the tests with @Equation 4 did not run in this"
            + " build, such as fixture.index.AnnotatedSample#fails";
    assertEquals(skipped, check.run(false));
    record("an earlier build");
    assertEquals(skipped, check.run(true));
    assertFalse(Files.exists(file()));
  }

  @Test
  void aWrongAnnotationFailsEvenWhenTestsWereFiltered() throws IOException {
    copy(WronglyAnnotated.class, "target/classes");
    Exception e = assertThrows(IllegalStateException.class, () -> check.run(true));
    assertTrue(e.getMessage().contains("@Equation(\"2.1.99\") is not in the ledger"));
    assertFalse(Files.exists(file()));
  }

  @Test
  void aNotebookThatCitesAnUnknownNumberFails() throws IOException {
    Path notebooks = Files.createDirectories(project.resolve("notebooks"));
    String json =
        """
        {"cells": [{"cell_type": "markdown", "id": "m", "source": "\\\\tag{2.1.99}"},
                   {"cell_type": "code", "id": "c", "source": ""}]}
        """;
    Files.writeString(notebooks.resolve("02-background.ipynb"), json);
    Exception e = assertThrows(IllegalStateException.class, () -> check.run(false));
    assertEquals("02-background, cell m: \\tag{2.1.99} is not in the ledger", e.getMessage());
  }
}

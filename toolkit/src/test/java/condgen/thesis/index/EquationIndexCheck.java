package condgen.thesis.index;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import condgen.thesis.Ledger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Runs after the tests of a build: makes {@code EQUATIONS.md} from what it finds and fails the
 * build if the committed file differs, an annotation names an unknown number or a notebook cites
 * one.
 *
 * <p>When not all tests that carry {@code @Equation} ran in this build (they were filtered or
 * skipped), the file can be neither checked nor written; a printed line says so.
 */
public final class EquationIndexCheck {
  private static final String UPDATE = "mvn -q verify -pl toolkit -am -Dequations.update";

  private final Path module;
  private final String build;

  /**
   * Prepares a check.
   *
   * @param module the folder of the toolkit, with {@code target} and {@code EQUATIONS.md}
   * @param build the name of this build, as given to {@link EquationListener}
   */
  EquationIndexCheck(Path module, String build) {
    this.module = module;
    this.build = build;
  }

  /**
   * Called by the Maven build.
   *
   * @param arguments the toolkit's folder, the name of the build; the system property {@code
   *     equations.update} asks to write the file instead of comparing
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] arguments) throws IOException {
    EquationIndexCheck check = new EquationIndexCheck(Path.of(arguments[0]), arguments[1]);
    System.out.println(check.run(System.getProperty("equations.update") != null));
  }

  /**
   * Compares or writes the file.
   *
   * @return what was done, and how many numbered equations of each chapter are executed
   * @throws IllegalStateException if the file is out of date or an annotation or tag is wrong
   */
  String run(boolean update) throws IOException {
    Collection<AnnotatedCode> code = annotated("target/classes");
    Collection<AnnotatedCode> tests = annotated("target/test-classes");
    TestRecord record = TestRecord.read(module.resolve("target/equations-tested.tsv"), build);

    EquationIndex index = new EquationIndex(Ledger.thesis());
    index.addCode(code);
    index.addTests(tests, record.testsByNumber());
    index.addTags(NotebookTag.inFolder(module.resolveSibling("notebooks")));
    if (!index.problems().isEmpty()) {
      throw new IllegalStateException(String.join(System.lineSeparator(), index.problems()));
    }

    TreeSet<String> missing = new TreeSet<>(tests.stream().map(AnnotatedCode::name).toList());
    missing.removeAll(record.ran());
    if (!missing.isEmpty()) {
      return "EQUATIONS.md neither checked nor written: of the tests with @Equation "
          + missing.size()
          + " did not run in this build, such as "
          + missing.first();
    }
    return (update ? write(index.markdown()) : compare(index.markdown())) + index.executed();
  }

  private Collection<AnnotatedCode> annotated(String classes) {
    return AnnotatedCode.in(
        new ClassFileImporter()
            .withImportOption(location -> !location.contains("/condgen/fixture/"))
            .importPath(module.resolve(classes)));
  }

  private String write(String text) throws IOException {
    Path file = module.resolve("EQUATIONS.md");
    Files.writeString(file, text, StandardCharsets.UTF_8);
    return "wrote " + file;
  }

  private String compare(String text) throws IOException {
    Path file = module.resolve("EQUATIONS.md");
    List<String> expected = text.lines().toList();
    List<String> found =
        Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
    if (!expected.equals(found)) {
      throw new IllegalStateException(
          file
              + " is out of date"
              + firstDifference(expected, found)
              + "; write it anew with: "
              + UPDATE);
    }
    return "EQUATIONS.md is up to date";
  }

  private static String firstDifference(List<String> expected, List<String> found) {
    for (int i = 0; i < expected.size(); i++) {
      if (i >= found.size() || !expected.get(i).equals(found.get(i))) {
        return " (line "
            + (i + 1)
            + " should be '"
            + expected.get(i)
            + "' and is "
            + (i < found.size() ? "'" + found.get(i) + "'" : "missing")
            + ")";
      }
    }
    return " (" + (found.size() - expected.size()) + " lines too many)";
  }
}

package condgen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import condgen.architecture.Rules;
import condgen.architecture.SourceRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The library keeps the rules of its design, and all modules those of their sources. */
class ArchitectureTest {
  private static final String ROOT = "condgen";
  private static JavaClasses library;

  @BeforeAll
  static void readTheLibrary() {
    library = new ClassFileImporter().importPath(Path.of("target/classes"));
  }

  static Stream<ArchRule> rules() {
    return Stream.of(
        Rules.layers(ROOT),
        Rules.noCycles(ROOT),
        Rules.engineOnlyInTensor(ROOT),
        Rules.readBacksOnlyAtTheBorders(ROOT),
        Rules.kernelOnlyInNotebook(ROOT),
        Rules.namesSayIdeas());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theLibraryKeepsTheRule(ArchRule rule) {
    rule.check(library);
  }

  /** Notebooks import whole packages, so a name that two of them have cannot be used there. */
  @Test
  void publicClassesHaveNamesOfTheirOwn() {
    Map<String, Long> counts =
        library.stream()
            .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC) && c.isTopLevelClass())
            .collect(Collectors.groupingBy(JavaClass::getSimpleName, Collectors.counting()));
    counts.values().removeIf(n -> n == 1);
    assertEquals(Map.of(), counts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data-downloaders", "toolkit", "kernel-setup"})
  void theSourcesOfAModuleAreShortAndDocumented(String module) {
    Path sources = Path.of("..", module, "src/main/java");
    assertEquals(List.of(), SourceRules.tooLong(sources));
    assertEquals(List.of(), SourceRules.packagesWithoutInfo(sources));
    assertEquals(List.of(), SourceRules.publicWithoutJavadoc(sources));
  }
}

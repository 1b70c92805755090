package condgen.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceRulesTest {
  @TempDir Path sources;

  private Path write(String name, String text) throws IOException {
    Path file = sources.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void tooLongFindsTheFileAboveTheLimit() throws IOException {
    write("a/Short.java", "\n".repeat(SourceRules.MOST_LINES));
    Path longer = write("a/Longer.java", "\n".repeat(SourceRules.MOST_LINES + 1));
    assertEquals(
        List.of(longer + " has " + (SourceRules.MOST_LINES + 1) + " lines"),
        SourceRules.tooLong(sources));
  }

  @Test
  void packagesWithoutInfoFindsTheMissingAndTheEmpty() throws IOException {
    write("good/A.java", "package good;");
    write("good/package-info.java", "/** " + "What it is for. ".repeat(6) + "*/\npackage good;");
    write("empty/A.java", "package empty;");
    write("empty/package-info.java", "package empty;");
    write("missing/A.java", "package missing;");
    List<String> found = SourceRules.packagesWithoutInfo(sources);
    assertEquals(2, found.size());
    assertTrue(found.get(0).startsWith(sources.resolve("empty").toString()));
    assertTrue(found.get(1).startsWith(sources.resolve("missing").toString()));
  }

  @Test
  void publicWithoutJavadocFindsTypesMethodsAndInterfaceMembers() throws IOException {
    write(
        "p/Shape.java",
        """
        package p;
        /** Said. */
        public interface Shape {
          double area();
          /** Said. */
          double length();
          /** Said. */
          record Square(double side) implements Shape {
            public Square { }
            @Override public double area() { return side * side; }
            @Override public double length() { return 4 * side; }
            void inner() { }
            public void outer() { }
          }
        }
        """);
    write("p/Bare.java", "package p; public class Bare { int x; }");
    write("p/Hidden.java", "package p; class Hidden { public void go() { } }");
    List<String> found = SourceRules.publicWithoutJavadoc(sources);
    List<String> names = found.stream().map(text -> text.replaceAll(".*: ", "")).toList();
    assertEquals(List.of("Bare", "Shape#area", "Square#outer"), names);
  }
}

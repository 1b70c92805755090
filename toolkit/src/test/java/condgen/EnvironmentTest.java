package condgen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** {@code environment.yml} gives conda users what the build needs. */
class EnvironmentTest {
  private static final Path PROJECT = Path.of("..");
  private static Map<String, Object> environment;

  @BeforeAll
  static void parse() throws IOException {
    try (Reader reader = Files.newBufferedReader(PROJECT.resolve("environment.yml"))) {
      environment = new Yaml().load(reader);
    }
  }

  private static List<String> packages() {
    return ((List<?>) environment.get("dependencies")).stream().map(Object::toString).toList();
  }

  private static String version(String name) {
    Pattern spec = Pattern.compile(name + "\\s*[=>]+\\s*(\\d+).*");
    return packages().stream()
        .map(spec::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .findFirst()
        .orElse("absent");
  }

  @Test
  void theJdkIsTheReleaseThatThePomCompilesFor() throws Exception {
    String release =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(PROJECT.resolve("pom.xml").toFile())
            .getElementsByTagName("maven.compiler.release")
            .item(0)
            .getTextContent();
    assertEquals(release, version("openjdk"));
    assertTrue(packages().contains("openjdk=" + release + ".*"), "pinned to one release");
  }

  @Test
  void jupyterAndMavenAreInTheEnvironment() {
    assertEquals("condgen", environment.get("name"));
    assertEquals(List.of("conda-forge"), environment.get("channels"));
    assertEquals("4", version("jupyterlab"));
    assertEquals("3", version("maven"));
  }
}

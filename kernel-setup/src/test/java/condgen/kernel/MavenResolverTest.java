package condgen.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MavenResolverTest {
  @Test
  void dependency_coordinates_becomeElements() {
    assertEquals(
        "<dependency><groupId>g</groupId><artifactId>a</artifactId><version>1</version></dependency>",
        MavenResolver.dependency("g:a:1"));
    String withClassifier = MavenResolver.dependency("g:a:jar:linux:1");
    assertTrue(withClassifier.contains("<type>jar</type><classifier>linux</classifier>"));
    assertThrows(IllegalArgumentException.class, () -> MavenResolver.dependency("g:a"));
  }

  @Test
  void goal_hasTheVersionOfThePom() throws IOException {
    String goal = MavenResolver.goal();
    assertTrue(goal.matches("org\\.apache\\.maven\\.plugins:[a-z-]+:\\d[\\d.]+:[a-z-]+"), goal);
  }

  @Test
  void wholePom_addsWhatIsMissing() {
    MavenResolver maven = new MavenResolver();
    maven.addRepository("lab", "https://example.org/maven");
    String pom = maven.wholePom("<dependency><groupId>g</groupId></dependency>");
    assertTrue(pom.contains("<dependencies><dependency><groupId>g</groupId>"), pom);
    assertTrue(pom.contains("<url>https://example.org/maven</url>"), pom);
    assertEquals("<project>whole</project>", maven.wholePom("<project>whole</project>"));
  }
}

package condgen.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryPathTest {
  private final EntryPath paths = new EntryPath("films.zip");

  @ParameterizedTest
  @CsvSource({
    "./a/b, a/b",
    "a//b, a/b",
    "a/./b, a/b",
    "././a, a",
    "a\\b, a/b",
    ".hidden/a.b, .hidden/a.b"
  })
  void relative_hasNoIdleSteps(String name, String path) throws Exception {
    assertEquals(path, paths.relative(name));
  }

  @ParameterizedTest
  @CsvSource({
    "a/b.avi, a/b.avi",
    "a/b.avi, a//b.avi",
    "a/b.avi, a/./b.avi",
    "a/b.avi, A/B.AVI",
    "a, a/b.avi",
    "a/b.avi, a",
    "A/b, a/b/c",
    "a/b/c/d, A/B"
  })
  void once_refusesWhatCannotLieBesideAnother(String first, String second) throws Exception {
    paths.once(first);
    String message = assertThrows(FetchException.class, () -> paths.once(second)).getMessage();
    assertTrue(
        message.startsWith("films.zip is refused") && message.contains("have one path"), message);
  }

  @Test
  void once_accentsInTwoFormsAreOneName() throws Exception {
    paths.once("caf\u00e9.avi");
    assertThrows(FetchException.class, () -> paths.once("cafe\u0301.avi"));
  }

  @Test
  void once_takesNeighboursInOneDirectory() throws Exception {
    for (String name : new String[] {"a/b/c", "a/b/d", "a/e", "ab/c", "a/bc"}) {
      assertEquals(name, paths.once(name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a/", "a/.", "./", ".contents.sha256", "./.Contents.SHA256"})
  void once_refusesWhatIsNoName(String name) {
    assertThrows(FetchException.class, () -> paths.once(name));
  }

  @Test
  void once_refusesMoreFilesThanAnySetHas() throws Exception {
    for (int i : IntStream.range(0, EntryPath.MOST_FILES).toArray()) {
      paths.once(Integer.toString(i));
    }
    String message = assertThrows(FetchException.class, () -> paths.once("x")).getMessage();
    assertEquals("films.zip is refused: it has more than 200,000 files", message);
  }
}

package condgen.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestEntryTest {
  private static final String HASH = "ab".repeat(32);

  @TempDir Path root;

  private static String entry(String id, String gate, String file) {
    return """
        {"id": "%s", "title": "Mine", "gate": "%s", "licence": "CC0", "terms": "", "citation": "",
         "files": [%s]}
        """
        .formatted(id, gate, file);
  }

  private static DataSet read(String json) throws IOException {
    return ManifestEntry.read(new StringReader(json), "mine.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'name': '../x'} | must have a plain \"name\" for each file, but has ../x",
        "{'name': 'x.part'} | must have a plain \"name\"",
        "{'name': 'drop'} | must have a plain \"name\"",
        "{'name': 'x'}, {'name': 'x'} | has two files x",
        "{'name': 'x', 'download': {'name': 'a/b', 'urls': []}} | plain name for the download",
        "{'name': 'x', 'archive': {'format': 'arj'}} | must have the format of archive x",
        "{'name': 'x', 'archive': {'format': 'zip', 'directory': '..'}} | a plain directory",
        "{'name': 'x', 'archive': {'format': 'zip', 'directory': 'x'}} | a plain directory",
        "{'name': 'x', 'archive': {'format': 'zip', 'counts': {'[': 1}}} | has a wrong glob '['",
        "{'name': 'x', 'content': {'bytes': 'many'}} | is no entry of the manifest",
        "{'name': 'x', 'download': {'name': 'x', 'also': [{'name': 'y'}]}} | a hash of x itself",
      })
  void wrongFiles_areNamed(String files, String part) {
    String json = entry("mine", "none", files.replace('\'', '"'));
    String message = assertThrows(FetchException.class, () -> read(json)).getMessage();
    assertTrue(message.startsWith("mine.json ") && message.contains(part), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'name': 'x'} | plain name of its own",
        "{'name': 'y', 'member': 'a/y'} | alone",
        "{'name': 'y', 'also': [{'name': 'z'}]} | alone",
        "{'name': 'y'}, {'name': 'y'} | plain name of its own",
      })
  void wrongOtherPackings_areNamed(String also, String part) {
    String file =
        "{'name': 'x', 'content': {'sha256': '%s'}, 'download': {'name': 'x', 'also': [%s]}}"
            .formatted(HASH, also);
    String json = entry("mine", "none", file.replace('\'', '"'));
    String message = assertThrows(FetchException.class, () -> read(json)).getMessage();
    assertTrue(message.contains(part), message);
  }

  @ParameterizedTest
  @CsvSource({"a/b, none, plain name", "mine, open, \"gate\"", "mine, login, how to log in"})
  void wrongHeads_areNamed(String id, String gate, String part) {
    String message =
        assertThrows(FetchException.class, () -> read(entry(id, gate, "{\"name\": \"x\"}")))
            .getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void emptyAndCutEntries_areRefused() {
    assertThrows(FetchException.class, () -> read(""));
    assertThrows(FetchException.class, () -> read("null"));
    assertThrows(FetchException.class, () -> read("[]"));
    assertThrows(FetchException.class, () -> read("{\"id\": \"mine\", "));
    assertThrows(FetchException.class, () -> read(entry("mine", "none", "")));
  }

  private Path own(String name, String json) throws IOException {
    return Files.writeString(
        Files.createDirectories(root.resolve(Manifest.DIRECTORY)).resolve(name), json);
  }

  @Test
  void ownEntry_isFoundWithoutCodeOrList() throws Exception {
    own("b.json", entry("zebra", "none", "{\"name\": \"x\"}"));
    own("a.json", entry("mine", "none", "{\"name\": \"x\"}"));
    own("note.txt", "not an entry");
    Manifest manifest = Manifest.with(DataCache.at(root));
    int known = Manifest.standard().ids().size();
    assertEquals(List.of("mine", "zebra"), manifest.ids().subList(known, known + 2));
    assertEquals(Kind.OTHER, manifest.get("mine").kind());
  }

  @Test
  void ownEntryWithTheNameOfAnother_isRefused() throws Exception {
    Path file = own("mine.json", entry("mnist", "none", "{\"name\": \"x\"}"));
    String message =
        assertThrows(FetchException.class, () -> Manifest.with(DataCache.at(root))).getMessage();
    assertEquals(file + " has the id 'mnist' of another entry", message);
  }

  @Test
  void damagedOwnEntry_isNamed() throws Exception {
    Path file = own("mine.json", "{");
    String message =
        assertThrows(FetchException.class, () -> Manifest.with(DataCache.at(root))).getMessage();
    assertTrue(message.startsWith(file.toString()), message);
  }
}

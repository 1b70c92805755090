package condgen.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataCacheTest {
  @TempDir Path home;

  private Path root(String os, Map<String, String> environment) {
    return DataCache.from(environment, os, home).root();
  }

  @Test
  void standard_variableSet_isUsedAsItIs() {
    Path chosen = home.resolve("elsewhere");
    assertEquals(chosen, root("Linux", Map.of("CONDGEN_DATA", chosen.toString())));
  }

  @Test
  void standard_nothingSet_isTheUsersCacheDirectory() {
    assertEquals(home.resolve(".cache/condgen"), root("Linux", Map.of("CONDGEN_DATA", " ")));
    assertEquals(home.resolve("Library/Caches/condgen"), root("Mac OS X", Map.of()));
    assertEquals(home.resolve("AppData/Local/condgen"), root("Windows 11", Map.of()));
    String local = home.resolve("L").toString();
    assertEquals(home.resolve("L/condgen"), root("Windows 11", Map.of("LOCALAPPDATA", local)));
    assertEquals(home.resolve("L/condgen"), root("Linux", Map.of("XDG_CACHE_HOME", local)));
  }

  @Test
  void require_plainAndZipped_prefersThePlainFile() throws Exception {
    DataCache cache = DataCache.at(home);
    Path zipped = Files.createDirectories(cache.directory("mnist")).resolve("digits.gz");
    Files.write(zipped, new byte[1]);
    assertEquals(zipped, cache.require("mnist", "digits"));
    Path plain = Files.write(cache.directory("mnist").resolve("digits"), new byte[1]);
    assertEquals(plain, cache.require("mnist", "digits"));
  }

  @Test
  void require_missing_saysWhatWhereAndHow() {
    String message =
        assertThrows(
                MissingDataException.class, () -> DataCache.at(home).require("mnist", "digits"))
            .getMessage();
    assertTrue(message.contains("file digits of data set mnist"), message);
    assertTrue(message.contains(home.resolve("mnist").resolve("digits").toString()), message);
    assertTrue(message.endsWith("data-downloaders/fetch mnist"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../mnist", "a/b", "a\\b", "/etc", "C:x", ".hidden"})
  void directory_nameThatLeavesTheCache_isRefused(String name) {
    DataCache cache = DataCache.at(home);
    assertThrows(IllegalArgumentException.class, () -> cache.directory(name));
    assertThrows(IllegalArgumentException.class, () -> cache.require("mnist", name));
  }
}

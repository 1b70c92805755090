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

  private static String missing(DataCache cache, String set, String file) {
    return assertThrows(MissingDataException.class, () -> cache.require(set, file)).getMessage();
  }

  @Test
  void require_missing_namesTheExactCommandOfEveryGate(@TempDir Path root) {
    DataCache cache = DataCache.at(root);
    assertTrue(missing(cache, "moving-mnist", "x").endsWith("data-downloaders/fetch moving-mnist"));
    String optional = missing(cache, "svhn", "extra_32x32.mat");
    assertTrue(
        optional.contains("Fetch it with: data-downloaders/fetch svhn/extra_32x32.mat. For"));
    assertTrue(optional.contains("there is fashion-mnist, which is not the same ("), optional);
    String usual = missing(cache, "svhn", "train_32x32.mat");
    assertTrue(usual.contains("Fetch it with: data-downloaders/fetch svhn. For"), usual);
    String terms = missing(cache, "tiny-imagenet", "tiny-imagenet-200.zip");
    assertTrue(terms.contains("fetch tiny-imagenet --accept (if you accept its terms: "), terms);
    String manual = missing(cache, "imagenet", "ILSVRC2012_img_val.tar");
    assertTrue(manual.contains("obtained it yourself; data-downloaders/fetch list imagenet says"));
    String login = missing(cache, "cityscapes", "leftImg8bit_sequence_trainvaltest.zip");
    assertTrue(login.contains("needs your own account"), login);
    assertTrue(missing(cache, "not-known", "x").endsWith("data-downloaders/fetch not-known"));
  }

  @Test
  void require_damagedOwnEntry_stillTellsTheCommand(@TempDir Path root) throws Exception {
    Files.writeString(Files.createDirectories(root.resolve("manifest")).resolve("a.json"), "{");
    assertTrue(missing(DataCache.at(root), "mnist", "x").endsWith("data-downloaders/fetch mnist"));
  }

  @Test
  void requireDirectory_isThereOrTellsTheCommand(@TempDir Path root) throws Exception {
    DataCache cache = DataCache.at(root);
    String message =
        assertThrows(MissingDataException.class, () -> cache.requireDirectory("kth", "walking"))
            .getMessage();
    assertTrue(message.contains("looked for " + root.resolve("kth").resolve("walking")), message);
    assertTrue(message.contains("Fetch it with: data-downloaders/fetch kth. For"), message);
    String part =
        assertThrows(MissingDataException.class, () -> cache.requireDirectory("amass", "KIT"))
            .getMessage();
    assertTrue(part.contains("data-downloaders/fetch amass/KIT.tar.bz2 after you have"), part);
    Path made = Files.createDirectories(root.resolve("kth").resolve("walking"));
    assertEquals(made, cache.requireDirectory("kth", "walking"));
    assertThrows(IllegalArgumentException.class, () -> cache.requireDirectory("kth", "../x"));
  }
}

package condgen.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private final Manifest manifest = Manifest.standard();

  @Test
  void standard_hasTheFirstSets() {
    assertEquals(List.of("mnist", "fashion-mnist"), manifest.ids());
    assertEquals(54_950_048, manifest.get("mnist").bytes());
  }

  @Test
  void get_unknownName_listsTheKnownOnes() {
    String message =
        assertThrows(UnknownDataSetException.class, () -> manifest.get("mnits")).getMessage();
    assertEquals("unknown data set 'mnits'; known are: mnist, fashion-mnist", message);
  }

  @Test
  void entries_areComplete() {
    for (DataSet set : manifest.all()) {
      assertFalse(set.title().isBlank() || set.licence().isBlank(), set.id());
      assertFalse(set.terms().isBlank() || set.citation().isBlank(), set.id());
      assertTrue(set.gate() != null && !set.files().isEmpty(), set.id());
      for (DataFile file : set.files()) {
        checkFile(set, file);
      }
    }
  }

  private static void checkFile(DataSet set, DataFile file) {
    String where = set.id() + "/" + file.name();
    checkHashes(where, file.content());
    checkHashes(where, file.download().content());
    assertFalse(file.download().urls().isEmpty(), where);
    for (URI url : file.download().urls()) {
      assertTrue(url.getPath().endsWith("/" + file.download().name()), url.toString());
    }
    if (file.idx() != null) {
      IdxHeader header = new IdxHeader(file.idx());
      assertEquals(file.content().bytes(), header.length() + header.values(), where);
    }
    for (PackageEntry entry : set.packages()) {
      assertTrue(List.of("npm", "apt").contains(entry.client()), where);
      long carriers = entry.members().stream().filter(m -> m.file().equals(file.name())).count();
      assertEquals(1, carriers, where + " in " + entry);
    }
  }

  private static void checkHashes(String where, Fingerprint f) {
    assertTrue(f.bytes() > 0, where);
    assertTrue(f.md5().matches("[0-9a-f]{32}"), where);
    assertTrue(f.sha256() == null || f.sha256().matches("[0-9a-f]{64}"), where);
  }
}

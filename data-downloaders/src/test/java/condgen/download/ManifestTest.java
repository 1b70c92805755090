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
    assertEquals(
        List.of(
            "mnist",
            "fashion-mnist",
            "cifar10",
            "walking",
            "inception-fid",
            "i3d-fvd",
            "alexnet",
            "lpips"),
        manifest.ids());
    assertEquals(54_950_048, manifest.get("mnist").bytes());
    assertEquals(6 * 30_730_000, manifest.get("cifar10").bytes());
    assertEquals(8_131_690, manifest.get("walking").bytes());
    assertEquals(95_607_719, manifest.get("inception-fid").bytes());
    assertEquals(51_235_320, manifest.get("i3d-fvd").bytes());
  }

  @Test
  void get_unknownName_listsTheKnownOnes() {
    String message =
        assertThrows(UnknownDataSetException.class, () -> manifest.get("mnits")).getMessage();
    assertEquals(
        "unknown data set 'mnits'; known are: mnist, fashion-mnist, cifar10, walking, inception-fid,"
            + " i3d-fvd, alexnet, lpips",
        message);
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
    if (file.download().member() != null) {
      assertTrue(file.download().member().endsWith("/" + file.name()), where);
    }
    if (file.recordBytes() != null) {
      assertEquals(0, file.content().bytes() % file.recordBytes(), where);
    }
    for (PackageEntry entry : set.packages()) {
      assertTrue(List.of("npm", "apt").contains(entry.client()), where);
      List<PackageEntry.Member> carriers =
          entry.members().stream().filter(m -> m.file().equals(file.name())).toList();
      assertEquals(1, carriers.size(), where + " in " + entry);
      if (carriers.get(0).rebuild() != null) {
        checkRebuild(where, file, carriers.get(0));
      }
    }
  }

  private static void checkRebuild(String where, DataFile file, PackageEntry.Member member) {
    Rebuild rebuild = member.rebuild();
    assertEquals(RecordFormat.CIFAR_RECORDS, rebuild.format(), where);
    assertTrue(rebuild.first() >= 0 && rebuild.first() % rebuild.count() == 0, where);
    assertEquals(file.content().bytes(), (long) CifarRecords.LENGTH * rebuild.count(), where);
    assertEquals(2, member.paths().distinct().count(), where);
  }

  @Test
  void cifar10_batchesTakeTheirOwnLabels() {
    List<Integer> first =
        manifest.get("cifar10").packages().get(0).members().stream()
            .map(m -> m.rebuild().first())
            .toList();
    assertEquals(List.of(0, 10_000, 20_000, 30_000, 40_000, 0), first);
  }

  private static void checkHashes(String where, Fingerprint f) {
    assertTrue(f.bytes() == null || f.bytes() > 0, where);
    assertTrue(f.hasHash(), where);
    assertTrue(f.md5() == null || f.md5().matches("[0-9a-f]{32}"), where);
    assertTrue(f.sha256() == null || f.sha256().matches("[0-9a-f]{64}|[0-9a-f]{8}"), where);
  }
}

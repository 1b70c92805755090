package condgen.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private final Manifest manifest = Manifest.standard();

  @Test
  void standard_hasAllSetsOfTheThesis() {
    assertEquals(
        List.of(
            "cifar10",
            "fashion-mnist",
            "imagenet",
            "imagenet-downsampled",
            "imagenet-small",
            "mnist",
            "svhn",
            "tiny-imagenet",
            "bair",
            "cityscapes",
            "kth",
            "mcvd-cityscapes",
            "mcvd-data",
            "moving-camera",
            "moving-mnist",
            "ucf101",
            "video-clips",
            "walking",
            "amass",
            "cmu-mocap",
            "human36m",
            "mocap",
            "smpl",
            "alexnet",
            "i3d-fvd",
            "inception-fid",
            "inception-fid-state",
            "lpips",
            "mcvd-checkpoints"),
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
        "unknown data set 'mnits'; known are: " + String.join(", ", manifest.ids()), message);
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
    boolean packaged =
        set.packages().stream()
            .flatMap(p -> p.members().stream())
            .anyMatch(m -> m.file().equals(file.name()));
    if (file.download() == null) {
      assertTrue(packaged || set.gate() == Gate.MANUAL, where + " can be had nowhere");
    } else {
      checkHashes(where, file.download().content());
      assertFalse(file.download().urls().isEmpty(), where);
      for (URI url : file.download().urls()) {
        assertTrue(List.of("http", "https").contains(url.getScheme()), url.toString());
        if (url.getQuery() == null) {
          String last = url.getPath().substring(url.getPath().lastIndexOf('/') + 1);
          assertTrue(
              last.equals(file.download().name()) || last.contains("weights-inception"),
              url.toString());
        }
      }
      if (file.download().member() != null) {
        assertTrue(file.download().member().endsWith("/" + file.name()), where);
      }
    }
    if (file.idx() != null) {
      IdxHeader header = new IdxHeader(file.idx());
      assertEquals(file.content().bytes(), header.length() + header.values(), where);
    }
    if (file.recordBytes() != null) {
      assertEquals(0, file.content().bytes() % file.recordBytes(), where);
    }
    for (PackageEntry entry : set.packages()) {
      assertTrue(List.of("npm", "apt").contains(entry.client()), where);
      List<PackageEntry.Member> carriers =
          entry.members().stream().filter(m -> m.file().equals(file.name())).toList();
      assertTrue(carriers.size() <= 1, where + " in " + entry);
      if (carriers.isEmpty()) {
        continue;
      }
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
    assertTrue(f.md5() == null || f.md5().matches("[0-9a-f]{32}"), where);
    assertTrue(f.sha1() == null || f.sha1().matches("[0-9a-f]{40}"), where);
    assertTrue(f.sha256() == null || f.sha256().matches("[0-9a-f]{64}|[0-9a-f]{8}"), where);
  }

  /** Where nobody published a hash, a person should hear why, or how the file is recognised. */
  @Test
  void filesWithoutAHash_areExplained() {
    for (DataSet set : manifest.all()) {
      boolean all = set.files().stream().allMatch(f -> f.content().hasHash());
      assertTrue(all || !set.remarks().isEmpty() || set.id().equals("alexnet"), set.id());
    }
  }

  @Test
  void closedGates_tellWhatToDo() {
    for (DataSet set : manifest.all()) {
      boolean closed = set.gate() == Gate.MANUAL || set.gate() == Gate.LOGIN;
      assertEquals(closed, !set.steps().isEmpty(), set.id());
      assertEquals(set.gate() == Gate.LOGIN, set.login() != null, set.id());
      if (set.standIn() != null) {
        assertTrue(manifest.ids().contains(set.standIn().id()), set.id());
      }
    }
  }

  @Test
  void sharedPictures_areKeptApart() {
    assertTrue(
        manifest.get("imagenet-small").remarks().get(0).contains("Never mix"),
        "the two releases of small ImageNet differ");
    assertEquals(Gate.MANUAL, manifest.get("mcvd-cityscapes").gate(), "behind Cityscapes' terms");
  }

  @Test
  void readme_hasARowForEverySet() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    for (String id : manifest.ids()) {
      assertTrue(readme.contains("\n| `" + id + "` |"), id);
    }
  }

  /** Whatever becomes a directory is known well enough to tell another archive from it. */
  @Test
  void archivesThatAreTakenApart_areRecognised() {
    for (DataSet set : manifest.all()) {
      for (DataFile file : set.files()) {
        assertTrue(!file.becomesDirectory() || !file.archive().globs().isEmpty(), file.name());
      }
    }
  }

  @Test
  void everySet_isOfAKind() {
    assertTrue(manifest.all().stream().noneMatch(set -> set.kind() == Kind.OTHER));
  }

  @Test
  void amass_splitsAreTheArchivesAndDoNotMeet() {
    DataSet amass = manifest.get("amass");
    Set<String> archives =
        amass.files().stream().map(f -> f.archive().directory()).collect(Collectors.toSet());
    List<String> parts =
        Stream.of("train", "validation", "test")
            .flatMap(part -> amass.splits().get(part).stream())
            .toList();
    assertEquals(archives, Set.copyOf(parts), "every archive is in a part");
    assertEquals(archives.size(), parts.size(), "and in one alone");
    assertEquals(List.of("HumanEva", "HDM05", "SFU", "MoSh"), amass.splits().get("validation"));
    assertEquals(List.of("Transitions", "SSM"), amass.splits().get("test"));
    for (String old : amass.splits().get("old names")) {
      assertTrue(archives.contains(old.replaceFirst(" was .*", "")), old);
    }
  }

  @Test
  void personsOfKthAndSubjectsOfHuman36m_areInOnePartEach() {
    Map<String, List<String>> kth = manifest.get("kth").splits();
    List<String> persons =
        Stream.concat(kth.get("train").stream(), kth.get("test").stream()).toList();
    assertEquals(
        IntStream.rangeClosed(1, 25).mapToObj(n -> String.format("person%02d", n)).toList(),
        persons);
    assertEquals(20, kth.get("train").size());
    Map<String, List<String>> subjects = manifest.get("human36m").splits();
    assertEquals(List.of("S1", "S5", "S6", "S7", "S8"), subjects.get("train"));
    assertEquals(List.of("S9", "S11"), subjects.get("test"));
  }

  @Test
  void roughLengths_standOnlyWhereNoneIsPublished() {
    for (DataSet set : manifest.all()) {
      for (DataFile file : set.files()) {
        assertTrue(file.about() == null || file.content().bytes() == null, file.name());
      }
    }
    assertEquals(1_147_000_000, manifest.get("kth").bytes());
    assertEquals(324_000_000_000L, manifest.get("cityscapes").bytes());
  }
}

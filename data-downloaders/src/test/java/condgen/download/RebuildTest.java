package condgen.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data set of two batches whose package holds pictures and one list of labels for both. */
class RebuildTest {
  private static final byte[] FIRST = CifarRecordsTest.records();
  private static final byte[] SECOND = second();
  private static final String LABELS = "[9,0,4,7,7,1]";

  @TempDir Path temporary;
  private final Notes notes = new Notes();
  private int packages;

  private static byte[] second() {
    byte[] records = Samples.bytes(FIRST.length, 22);
    records[0] = 7;
    records[3073] = 7;
    records[2 * 3073] = 1;
    return records;
  }

  /** A client whose package has these labels and the pictures of both batches. */
  private PackageClient client(String labels, byte[] secondPicture) {
    return new PackageClient() {
      @Override
      public String name() {
        return "npm";
      }

      @Override
      public Optional<String> missing() {
        return Optional.empty();
      }

      @Override
      public Path download(PackageEntry entry, Path into) throws IOException {
        packages++;
        Map<String, byte[]> files =
            Map.of(
                "package/one.png",
                CifarRecordsTest.png(FIRST, BufferedImage.TYPE_INT_RGB),
                "package/two.png",
                secondPicture,
                "package/labels.json",
                labels.getBytes("UTF-8"));
        return Files.write(into.resolve("p.tgz"), Samples.gzip(Samples.tar(files)));
      }
    };
  }

  private static PackageEntry.Member member(String file, String picture, int first) {
    Rebuild rebuild = new Rebuild(RecordFormat.CIFAR_RECORDS, "package/labels.json", first, 3);
    return new PackageEntry.Member(file, "package/" + picture, null, rebuild);
  }

  private static DataSet set() throws IOException {
    List<DataFile> files = new ArrayList<>();
    files.add(new DataFile("one.bin", Samples.fingerprint(FIRST), null, 3073, null, false, null));
    files.add(new DataFile("two.bin", Samples.fingerprint(SECOND), null, 3073, null, false, null));
    List<PackageEntry.Member> members =
        List.of(member("one.bin", "one.png", 0), member("two.bin", "two.png", 3));
    PackageEntry entry = new PackageEntry("npm", "pictures", "1.0.0", 1, members);
    return new DataSet("set", "A set", Gate.NONE, "CC0", "", "", files, List.of(entry));
  }

  private void fetch(PackageClient client) throws IOException, InterruptedException {
    Source source = new PackageSource(List.of(client), d -> Long.MAX_VALUE, notes);
    new Fetcher(DataCache.at(temporary), List.of(source), d -> Long.MAX_VALUE, notes).fetch(set());
  }

  private byte[] content(String name) throws IOException {
    return Files.readAllBytes(temporary.resolve("set").resolve(name));
  }

  private static byte[] picture(byte[] records) throws IOException {
    return CifarRecordsTest.png(records, BufferedImage.TYPE_INT_RGB);
  }

  @Test
  void fetch_package_makesBothFilesFromOneDownloadAndLeavesNothingElse() throws Exception {
    fetch(client(LABELS, picture(SECOND)));
    assertArrayEquals(FIRST, content("one.bin"));
    assertArrayEquals(SECOND, content("two.bin"));
    assertEquals(List.of("one.bin", "two.bin"), Samples.names(temporary.resolve("set")));
    assertEquals(1, packages);
    fetch(client(LABELS, picture(SECOND)));
    assertEquals(1, packages, "nothing is asked for when all is there");
  }

  @Test
  void fetch_damagedPicture_keepsTheFileBeforeAndTheNextFetchMakesTheOther() throws Exception {
    byte[] damaged = picture(SECOND);
    damaged[damaged.length / 2] ^= 1;
    String message =
        assertThrows(FetchException.class, () -> fetch(client(LABELS, damaged))).getMessage();
    assertTrue(message.contains("two.png: this PNG is damaged"), message);
    assertEquals(List.of("one.bin"), Samples.names(temporary.resolve("set")));
    long made = Files.getLastModifiedTime(temporary.resolve("set/one.bin")).toMillis();
    fetch(client(LABELS, picture(SECOND)));
    assertArrayEquals(SECOND, content("two.bin"));
    assertEquals(made, Files.getLastModifiedTime(temporary.resolve("set/one.bin")).toMillis());
  }

  @Test
  void fetch_otherPictureOrOtherLabels_isRefusedByTheHash() throws Exception {
    byte[] other = Arrays.copyOf(SECOND, SECOND.length);
    other[3072] ^= 1;
    for (PackageClient client :
        List.of(client(LABELS, picture(other)), client("[9,0,4,7,7,2]", picture(SECOND)))) {
      String message = assertThrows(FetchException.class, () -> fetch(client)).getMessage();
      assertTrue(message.contains("two.bin: expected SHA-256"), message);
      assertEquals(List.of("one.bin"), Samples.names(temporary.resolve("set")));
    }
  }

  @Test
  void excerpt_firstRecords_areThose() throws Exception {
    Path from = Files.write(temporary.resolve("all"), FIRST);
    Path to = temporary.resolve("two.gz");
    RecordExcerpt.write(from, 3073, 2, to);
    try (InputStream in = new GZIPInputStream(Files.newInputStream(to))) {
      assertArrayEquals(Arrays.copyOf(FIRST, 2 * 3073), in.readAllBytes());
    }
    assertThrows(FetchException.class, () -> RecordExcerpt.write(from, 3073, 4, to));
    assertThrows(FetchException.class, () -> RecordExcerpt.write(from, 3073, 0, to));
  }
}

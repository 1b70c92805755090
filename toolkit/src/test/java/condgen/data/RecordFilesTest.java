package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import condgen.download.DataCache;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of 1 label and 2 x 2 x 3 pixels; a full file has four. */
class RecordFilesTest {
  private static final int LENGTH = 13;
  private static final RecordFiles FILES = new RecordFiles("set", 5, 2, 2, 3, 4);

  @TempDir Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    Files.createDirectories(directory.resolve("set"));
  }

  private static byte[] records(int count, long seed) {
    byte[] all = new byte[count * LENGTH];
    new Random(seed).nextBytes(all);
    for (int i = 0; i < count; i++) {
      all[i * LENGTH] = (byte) Math.floorMod(all[i * LENGTH], 5);
    }
    return all;
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve("set").resolve(name), content);
  }

  private LabelledImages read(String... names) {
    return FILES.read(DataCache.at(directory), "part", List.of(names));
  }

  private String damage(Path file) {
    String name = file.getFileName().toString().replace(".gz", "");
    String message = assertThrows(UncheckedIOException.class, () -> read(name)).getMessage();
    assertTrue(message.contains(file.toString()), message);
    assertTrue(message.endsWith("Fetch it again with: data-downloaders/fetch set"), message);
    return message;
  }

  @Test
  void read_plainAndZipped_areJoinedInOrder() throws Exception {
    byte[] first = records(4, 1);
    byte[] second = records(3, 2);
    write("a", first);
    write("b.gz", gzip(second));
    LabelledImages images = read("a", "b");
    assertEquals(7, images.size());
    assertEquals(2, images.rows());
    assertEquals(3, images.columns());
    for (int i = 0; i < 7; i++) {
      byte[] from = i < 4 ? first : second;
      int start = (i % 4) * LENGTH;
      assertEquals(from[start], images.label(i));
      assertArrayEquals(Arrays.copyOfRange(from, start + 1, start + LENGTH), images.pixels(i));
    }
  }

  @Test
  void read_plainOfAnyOtherLength_saysBothLengths() throws Exception {
    byte[] all = records(5, 3);
    for (int length = 0; length <= all.length; length++) {
      if (length != 4 * LENGTH) {
        String message = damage(write("a", Arrays.copyOf(all, length)));
        String expected = "expected 52 bytes (4 records of 13), found " + length + ".";
        assertTrue(message.contains(expected), message);
      }
    }
  }

  @Test
  void read_zippedPartOfARecord_saysWhatItFound() throws Exception {
    byte[] all = records(5, 4);
    for (int length : new int[] {0, 1, 12, 14, 51, 53, 65}) {
      String message = damage(write("a.gz", gzip(Arrays.copyOf(all, length))));
      String found = length > 52 ? "found at least 53 bytes" : "found " + length + " bytes";
      assertTrue(message.contains("expected 1 to 4 records of 13 bytes, " + found), message);
    }
  }

  @Test
  void read_everyTruncationOfTheZip_isRefused() throws Exception {
    byte[] zipped = gzip(records(3, 5));
    for (int length = 0; length < zipped.length; length++) {
      assertTrue(damage(write("a.gz", Arrays.copyOf(zipped, length))).contains("truncated"));
    }
  }

  @Test
  void read_otherLabel_namesTheRecord() throws Exception {
    byte[] all = records(4, 6);
    all[2 * LENGTH] = 5;
    String message = damage(write("a", all));
    assertTrue(message.contains("expected labels 0 to 4, found 5 in record 2"), message);
    all[2 * LENGTH] = -1;
    assertTrue(damage(write("a", all)).contains("found 255 in record 2"));
  }

  /** Random damage: the reader returns images of the given bytes or refuses, nothing else. */
  @Test
  void read_mutatedFiles_areReadAsTheyAreOrRefused() throws Exception {
    Random random = new Random(7);
    byte[] all = records(4, 8);
    byte[] zipped = gzip(all);
    int refusedPlain = 0;
    int refusedZipped = 0;
    for (int k = 0; k < 200; k++) {
      byte[] plain = mutated(all, random);
      Path file = write("a", plain);
      boolean right = plain.length == 4 * LENGTH;
      for (int i = 0; right && i < 4; i++) {
        right = plain[i * LENGTH] >= 0 && plain[i * LENGTH] < 5;
      }
      if (right) {
        assertArrayEquals(Arrays.copyOfRange(plain, 1, LENGTH), read("a").pixels(0));
      } else {
        damage(file);
        refusedPlain++;
      }
      file = write("z.gz", mutated(zipped, random));
      try {
        LabelledImages images = read("z");
        // Only bytes of the header that mean nothing may differ, or bytes behind the end.
        assertEquals(4, images.size());
        assertArrayEquals(Arrays.copyOfRange(all, 1, LENGTH), images.pixels(0));
      } catch (UncheckedIOException e) {
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
        refusedZipped++;
      }
    }
    assertTrue(refusedPlain > 60 && refusedPlain < 200, "refused " + refusedPlain);
    assertTrue(refusedZipped > 120 && refusedZipped <= 200, "refused " + refusedZipped);
  }

  /** One to three changed bytes, and now and then a cut or an added end. */
  private static byte[] mutated(byte[] content, Random random) {
    byte[] changed =
        switch (random.nextInt(6)) {
          case 0 -> Arrays.copyOf(content, random.nextInt(content.length));
          case 1 -> Arrays.copyOf(content, content.length + 1 + random.nextInt(20));
          default -> content.clone();
        };
    for (int n = random.nextInt(3); n >= 0 && changed.length > 0; n--) {
      changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
    }
    return changed;
  }
}

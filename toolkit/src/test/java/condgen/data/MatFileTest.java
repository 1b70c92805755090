package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sinks;
import us.hebi.matlab.mat.types.Struct;

/** Files written by SciPy (the sample of SVHN's layout) and by the library MFL. */
class MatFileTest {
  @TempDir Path folder;

  @Test
  void svhnIsReadAsScipyWroteIt() throws IOException {
    LabelledImages images = Svhn.read(ImageSamples.file("svhn.mat"), "svhn test");
    Map<String, StoredArray> expected = ImageSamples.arrays("svhn.npz");
    byte[] pixels = expected.get("images").bytes();
    assertEquals("svhn test: 5 colour images of 32 x 32", images.toString());
    for (int i = 0; i < 5; i++) {
      byte[] image = Arrays.copyOfRange(pixels, i * 3072, (i + 1) * 3072);
      assertArrayEquals(image, images.pixels(i), "image " + i);
    }
    assertArrayEquals(new int[] {0, 1, 9, 0, 5}, images.labels());
  }

  @Test
  void arraysOfAnotherLibraryAreRead() throws IOException {
    Matrix numbers = Mat5.newMatrix(3, 4);
    double[] expected = new Random(2).doubles(12, -9, 9).toArray();
    for (int i = 0; i < 12; i++) {
      numbers.setDouble(i, expected[i]);
    }
    Struct structure = Mat5.newStruct(2, 1);
    structure.set("name", 0, Mat5.newString("first"));
    structure.set("name", 1, Mat5.newString("second one"));
    structure.set("value", 0, Mat5.newScalar(3));
    structure.set("value", 1, Mat5.newScalar(-2.5));
    Path file = folder.resolve("made.mat");
    try (var made = Mat5.newMatFile();
        var sink = Sinks.newStreamingFile(file.toFile())) {
      made.addArray("numbers", numbers).addArray("s", structure).writeTo(sink);
    }
    Map<String, MatArray> read = MatFile.read(file);
    assertEquals(List.of("numbers", "s"), List.copyOf(read.keySet()));
    assertArrayEquals(new int[] {3, 4}, read.get("numbers").sizes());
    assertArrayEquals(expected, read.get("numbers").doubles());
    MatArray s = read.get("s");
    assertEquals(2, s.count());
    assertEquals(List.of("name", "value"), s.fields());
    assertEquals("second one", s.part(1, "name").text());
    assertArrayEquals(new double[] {-2.5}, s.part(1, "value").doubles());
    assertEquals(List.of("s"), List.copyOf(MatFile.read(file, "s").keySet()));
    assertTrue(
        assertThrows(DamagedDataException.class, () -> MatFile.read(file, "X"))
            .getMessage()
            .contains("holds [numbers, s]"));
  }

  @Test
  void damageNamesTheFile() throws IOException {
    byte[] good = Files.readAllBytes(ImageSamples.file("svhn.mat"));
    for (int length = 0; length < good.length; length += 1 + good.length / 37) {
      refused(Arrays.copyOf(good, length));
    }
    for (int at = 136; at < good.length; at += 1 + good.length / 37) {
      byte[] changed = good.clone();
      changed[at] ^= 0x10;
      refused(changed);
    }
    byte[] other = good.clone();
    other[124] = 2;
    refused(other);
  }

  private void refused(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("damaged.mat"), bytes);
    DamagedDataException e =
        assertThrows(DamagedDataException.class, () -> Svhn.read(file, "damaged"));
    assertTrue(e.getMessage().contains("damaged.mat"), e.getMessage());
  }
}

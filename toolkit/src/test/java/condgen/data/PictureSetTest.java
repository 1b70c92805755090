package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tiny ImageNet, ImageNet and picture folders on samples of their layout; see ImageSamples. */
class PictureSetTest {
  private static final Path TINY = ImageSamples.file("tiny-imagenet.zip");

  @Test
  void tinyImageNetHasThreeParts() throws IOException {
    try (PictureSet train = TinyImageNet.open(TINY, "train");
        PictureSet validation = TinyImageNet.open(TINY, "val");
        PictureSet test = TinyImageNet.open(TINY, "test")) {
      assertEquals(List.of("n01000002", "n02000001"), train.classNames());
      assertEquals(4, train.size());
      assertArrayEquals(new int[] {0, 0, 1, 1}, labels(train));
      assertEquals("tiny-imagenet-200/val/images/val_0.JPEG", validation.fileName(0));
      assertArrayEquals(new int[] {1, 0}, labels(validation));
      assertArrayEquals(new int[] {-1, -1}, labels(test));
      assertEquals(List.of(), test.classNames());
      for (int i = 0; i < 4; i++) {
        assertEquals("picture of 3 x 64 x 64", train.picture(i).toString());
      }
      LabelledImages small = test.read(0, 2, 1, Preparation.cifarTest(32));
      assertEquals("tiny-imagenet test: 2 colour images of 32 x 32", small.toString());
      assertArrayEquals(
          test.picture(1).resize(32, 32, ImageResize.BILINEAR).pixels(), small.pixels(1));
      assertEquals(0, small.classHistogram().length);
    }
  }

  @Test
  void anUnpackedFolderIsTheSameAsItsArchive(@TempDir Path folder) throws IOException {
    try (InputStream raw = Files.newInputStream(TINY);
        ZipInputStream zip = new ZipInputStream(raw)) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        Path to = folder.resolve(e.getName());
        Files.createDirectories(e.isDirectory() ? to : to.getParent());
        if (!e.isDirectory()) {
          Files.write(to, zip.readAllBytes());
        }
      }
    }
    try (PictureSet packed = TinyImageNet.open(TINY, "val");
        PictureSet unpacked = TinyImageNet.open(folder, "val");
        PictureSet named = PictureFolder.labelled(folder.resolve("tiny-imagenet-200/train"))) {
      assertArrayEquals(labels(packed), labels(unpacked));
      assertEquals(packed.picture(1), unpacked.picture(1));
      assertEquals(List.of("images"), named.classNames());
      assertEquals(4, named.size());
    }
  }

  @Test
  void imageNetIsReadFromATarOfTars() throws IOException {
    Path kit = ImageSamples.file("imagenet-devkit.tar.gz");
    try (PictureSet train = ImageNet.openTraining(ImageSamples.file("imagenet-train.tar"));
        PictureSet validation =
            ImageNet.openValidation(ImageSamples.file("imagenet-val.tar"), kit)) {
      assertEquals(List.of("n00000001", "n00000002", "n00000003"), train.classNames());
      assertArrayEquals(new int[] {0, 0, 1, 1, 2, 2}, labels(train));
      assertEquals("n00000002/n00000002_1.JPEG", train.fileName(3));
      assertEquals(train.classNames(), validation.classNames());
      assertArrayEquals(new int[] {2, 0, 1, 2}, labels(validation));
      for (int i = 0; i < 4; i++) {
        assertEquals(40, train.picture(i).rows());
        assertEquals(40, validation.picture(i).columns());
      }
      assertNotEquals(train.picture(0), train.picture(1));
    }
  }

  @Test
  void aTarAndTheFilesInItAreTheSame(@TempDir Path folder) throws IOException {
    try (PictureSet small = ImageNetSmall.open(ImageSamples.file("imagenet-small.tar"))) {
      assertEquals(3, small.size());
      assertEquals("valid_32x32/01.png", small.fileName(0));
      assertEquals(-1, small.label(2));
      Members members = Members.open(ImageSamples.file("imagenet-small.tar"));
      for (int i = 0; i < 3; i++) {
        Files.write(folder.resolve(i + ".PNG"), members.read(i));
      }
      members.close();
      try (PictureSet loose = PictureFolder.unlabelled(folder)) {
        for (int i = 0; i < 3; i++) {
          assertEquals(small.picture(i), loose.picture(i));
        }
      }
    }
  }

  @Test
  void minibatchesRepeatAndCoverAnEpoch() throws IOException {
    try (PictureSet train = ImageNet.openTraining(ImageSamples.file("imagenet-train.tar"))) {
      Preparation how = Preparation.randomPart(8).then(Preparation.mirrored());
      int[] seen = new int[3];
      for (int step = 0; step < 3; step++) {
        Minibatch batch = train.batch(7, step, 2, how);
        Minibatch again = train.batch(7, step, 2, how);
        assertEquals(3 * 2 * 64, batch.images().size());
        assertArrayEquals(batch.images().toFloatArray(), again.images().toFloatArray());
        Arrays.stream(batch.labels()).forEach(label -> seen[label]++);
      }
      assertArrayEquals(new int[] {2, 2, 2}, seen);
      assertThrows(IllegalArgumentException.class, () -> train.batch(7, 0, 7, how));
      assertThrows(IllegalArgumentException.class, () -> train.picture(6));
    }
  }

  @Test
  void damageNamesTheFile(@TempDir Path folder) throws IOException {
    byte[] tar = Files.readAllBytes(ImageSamples.file("imagenet-train.tar"));
    Path cut = Files.write(folder.resolve("cut.tar"), Arrays.copyOf(tar, tar.length / 2));
    refused(cut, () -> ImageNet.openTraining(cut));
    Path none = Files.write(folder.resolve("none.tar"), new byte[10240]);
    refused(none, () -> ImageNet.openTraining(none));
    byte[] zip = Files.readAllBytes(TINY);
    Path half = Files.write(folder.resolve("half.zip"), Arrays.copyOf(zip, zip.length / 2));
    refused(half, () -> TinyImageNet.open(half, "train"));
    zip[300] ^= 1;
    Path changed = Files.write(folder.resolve("changed.zip"), zip);
    try (PictureSet set = TinyImageNet.open(changed, "train")) {
      int damaged = 0;
      for (int i = 0; i < set.size(); i++) {
        try {
          set.picture(i);
        } catch (DamagedDataException e) {
          damaged++;
          assertTrue(e.getMessage().contains("changed.zip, tiny-imagenet-200/"), e.getMessage());
        }
      }
      assertEquals(1, damaged);
    }
    Path kit = ImageSamples.file("imagenet-devkit.tar.gz");
    Path train = ImageSamples.file("imagenet-train.tar");
    refused(kit, () -> ImageNet.openValidation(train, kit));
  }

  private interface Opening {
    void open() throws IOException;
  }

  private static void refused(Path file, Opening opening) {
    DamagedDataException e = assertThrows(DamagedDataException.class, opening::open);
    assertTrue(e.getMessage().contains(file.getFileName().toString()), e.getMessage());
  }

  private static int[] labels(PictureSet set) {
    int[] labels = new int[set.size()];
    Arrays.setAll(labels, set::label);
    return labels;
  }
}

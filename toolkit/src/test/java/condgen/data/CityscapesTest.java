package condgen.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import condgen.download.DataCache;
import condgen.download.MissingDataException;
import condgen.tensor.Scope;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CityscapesTest {
  @TempDir Path directory;

  /** A frame that is all of one colour: its number and its snippet. */
  private static byte[] png(int frame, int snippet) throws IOException {
    BufferedImage image = new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < 32 * 16; p++) {
      image.setRGB(p % 32, p / 32, frame << 16 | snippet << 8 | 7);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static String name(String part, String city, int sequence, int frame) {
    return "leftImg8bit_sequence/%s/%s/%s_%06d_%06d_leftImg8bit.png"
        .formatted(part, city, city, sequence, frame);
  }

  /** Two snippets of one city, the second of which comes first in the zip, and one of another. */
  private Path zip(int framesOfLast) throws IOException {
    Path zip = directory.resolve("cityscapes").resolve("leftImg8bit_sequence_trainvaltest.zip");
    Files.createDirectories(zip.getParent());
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream files = new ZipOutputStream(out)) {
      add(files, "License.txt", new byte[3]);
      for (int t = 0; t < 30; t++) {
        add(files, name("val", "munster", 1, 19 + t), png(t, 2));
        add(files, name("val", "munster", 0, 19 + t), png(t, 1));
      }
      for (int t = 0; t < framesOfLast; t++) {
        add(files, name("val", "frankfurt", 0, t), png(t, 0));
      }
      add(files, name("train", "ulm", 0, 1), png(0, 0));
    }
    return zip;
  }

  private static void add(ZipOutputStream files, String name, byte[] bytes) throws IOException {
    files.putNextEntry(new ZipEntry(name));
    files.write(bytes);
  }

  @Test
  void snippets_areGroupsOf30ByName() throws IOException {
    try (Scope scope = Scope.open();
        VideoSet videos = Cityscapes.open(zip(30), Cityscapes.Part.VALIDATION, 8)) {
      assertEquals(List.of(3, 30), List.of(videos.size(), videos.length(2)));
      assertEquals(List.of(3, 8, 8), List.of(videos.channels(), videos.rows(), videos.columns()));
      for (int i = 0; i < 3; i++) {
        List<VideoFrame> frames = videos.frames(i, 4, 26);
        for (int t = 0; t < 26; t++) {
          byte[] pixels = frames.get(t).pixels();
          assertEquals(
              List.of(t + 4, i, 7), List.of((int) pixels[0], (int) pixels[64], (int) pixels[191]));
        }
      }
      assertTrue(videos.title(0).endsWith("frankfurt_000000_000000_leftImg8bit.png"));
      VideoClips clips = VideoClips.testing(videos);
      assertEquals(new Shape(4, 3, 3, 8, 8), clips.batch(1, 0, 4, 3).getShape());
    }
  }

  @Test
  void frame_isTheMiddleSquareByLanczos() throws IOException {
    Path folder = directory.resolve("unpacked");
    for (int t = 0; t < 30; t++) {
      VideoSamples.copy("city.png", folder.resolve(name("test", "bonn", 3, t)));
    }
    try (VideoSet videos = Cityscapes.open(folder, Cityscapes.Part.TEST, 16)) {
      VideoFrame frame = videos.frames(0, 29, 1).get(0);
      assertEquals(0, VideoSamples.distance(frame, VideoSamples.bytes("city.raw"), 0));
    }
  }

  @Test
  void incompleteSnippets_areRefusedWithTheCity() throws IOException {
    zip(29);
    DataCache cache = DataCache.at(directory);
    String message =
        assertThrows(
                UncheckedIOException.class,
                () -> Cityscapes.read(cache, Cityscapes.Part.VALIDATION, 8))
            .getMessage();
    assertTrue(message.contains("found 29 frames of val/frankfurt"), message);
    assertTrue(message.contains("data-downloaders/fetch cityscapes"), message);
    String none =
        assertThrows(
                UncheckedIOException.class, () -> Cityscapes.read(cache, Cityscapes.Part.TEST, 8))
            .getMessage();
    assertTrue(none.contains("expected frames test/CITY/"), none);
  }

  @Test
  void withoutTheData_theCommandIsNamed() {
    DataCache cache = DataCache.at(directory);
    String message =
        assertThrows(
                MissingDataException.class,
                () -> Cityscapes.read(cache, Cityscapes.Part.TRAIN, 128))
            .getMessage();
    assertTrue(message.contains("data-downloaders/fetch cityscapes"), message);
    String robot =
        assertThrows(MissingDataException.class, () -> Bair.read(cache, "test")).getMessage();
    assertTrue(robot.contains("data-downloaders/fetch bair"), robot);
  }

  @Test
  void robot_isReadFromTheCache() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("bair"));
    Files.move(
        VideoSamples.unzip("bair.tar", directory),
        folder.resolve("bair_robot_pushing_dataset_v0.tar"));
    assertEquals(3, Bair.read(DataCache.at(directory), "train").size());
    assertThrows(
        UncheckedIOException.class, () -> Bair.read(DataCache.at(directory), "validation"));
  }
}

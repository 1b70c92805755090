package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BairVideosTest {
  @TempDir Path directory;

  private static void requireFrames(BairVideos videos, int video, int number) throws IOException {
    List<VideoFrame> frames = videos.frames(video, 3, 20);
    for (int t = 0; t < 20; t++) {
      byte[] pixels = frames.get(t).pixels();
      for (int p = 0; p < pixels.length; p += 13) {
        int expected = VideoSamples.coarse(number, t + 3, p / 64 % 64, p % 64, p / 4096);
        assertEquals(expected, pixels[p] & 0xff);
      }
    }
  }

  @Test
  void tar_isReadInPlaceInTheOrderOfNames() throws IOException {
    Path tar = VideoSamples.unzip("bair.tar", directory);
    BairVideos train = BairVideos.open(tar, "train", BairVideos.View.AUX1);
    assertEquals(3, train.size());
    assertEquals(30, train.length(2));
    assertEquals(List.of(3, 64, 64), List.of(train.channels(), train.rows(), train.columns()));
    for (int i = 0; i < 3; i++) {
      requireFrames(train, i, i);
    }
    assertTrue(train.title(2).endsWith("traj_256_to_511.tfrecords, record 0"), train.title(2));
    BairVideos test = BairVideos.open(tar, "test", BairVideos.View.MAIN);
    assertEquals(1, test.size());
    assertEquals(
        VideoSamples.coarse(109, 0, 20, 40, 2),
        test.frames(0, 9, 1).get(0).pixels()[(128 + 20) * 64 + 40] & 0xff);
    assertEquals(-1, test.label(0));
  }

  @Test
  void actionsAndPositions_areThoseOfTheVideo() throws IOException {
    Path tar = VideoSamples.unzip("bair.tar", directory);
    BairVideos train = BairVideos.open(tar, "train", BairVideos.View.AUX1);
    float[][] actions = train.actions(1);
    assertEquals(30, actions.length);
    assertArrayEquals(new float[] {1.5f, 7, -7, 0.25f}, actions[7]);
    assertArrayEquals(new float[] {2, 14.5f, 1}, train.positions(2)[29]);
  }

  @Test
  void folder_isTheSame() throws IOException {
    Path tar = VideoSamples.unzip("bair.tar", directory);
    Path folder = directory.resolve("bair");
    try (InputStream in = Files.newInputStream(tar);
        TarArchiveInputStream entries = new TarArchiveInputStream(in)) {
      for (TarArchiveEntry e = entries.getNextEntry(); e != null; e = entries.getNextEntry()) {
        Path file = folder.resolve(e.getName());
        Files.createDirectories(file.getParent());
        Files.copy(entries, file);
      }
    }
    BairVideos train = BairVideos.open(folder, "train", BairVideos.View.AUX1);
    assertEquals(3, train.size());
    requireFrames(train, 2, 2);
    String message =
        assertThrows(
                DamagedDataException.class,
                () -> BairVideos.open(folder, "val", BairVideos.View.AUX1))
            .getMessage();
    assertTrue(message.contains("val/*.tfrecords"), message);
  }

  /** Where the first record of the tar begins: after one header. */
  private static final int RECORD = 512;

  private Path changed(long at, int value) throws IOException {
    Path tar = directory.resolve("bair.tar");
    if (!Files.exists(tar)) {
      VideoSamples.unzip("bair.tar", directory);
    }
    Path copy = directory.resolve("changed.tar");
    Files.write(copy, Files.readAllBytes(tar));
    try (RandomAccessFile file = new RandomAccessFile(copy.toFile(), "rw")) {
      file.seek(at);
      file.write(value);
    }
    return copy;
  }

  private static String refusal(Path tar) {
    return assertThrows(
            DamagedDataException.class,
            () -> BairVideos.open(tar, "test", BairVideos.View.AUX1).frames(0, 0, 1))
        .getMessage();
  }

  @Test
  void oneWrongByte_isFoundByTheCheckSum() throws IOException {
    String content = refusal(changed(RECORD + 12 + 400_000, 255));
    assertTrue(content.contains("traj_0_to_255.tfrecords, record 0"), content);
    assertTrue(content.contains("expected the check sum"), content);
    assertTrue(content.contains("changed.tar"), content);
    String length = refusal(changed(RECORD + 7, 1));
    assertTrue(length.contains("record 0, its length: expected the check sum"), length);
  }

  @Test
  void truncatedTar_isRefused() throws IOException {
    byte[] whole = Files.readAllBytes(VideoSamples.unzip("bair.tar", directory));
    Path cut = directory.resolve("cut.tar");
    for (int length : new int[] {0, 100, 600, 5000, 500_000}) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertTrue(refusal(cut).contains("cut.tar"));
    }
  }

  @Test
  void checkSum_isThePublishedOne() throws IOException {
    // RFC 3720, B.4: the CRC-32C of 32 zero bytes is 8a9136aa; turned and moved by the constant.
    byte[] record = new byte[12 + 32 + 4];
    record[0] = 32;
    java.nio.ByteBuffer bytes =
        java.nio.ByteBuffer.wrap(record).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    int masked = (0x8a9136aa >>> 15 | 0x8a9136aa << 17) + 0xa282ead8;
    bytes.putInt(44, masked);
    java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
    crc.update(record, 0, 8);
    bytes.putInt(8, Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8);
    Path file = Files.write(directory.resolve("zeros.tfrecords"), record);
    TfRecords records = TfRecords.open(new FileBytes(file, 0, record.length), "zeros");
    assertArrayEquals(new byte[32], records.read(0));
  }
}

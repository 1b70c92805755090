package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of the layout of the test set with 5 frames of 3 clips, written by NumPy 1.24.2. */
class FixedMovingMnistTest {
  @TempDir Path folder;
  private byte[] npy;

  @BeforeEach
  void unpack() throws IOException {
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(ImageSamples.file("moving-mnist.npy.gz")))) {
      npy = in.readAllBytes();
    }
  }

  private FixedMovingMnist open(byte[] bytes) throws IOException {
    return FixedMovingMnist.open(Files.write(folder.resolve(bytes.length + ".npy"), bytes));
  }

  @Test
  void aClipIsWhatTheWholeArraySays() throws IOException {
    FixedMovingMnist clips = open(npy);
    assertEquals("Moving MNIST, 3 fixed clips of 5 frames", clips.toString());
    byte[] all = Npy.read(folder.resolve(npy.length + ".npy")).bytes();
    for (int clip = 0; clip < 3; clip++) {
      float[] found = clips.clip(clip, 4).toFloatArray();
      float[] expected = new float[4 * 4096];
      for (int i = 0; i < expected.length; i++) {
        int value = all[(i / 4096 * 3 + clip) * 4096 + i % 4096] & 0xff;
        expected[i] = value / 127.5f - 1;
      }
      assertArrayEquals(expected, found);
    }
  }

  @Test
  void anEpochHasEveryClipOnceAndAHeaderMayBeLonger() throws IOException {
    byte[] longer = new byte[npy.length + 64];
    System.arraycopy(npy, 0, longer, 0, 127);
    Arrays.fill(longer, 127, 191, (byte) ' ');
    System.arraycopy(npy, 127, longer, 191, npy.length - 127);
    longer[8] += 64;
    FixedMovingMnist clips = open(npy);
    float[] batch = clips.batch(5, 0, 3, 2).toFloatArray();
    assertArrayEquals(batch, open(longer).batch(5, 0, 3, 2).toFloatArray());
    double sum = 0;
    for (float value : batch) {
      sum += value;
    }
    double expected = 0;
    for (int clip = 0; clip < 3; clip++) {
      for (float value : clips.clip(clip, 2).toFloatArray()) {
        expected += value;
      }
    }
    assertEquals(expected, sum, 1e-3);
    assertThrows(IllegalArgumentException.class, () -> clips.batch(5, 0, 4, 2));
    assertThrows(IllegalArgumentException.class, () -> clips.clip(0, 6));
    assertThrows(IllegalArgumentException.class, () -> clips.clip(3, 1));
  }

  @Test
  void anotherLengthOrLayoutIsRefused() throws IOException {
    byte[] cut = Arrays.copyOf(npy, npy.length - 1);
    DamagedDataException e = assertThrows(DamagedDataException.class, () -> open(cut));
    assertTrue(e.getMessage().contains("found 61,567"), e.getMessage());
    assertThrows(DamagedDataException.class, () -> open(Arrays.copyOf(npy, npy.length + 1)));
    assertThrows(DamagedDataException.class, () -> open(Arrays.copyOf(npy, 60)));
    byte[] other = npy.clone();
    other[new String(npy, 0, 128, StandardCharsets.ISO_8859_1).indexOf("u1")] = 'i';
    assertThrows(DamagedDataException.class, () -> open(other));
  }
}

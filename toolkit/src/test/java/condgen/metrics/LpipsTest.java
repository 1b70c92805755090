package condgen.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.data.ImageResize;
import condgen.data.StoredArray;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With random weights of the real shapes, against loops that follow the definition. */
class LpipsTest {

  private static final int[][] LAYERS = {
    {3, 64, 11, 4, 2},
    {64, 192, 5, 1, 2},
    {192, 384, 3, 1, 1},
    {384, 256, 3, 1, 1},
    {256, 256, 3, 1, 1}
  };
  private static final int[] PLACES = {0, 3, 6, 8, 10};

  private static final Map<String, StoredArray> ALEXNET = new LinkedHashMap<>();
  private static final Map<String, StoredArray> LINEAR = new LinkedHashMap<>();
  private static Lpips lpips;

  @BeforeAll
  static void makeWeights() {
    try (Scope scope = Scope.open()) {
      Seeds seeds = Seeds.of(11);
      for (int i = 0; i < LAYERS.length; i++) {
        int[] l = LAYERS[i];
        double bound = Math.sqrt(6.0 / (l[0] * l[2] * l[2]));
        Shape shape = new Shape(l[1], l[0], l[2], l[2]);
        put(ALEXNET, "features." + PLACES[i] + ".weight", seeds.uniform(i, -bound, bound, shape));
        put(ALEXNET, "features." + PLACES[i] + ".bias", seeds.normal(9 + i, new Shape(l[1])));
        Shape linear = new Shape(1, l[1], 1, 1);
        put(LINEAR, "lin" + i + ".model.1.weight", seeds.uniform(20 + i, 0, 1, linear));
      }
    }
    lpips = Lpips.of(ALEXNET, LINEAR);
  }

  private static void put(Map<String, StoredArray> map, String name, NDArray array) {
    map.put(name, StoredArray.of(name, array));
  }

  @AfterAll
  static void free() {
    lpips.close();
  }

  /** A picture of bytes (channels, height, width) as numbers in [0, 1], and the same in bytes. */
  private static int[] bytes(int channels, int height, int width, int variant) {
    int[] bytes = new int[channels * height * width];
    for (int i = 0; i < bytes.length; i++) {
      int k = i / (height * width);
      int y = i / width % height;
      int x = i % width;
      bytes[i] = (x * 37 + y * 101 + k * 59 + x * y * variant) % 256;
    }
    return bytes;
  }

  private static NDArray frame(int[] bytes, int channels, int height, int width) {
    float[] values = new float[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (bytes[i] + 0.5f) / 255f;
    }
    return Tensors.of(values, new Shape(1, channels, height, width)).clip(0, 1);
  }

  /** Checksums of what PIL 12.3.0 makes of these pictures with BILINEAR. */
  @Test
  void resizedBytes_areThoseOfPil() {
    Object[][] cases = {
      {5, 7, 3, 0x7968778eL, new int[] {0, 59, 118}, new int[] {158, 108, 129}},
      {64, 64, 7, 0xafa8def8L, new int[] {165, 176, 91}, new int[] {97, 156, 119}},
      {128, 200, 5, 0xa6c5a8e7L, new int[] {146, 60, 73}, new int[] {60, 119, 178}},
      {300, 129, 1, 0xe94c7aa2L, new int[] {84, 137, 120}, new int[] {145, 128, 124}},
      {128, 128, 2, 0xdd80a515L, new int[] {6, 65, 124}, new int[] {189, 248, 51}},
    };
    for (Object[] c : cases) {
      int height = (int) c[0];
      int width = (int) c[1];
      int[] picture = bytes(3, height, width, (int) c[2]);
      CRC32 crc = new CRC32();
      int[][] points = new int[2][3];
      for (int k = 0; k < 3; k++) {
        int[] plane = new int[height * width];
        System.arraycopy(picture, k * plane.length, plane, 0, plane.length);
        int[] resized = resized(plane, height, width);
        for (int value : resized) {
          crc.update(value);
        }
        points[0][k] = resized[3 * 128 + 5];
        points[1][k] = resized[100 * 128 + 77];
      }
      assertArrayEquals((int[]) c[4], points[0]);
      assertArrayEquals((int[]) c[5], points[1]);
      assertEquals((long) c[3], crc.getValue(), height + " x " + width);
    }
  }

  private static int[] resized(int[] plane, int height, int width) {
    byte[] bytes = new byte[plane.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) plane[i];
    }
    byte[] resized = ImageResize.BILINEAR.apply(bytes, 1, height, width, 128, 128);
    int[] values = new int[resized.length];
    Arrays.setAll(values, i -> resized[i] & 0xff);
    return values;
  }

  @Test
  void theDistance_isThatOfPlainLoops() {
    int[] a = bytes(3, 40, 50, 3);
    int[] b = bytes(3, 40, 50, 4);
    double expected = byLoops(a, b, 40, 50);
    try (Scope scope = Scope.open()) {
      double found = lpips.ofFrames(frame(a, 3, 40, 50), frame(b, 3, 40, 50))[0];
      assertEquals(expected, found, 2e-5 * expected);
      assertTrue(expected > 0.1, "the pictures differ: " + expected);
    }
  }

  private static double byLoops(int[] a, int[] b, int height, int width) {
    double[][] x = start(a, height, width);
    double[][] y = start(b, height, width);
    int side = 128;
    double sum = 0;
    for (int i = 0; i < LAYERS.length; i++) {
      if (i == 1 || i == 2) {
        x = pooled(x, side);
        y = pooled(y, side);
        side = (side - 3) / 2 + 1;
      }
      x = convolved(x, side, i);
      y = convolved(y, side, i);
      side = (side + 2 * LAYERS[i][4] - LAYERS[i][2]) / LAYERS[i][3] + 1;
      float[] linear = LINEAR.get("lin" + i + ".model.1.weight").floats();
      for (int p = 0; p < side * side; p++) {
        double lengthX = 1e-20;
        double lengthY = 1e-20;
        for (int c = 0; c < x.length; c++) {
          lengthX += x[c][p] * x[c][p];
          lengthY += y[c][p] * y[c][p];
        }
        for (int c = 0; c < x.length; c++) {
          double difference = x[c][p] / Math.sqrt(lengthX) - y[c][p] / Math.sqrt(lengthY);
          sum += linear[c] * difference * difference / (side * side);
        }
      }
    }
    return sum;
  }

  private static double[][] start(int[] bytes, int height, int width) {
    double[] shift = {-.030, -.088, -.188};
    double[] scale = {.458, .448, .450};
    double[][] planes = new double[3][];
    for (int k = 0; k < 3; k++) {
      int[] plane = new int[height * width];
      System.arraycopy(bytes, k * plane.length, plane, 0, plane.length);
      int[] resized = resized(plane, height, width);
      planes[k] = new double[resized.length];
      for (int i = 0; i < resized.length; i++) {
        planes[k][i] = (resized[i] / 127.5 - 1 - shift[k]) / scale[k];
      }
    }
    return planes;
  }

  private static double[][] pooled(double[][] x, int side) {
    int half = (side - 3) / 2 + 1;
    double[][] y = new double[x.length][half * half];
    for (int c = 0; c < x.length; c++) {
      for (int i = 0; i < half * half; i++) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < 9; k++) {
          int row = i / half * 2 + k / 3;
          largest = Math.max(largest, x[c][row * side + i % half * 2 + k % 3]);
        }
        y[c][i] = largest;
      }
    }
    return y;
  }

  private static double[][] convolved(double[][] x, int side, int layer) {
    int kernel = LAYERS[layer][2];
    int stride = LAYERS[layer][3];
    int padding = LAYERS[layer][4];
    int out = (side + 2 * padding - kernel) / stride + 1;
    float[] weight = ALEXNET.get("features." + PLACES[layer] + ".weight").floats();
    float[] bias = ALEXNET.get("features." + PLACES[layer] + ".bias").floats();
    double[][] y = new double[bias.length][out * out];
    for (int o = 0; o < y.length; o++) {
      for (int i = 0; i < out * out; i++) {
        double sum = bias[o];
        for (int c = 0; c < x.length; c++) {
          for (int ky = 0; ky < kernel; ky++) {
            int row = i / out * stride + ky - padding;
            for (int kx = 0; row >= 0 && row < side && kx < kernel; kx++) {
              int column = i % out * stride + kx - padding;
              if (column >= 0 && column < side) {
                int at = ((o * x.length + c) * kernel + ky) * kernel + kx;
                sum += weight[at] * x[c][row * side + column];
              }
            }
          }
        }
        y[o][i] = Math.max(0, sum);
      }
    }
    return y;
  }

  @Test
  void equalFramesHaveNone_andTheOrderOfTwoDoesNotMatter() {
    try (Scope scope = Scope.open()) {
      NDArray grey = frame(bytes(1, 32, 32, 5), 1, 32, 32);
      NDArray other = frame(bytes(1, 32, 32, 2), 1, 32, 32);
      assertArrayEquals(new double[] {0}, lpips.ofFrames(grey, grey));
      double there = lpips.ofFrames(grey, other)[0];
      assertEquals(there, lpips.ofFrames(other, grey)[0], 1e-6 * there);
      NDArray colour = grey.repeat(1, 3);
      assertArrayEquals(lpips.ofFrames(grey, other), lpips.ofFrames(colour, other.repeat(1, 3)));
      NDArray near = grey.mul(0.9f).add(other.mul(0.1f));
      assertTrue(lpips.ofFrames(grey, near)[0] < there);
      NDArray both = grey.concat(other, 0);
      double[] two = lpips.ofFrames(both, grey.repeat(0, 2));
      assertEquals(0, two[0], 1e-9);
      assertEquals(there, two[1], 1e-5 * there);
    }
  }

  @Test
  void otherShapesOrWeights_areRefused() {
    try (Scope scope = Scope.open()) {
      NDArray two = Tensors.zeros(new Shape(1, 2, 8, 8));
      assertThrows(IllegalArgumentException.class, () -> lpips.ofFrames(two, two));
    }
    Map<String, StoredArray> less = new LinkedHashMap<>(ALEXNET);
    less.remove("features.3.bias");
    String message =
        assertThrows(IllegalArgumentException.class, () -> Lpips.of(less, LINEAR)).getMessage();
    assertTrue(message.contains("of AlexNet, but 1 are missing (features.3.bias)"), message);
    message =
        assertThrows(IllegalArgumentException.class, () -> Lpips.of(ALEXNET, ALEXNET)).getMessage();
    assertTrue(message.contains("of LPIPS"), message);
  }
}

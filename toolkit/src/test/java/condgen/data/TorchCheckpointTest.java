package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that PyTorch wrote, against the same numbers in the npz beside them ({@code
 * -Dcondgen.golden=DIR} reads others), and files made by hand for what those do not contain.
 */
class TorchCheckpointTest {

  @TempDir Path directory;

  private static List<Path> files(String pattern) throws IOException {
    Path golden = Path.of(System.getProperty("condgen.golden", "src/test/resources/golden"));
    try (Stream<Path> files = Files.list(golden)) {
      return files.filter(f -> f.getFileName().toString().matches(pattern)).sorted().toList();
    }
  }

  static List<Path> stateDicts() throws IOException {
    return files("mcvd_(concat|spatin)_.*\\.pt");
  }

  static List<Path> lists() throws IOException {
    return files("mcvd_ckpt_list.*\\.pt");
  }

  private static Path sibling(Path file, String ending) {
    return Path.of(file.toString().replaceFirst("\\.pt$", "." + ending));
  }

  @ParameterizedTest
  @MethodSource("stateDicts")
  void aPlainStateDict_hasAllKeysInOrderAndEveryBit(Path file) throws IOException {
    Map<String, StoredArray> expected = Npz.read(sibling(file, "npz"));
    Map<String, StoredArray> found = TorchCheckpoint.read(file).model();
    List<String> keys = new ArrayList<>();
    for (JsonElement key :
        JsonParser.parseString(Files.readString(sibling(file, "json")))
            .getAsJsonObject()
            .getAsJsonArray("state_dict_keys")) {
      keys.add(key.getAsString());
    }
    assertEquals(keys, List.copyOf(found.keySet()));
    assertTrue(keys.size() > 4);
    for (String key : keys) {
      requireSame(expected.get("param:" + key), found.get(key));
    }
  }

  private static void requireSame(StoredArray expected, StoredArray found) {
    assertEquals(expected.type(), found.type(), found.name());
    assertEquals(expected.shape(), found.shape(), found.name());
    assertArrayEquals(expected.bytes(), found.bytes(), found.name());
  }

  @ParameterizedTest
  @MethodSource("lists")
  void theListOfTheTrainingCode_hasModelAndAverages(Path file) throws IOException {
    Map<String, StoredArray> expected = Npz.read(sibling(file, "npz"));
    TorchCheckpoint checkpoint = TorchCheckpoint.read(file);
    Map<String, StoredArray> evaluation = checkpoint.evaluation();
    int different = 0;
    for (Map.Entry<String, StoredArray> entry : expected.entrySet()) {
      String key = entry.getKey().replaceFirst("^(ema|model):", "");
      if (entry.getKey().startsWith("ema:")) {
        requireSame(entry.getValue(), checkpoint.average().get(key));
        requireSame(entry.getValue(), evaluation.get(key));
        byte[] trained = checkpoint.model().get("module." + key).bytes();
        different += Arrays.equals(trained, entry.getValue().bytes()) ? 0 : 1;
      } else {
        requireSame(entry.getValue(), checkpoint.model().get("module." + key));
      }
    }
    assertEquals(expected.size() / 2, different);
    assertEquals(
        List.of("betas", "alphas", "alphas_prev", "unet.sigmas"),
        List.copyOf(checkpoint.buffers().keySet()));
    assertEquals(checkpoint.model().size(), evaluation.size());
    assertEquals(checkpoint.model().size(), checkpoint.average().size() + 4);
    assertTrue(checkpoint.epoch().isPresent() && checkpoint.step().isPresent());
  }

  /** One storage of twelve numbers, seen in several ways. */
  private static PickleBytes views() {
    PickleBytes pickle = new PickleBytes().global("collections", "OrderedDict").op(')').op('R');
    pickle.op('(');
    pickle.text("whole").tensor("FloatStorage", "0", 12, 0, new int[] {3, 4}, new int[] {4, 1});
    pickle.text("turned").tensor("FloatStorage", "0", 12, 0, new int[] {4, 3}, new int[] {1, 4});
    pickle.text("corner").tensor("FloatStorage", "0", 12, 5, new int[] {2, 2}, new int[] {4, 1});
    pickle.text("number").tensor("FloatStorage", "0", 12, 7, new int[] {}, new int[] {});
    pickle.text("spread").tensor("FloatStorage", "0", 12, 1, new int[] {2, 3}, new int[] {0, 1});
    pickle.text("empty").tensor("FloatStorage", "0", 12, 12, new int[] {0, 4}, new int[] {4, 1});
    pickle.text("parameter").global("torch._utils", "_rebuild_parameter").op('(');
    pickle.tensor("FloatStorage", "0", 12, 8, new int[] {4}, new int[] {1}).raw((byte) 0x88);
    pickle.global("collections", "OrderedDict").op(')').op('R').op('t').op('R');
    pickle.op('u');
    return pickle.op('}').text("_metadata").op('}').op('s').op('b');
  }

  private static final byte[] TWELVE = TorchFiles.floats(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

  private static void requireViews(Map<String, StoredArray> model) {
    assertArrayEquals(new float[] {0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11}, floats(model, "turned"));
    assertArrayEquals(new float[] {5, 6, 9, 10}, floats(model, "corner"));
    assertArrayEquals(new float[] {7}, floats(model, "number"));
    assertArrayEquals(new float[] {1, 2, 3, 1, 2, 3}, floats(model, "spread"));
    assertArrayEquals(new float[] {}, floats(model, "empty"));
    assertArrayEquals(new float[] {8, 9, 10, 11}, floats(model, "parameter"));
    assertEquals(new Shape(), model.get("number").shape());
    try (Scope scope = Scope.open()) {
      assertEquals(7, Tensors.item(model.get("number").toArray()));
      assertEquals(new Shape(4, 3), model.get("turned").toArray().getShape());
      assertEquals(new Shape(0, 4), model.get("empty").toArray().getShape());
    }
  }

  private static float[] floats(Map<String, StoredArray> model, String key) {
    return model.get(key).floats();
  }

  @Test
  void tensorsThatShareAStorage_areSeenAsTheirStridesSay() throws IOException {
    Path file = directory.resolve("views.pth");
    for (int method : new int[] {ZipEntry.STORED, ZipEntry.DEFLATED}) {
      TorchFiles.archive(file, views().end(), Map.of("0", TWELVE), method, "little");
      requireViews(TorchCheckpoint.read(file).model());
    }
    TorchFiles.legacy(file, views().end(), Map.of("0", TWELVE), 4);
    requireViews(TorchCheckpoint.read(file).model());
  }

  @Test
  void bytesOfABigEndianMachine_areTurned() throws IOException {
    byte[] big = new byte[TWELVE.length];
    for (int i = 0; i < big.length; i++) {
      big[i] = TWELVE[i / 4 * 4 + 3 - i % 4];
    }
    Path file = directory.resolve("big.pt");
    TorchFiles.archive(file, views().end(), Map.of("0", big), ZipEntry.STORED, "big");
    requireViews(TorchCheckpoint.read(file).model());
  }

  @Test
  void aViewInALegacyFile_beginsInsideItsStorage() throws IOException {
    PickleBytes pickle = new PickleBytes().op('}').text("view");
    pickle.global("torch._utils", "_rebuild_tensor").op('(').op('(').text("storage");
    pickle.global("torch", "FloatStorage").text("root").text("cpu").number(12);
    pickle.op('(').text("view key").number(3).number(6).op('t').op('t').op('Q').number(1);
    pickle.tuple(2).tuple(2).op('t').op('R').op('s');
    Path file = directory.resolve("view.pth");
    TorchFiles.legacy(file, pickle.end(), Map.of("root", TWELVE), 4);
    assertArrayEquals(new float[] {4, 6}, floats(TorchCheckpoint.read(file).model(), "view"));
  }

  @Test
  void everyNumberType_isRead() throws IOException {
    byte[] bytes = {0x00, 0x3c, 0x01, (byte) 0xc2, 0, 0, 0, (byte) 0x80};
    Object[][] types = {
      {"HalfStorage", 4, new double[] {1, -3.001953125, 0, -0.0}},
      {"BFloat16Storage", 4, new double[] {0.0078125, -32.25, 0, -0.0}},
      {"DoubleStorage", 1, new double[] {Double.longBitsToDouble(0x80000000c2013c00L)}},
      {"LongStorage", 1, new double[] {0x80000000c2013c00L}},
      {"IntStorage", 2, new double[] {0xc2013c00, 0x80000000}},
      {"ShortStorage", 4, new double[] {0x3c00, -15871, 0, -32768}},
      {"CharStorage", 8, new double[] {0, 60, 1, -62, 0, 0, 0, -128}},
      {"ByteStorage", 8, new double[] {0, 60, 1, 194, 0, 0, 0, 128}},
      {"BoolStorage", 8, new double[] {0, 1, 1, 1, 0, 0, 0, 1}},
    };
    Path file = directory.resolve("types.pt");
    for (Object[] type : types) {
      int count = (int) type[1];
      PickleBytes pickle = new PickleBytes().op('}').text("x");
      pickle.tensor((String) type[0], "0", count, 0, new int[] {count}, new int[] {1}).op('s');
      TorchFiles.archive(file, pickle.end(), Map.of("0", bytes));
      StoredArray array = TorchCheckpoint.read(file).model().get("x");
      assertArrayEquals((double[]) type[2], array.doubles(), (String) type[0]);
      try (Scope scope = Scope.open()) {
        assertArrayEquals(
            array.type() == StoredArray.Type.F64
                ? array.doubles()
                : Tensors.toDoubles(array.toArray()),
            array.doubles());
      }
    }
  }

  @Test
  void aStateDictInsideADictionary_isFound() throws IOException {
    PickleBytes pickle = new PickleBytes().op('}').op('(').text("epoch").number(7);
    pickle.text("state_dict").op('}').op('(').text("net.w");
    pickle.tensor("FloatStorage", "0", 12, 0, new int[] {12}, new int[] {1}).op('u');
    Path file = directory.resolve("nested.ckpt");
    TorchFiles.archive(file, pickle.op('u').end(), Map.of("0", TWELVE));
    TorchCheckpoint checkpoint = TorchCheckpoint.read(file);
    assertEquals(List.of("net.w"), List.copyOf(checkpoint.model().keySet()));
    assertEquals(7, checkpoint.epoch().getAsLong());
    assertTrue(checkpoint.average().isEmpty() && checkpoint.step().isEmpty());
  }

  @Test
  void truncatedOrDamagedFiles_areRefused() throws IOException {
    Path whole = directory.resolve("whole.pt");
    Path damaged = directory.resolve("damaged.pt");
    TorchFiles.archive(whole, views().end(), Map.of("0", TWELVE));
    byte[] bytes = Files.readAllBytes(whole);
    for (int length = 0; length < bytes.length; length += 53) {
      Files.write(damaged, Arrays.copyOf(bytes, length));
      String message =
          assertThrows(DamagedDataException.class, () -> TorchCheckpoint.read(damaged))
              .getMessage();
      assertTrue(message.contains("damaged.pt must"), message);
    }
    TorchFiles.legacy(whole, views().end(), Map.of("0", TWELVE), 4);
    byte[] old = Files.readAllBytes(whole);
    for (int length = 0; length < old.length; length += 23) {
      Files.write(damaged, Arrays.copyOf(old, length));
      assertThrows(DamagedDataException.class, () -> TorchCheckpoint.read(damaged));
    }
    Files.write(damaged, Arrays.copyOf(old, old.length + 1));
    assertThrows(DamagedDataException.class, () -> TorchCheckpoint.read(damaged));
    Path absent = directory.resolve("absent.pt");
    assertThrows(IOException.class, () -> TorchCheckpoint.read(absent));
  }

  @Test
  void aFlippedByteOfPickleOrNumbers_isFound() throws IOException {
    Path file = directory.resolve("flipped.pt");
    byte[] pickle = views().end();
    TorchFiles.archive(file, pickle, Map.of("0", TWELVE));
    byte[] bytes = Files.readAllBytes(file);
    int numbers = indexOf(bytes, Arrays.copyOfRange(TWELVE, 4, TWELVE.length));
    byte[] wrong = bytes.clone();
    wrong[numbers] ^= 1;
    Files.write(file, wrong);
    Map<String, StoredArray> model = TorchCheckpoint.read(file).model();
    for (String key : List.of("whole", "number", "turned")) {
      String message =
          assertThrows(UncheckedIOException.class, () -> model.get(key).bytes()).getMessage();
      assertTrue(message.contains("run/data/0 is damaged"), message);
    }
    wrong = bytes.clone();
    wrong[indexOf(bytes, pickle) + 40] ^= 1;
    Files.write(file, wrong);
    assertThrows(DamagedDataException.class, () -> TorchCheckpoint.read(file));
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }

  @Test
  void sizesThatTheFileDoesNotHave_areRefused() throws IOException {
    Path file = directory.resolve("sizes.pt");
    int[][][] views = {
      {{0}, {13}, {1}},
      {{5}, {2, 4}, {4, 1}},
      {{0}, {2, 2}, {1}},
      {{-1}, {2}, {1}},
      {{0}, {-2}, {1}},
      {{0}, {2}, {-1}},
      {{0}, {1 << 30, 8}, {0, 0}},
      {{0}, {1 << 30, 1 << 30, 1 << 30}, {0, 0, 0}},
      {{0}, {1 << 30, 1 << 30, 1 << 30}, {1 << 30, 1 << 30, 1 << 30}}
    };
    for (int[][] view : views) {
      PickleBytes pickle = new PickleBytes().op('}').text("x");
      pickle.tensor("FloatStorage", "0", 12, view[0][0], view[1], view[2]).op('s');
      TorchFiles.archive(file, pickle.end(), Map.of("0", TWELVE));
      String message =
          assertThrows(DamagedDataException.class, () -> TorchCheckpoint.read(file)).getMessage();
      assertTrue(message.contains("sizes.pt, run/data/0 must hold the tensor of"), message);
    }
    PickleBytes pickle = new PickleBytes().op('}').text("x");
    pickle.tensor("FloatStorage", "0", 1 << 30, 0, new int[] {4}, new int[] {1}).op('s');
    TorchFiles.archive(file, pickle.end(), Map.of("0", TWELVE));
    String message =
        assertThrows(DamagedDataException.class, () -> TorchCheckpoint.read(file)).getMessage();
    assertTrue(message.contains("must hold run/data/0 of 4294967296 bytes"), message);
    TorchFiles.archive(file, pickle.end(), Map.of("1", TWELVE));
    message =
        assertThrows(DamagedDataException.class, () -> TorchCheckpoint.read(file)).getMessage();
    assertTrue(message.contains("no such entry"), message);
    TorchFiles.legacy(file, pickle.end(), Map.of("0", TWELVE), 4);
    assertThrows(DamagedDataException.class, () -> TorchCheckpoint.read(file));
    TorchFiles.legacy(file, pickle.end(), Map.of("1", TWELVE), 4);
    assertThrows(DamagedDataException.class, () -> TorchCheckpoint.read(file));
  }

  /** A file of 3.2 GB, most of which is a hole: only what is asked for comes into memory. */
  @Test
  void aFileLongerThanTheHeap_isReadTensorByTensor() throws IOException {
    int count = 800_000_000;
    PickleBytes pickle = new PickleBytes().op('}').op('(').text("all");
    pickle.tensor("FloatStorage", "0", count, 0, new int[] {count}, new int[] {1});
    pickle.text("last").tensor("FloatStorage", "0", count, count - 2, new int[] {2}, new int[] {1});
    Path file = directory.resolve("long.pth");
    TorchFiles.legacy(file, pickle.op('u').end(), Map.of("0", new byte[0]), 4);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      long start = sparse.length();
      sparse.seek(start - 8);
      sparse.write(PickleBytes.little(count));
      sparse.seek(start + 4L * count - 8);
      sparse.write(TorchFiles.floats(3, 4));
    }
    Map<String, StoredArray> model = TorchCheckpoint.read(file).model();
    assertArrayEquals(new float[] {3, 4}, floats(model, "last"));
    String message =
        assertThrows(UncheckedIOException.class, () -> model.get("all").bytes()).getMessage();
    assertTrue(message.contains("an array of 3200000000 bytes is too long"), message);
  }

  @Test
  void otherFiles_areNamedForWhatTheyAre() throws IOException {
    Path file = directory.resolve("other.pt");
    Files.writeString(file, "<html>");
    String message =
        assertThrows(DamagedDataException.class, () -> TorchCheckpoint.read(file)).getMessage();
    assertTrue(message.contains("3c68"), message);
    TorchFiles.archive(file, new PickleBytes().number(3).end(), Map.of());
    message =
        assertThrows(DamagedDataException.class, () -> TorchCheckpoint.read(file)).getMessage();
    assertTrue(message.contains("must hold a state dict"), message);
    TorchFiles.archive(file, new PickleBytes().op('}').end(), Map.of());
    assertThrows(DamagedDataException.class, () -> TorchCheckpoint.read(file));
  }
}

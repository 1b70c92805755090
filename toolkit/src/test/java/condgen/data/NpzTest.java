package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import condgen.tensor.Devices;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Arrays of NumPy, against the engine's own reader where it can read them. */
class NpzTest {

  @TempDir Path directory;

  static List<Path> recorded() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden"))) {
      return files
          .filter(f -> f.getFileName().toString().matches("(mcvd|ode|optim|frechet).*\\.npz"))
          .sorted()
          .limit(6)
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void everyArray_isTheOneThatTheEngineReads(Path file) throws IOException {
    Map<String, StoredArray> found = Npz.read(file);
    try (Scope scope = Scope.open()) {
      NDList expected = NDList.decode(Devices.root(), Files.readAllBytes(file));
      assertEquals(expected.size(), found.size());
      Iterator<StoredArray> next = found.values().iterator();
      for (NDArray array : expected) {
        StoredArray stored = next.next();
        assertEquals(array.getName(), stored.name());
        assertEquals(array.getShape(), stored.shape());
        boolean whole = array.getDataType() == DataType.INT64;
        assertEquals(whole, !stored.type().isFloating());
        assertArrayEquals(Tensors.toDoubles(array), stored.doubles());
      }
    }
  }

  private static byte[] npy(int version, String header, byte[] numbers) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    ByteBuffer length = ByteBuffer.allocate(version == 1 ? 2 : 4).order(ByteOrder.LITTLE_ENDIAN);
    out.writeBytes(
        version == 1
            ? length.putShort((short) text.length).array()
            : length.putInt(text.length).array());
    out.writeBytes(text);
    out.writeBytes(numbers);
    return out.toByteArray();
  }

  private StoredArray read(byte[] bytes) throws IOException {
    return Npy.read(Files.write(directory.resolve("some.npy"), bytes));
  }

  private static String header(String type, String shape) {
    return "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }   \n";
  }

  @Test
  void everyTypeAndByteOrder_isRead() throws IOException {
    Object[][] cases = {
      {"<i2", StoredArray.Type.I16, new int[] {1, 2, 255, 255}, new double[] {513, -1}},
      {">i2", StoredArray.Type.I16, new int[] {1, 2, 255, 254}, new double[] {258, -2}},
      {"<u2", StoredArray.Type.I32, new int[] {1, 2, 255, 255}, new double[] {513, 65535}},
      {"|u1", StoredArray.Type.U8, new int[] {7, 200}, new double[] {7, 200}},
      {"|i1", StoredArray.Type.I8, new int[] {7, 200}, new double[] {7, -56}},
      {"|b1", StoredArray.Type.BOOL, new int[] {1, 0}, new double[] {1, 0}},
      {
        ">u4",
        StoredArray.Type.I64,
        new int[] {255, 0, 0, 0, 0, 0, 0, 9},
        new double[] {4278190080.0, 9}
      },
      {">f2", StoredArray.Type.F16, new int[] {0x3c, 0, 0xc0, 0}, new double[] {1, -2}},
      {
        ">f4",
        StoredArray.Type.F32,
        new int[] {0x3f, 0x80, 0, 0, 0xc0, 0x40, 0, 0},
        new double[] {1, -3}
      },
      {
        ">f8",
        StoredArray.Type.F64,
        new int[] {0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 0x40, 8, 0, 0, 0, 0, 0, 0},
        new double[] {1, 3}
      },
      {
        "<u8",
        StoredArray.Type.I64,
        new int[] {5, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0},
        new double[] {5, 256}
      },
    };
    for (int version : new int[] {1, 2, 3}) {
      for (Object[] c : cases) {
        StoredArray array = read(npy(version, header((String) c[0], "(2,)"), bytes((int[]) c[2])));
        assertEquals(c[1], array.type());
        assertArrayEquals((double[]) c[3], array.doubles(), (String) c[0]);
        assertEquals("some", array.name());
      }
    }
  }

  private static byte[] bytes(int[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @Test
  void fortranOrder_isTurned() throws IOException {
    String header = header("|u1", "(2, 3)").replace("False", "True");
    StoredArray array = read(npy(1, header, new byte[] {1, 4, 2, 5, 3, 6}));
    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, array.doubles());
    assertArrayEquals(
        new double[] {9}, read(npy(1, header("|u1", "()"), new byte[] {9})).doubles());
  }

  @Test
  void objectsTextsAndDamage_areRefused() throws IOException {
    for (String type : List.of("|O", "<U5", "|S3", "<c8", "<M8[ns]", "|V4", "<f16", "<u16")) {
      byte[] bytes = npy(1, header(type, "(1,)"), new byte[40]);
      String message = assertThrows(DamagedDataException.class, () -> read(bytes)).getMessage();
      assertTrue(message.contains("some.npy must hold") && message.contains(type), message);
    }
    String record = "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }";
    assertThrows(DamagedDataException.class, () -> read(npy(1, record, new byte[4])));
    for (String shape : List.of("(2)", "(-1,)", "(99999999999999999999,)", "(9999999999,)", "x")) {
      byte[] bytes = npy(1, header("<f4", shape), new byte[4]);
      assertThrows(DamagedDataException.class, () -> read(bytes), shape);
    }
    byte[] unsigned = npy(1, header("<u8", "(1,)"), bytes(new int[] {0, 0, 0, 0, 0, 0, 0, 255}));
    assertThrows(DamagedDataException.class, () -> read(unsigned));
    byte[] whole = npy(1, header("<f4", "(3,)"), new byte[12]);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThrows(DamagedDataException.class, () -> read(part));
    }
    assertThrows(DamagedDataException.class, () -> read(Arrays.copyOf(whole, whole.length + 1)));
  }

  @Test
  void anArchive_isReadInPartOrRefused() throws IOException {
    Path file = Path.of("src/test/resources/golden/mcvd_ckpt_list.npz");
    String name = "ema:unet.all_modules.0.bias";
    assertEquals(List.of(name), List.copyOf(Npz.read(file, name).keySet()));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Npz.read(file, "gender")).getMessage();
    assertTrue(message.contains("gender") && message.contains(name), message);
    byte[] bytes = Files.readAllBytes(file);
    Path damaged = directory.resolve("damaged.npz");
    for (int length = 0; length < bytes.length; length += 97) {
      Files.write(damaged, Arrays.copyOf(bytes, length));
      assertThrows(DamagedDataException.class, () -> Npz.read(damaged));
    }
    bytes[200] ^= 4;
    Files.write(damaged, bytes);
    assertThrows(DamagedDataException.class, () -> Npz.read(damaged));
  }
}

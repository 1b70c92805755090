package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsTest {

  @TempDir Path directory;

  private static final List<StoredArray> ARRAYS =
      List.of(
          StoredArray.ofFloats("layer.0.weight", new float[] {1, -2.5f, 3, 4, 5, 6}, 2, 3),
          StoredArray.ofDoubles("grün", new double[] {Math.PI}),
          StoredArray.ofLongs("steps", new long[] {Long.MIN_VALUE, 7}, 2),
          new StoredArray("half", StoredArray.Type.F16, new long[] {2}, new byte[] {0, 60, 0, 64}),
          new StoredArray("flags", StoredArray.Type.BOOL, new long[] {3}, new byte[] {1, 0, 1}),
          new StoredArray("none", StoredArray.Type.U8, new long[] {0, 4}, new byte[0]));

  private Path written() {
    Path file = directory.resolve("some/model.safetensors");
    new SafeTensors(Map.of("task", "video"), ARRAYS).write(file);
    return file;
  }

  /** Read here as the format's description says, with nothing of the class. */
  @Test
  void aWrittenFile_isWhatTheFormatSays() throws IOException {
    byte[] bytes = Files.readAllBytes(written());
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) buffer.getLong();
    assertEquals(0, length % 8);
    String text = new String(bytes, 8, length, StandardCharsets.UTF_8);
    assertEquals('{', text.charAt(0));
    JsonObject header = JsonParser.parseString(text).getAsJsonObject();
    assertEquals("video", header.getAsJsonObject("__metadata__").get("task").getAsString());
    assertEquals(ARRAYS.size() + 1, header.size());
    long end = 0;
    for (StoredArray array : ARRAYS) {
      JsonObject entry = header.getAsJsonObject(array.name());
      JsonArray offsets = entry.getAsJsonArray("data_offsets");
      assertEquals(end, offsets.get(0).getAsLong());
      end = offsets.get(1).getAsLong();
      int from = (int) (8 + length + offsets.get(0).getAsLong());
      assertArrayEquals(
          array.bytes(), Arrays.copyOfRange(bytes, from, (int) (8 + length + end)), array.name());
      assertEquals(array.type().name(), entry.get("dtype").getAsString());
      assertEquals(array.shape().dimension(), entry.getAsJsonArray("shape").size());
    }
    assertEquals(bytes.length, 8 + length + end);
    assertEquals(-2.5f, buffer.getFloat(8 + length + 4));
    JsonObject weight = header.getAsJsonObject("layer.0.weight");
    assertEquals("[2,3]", weight.get("shape").toString());
    assertEquals("[0,24]", weight.get("data_offsets").toString());
  }

  @Test
  void whatWasWritten_isReadFromFileAndFromMemory() throws IOException {
    Path file = written();
    for (SafeTensors read :
        List.of(SafeTensors.read(file), SafeTensors.decode(Files.readAllBytes(file), "bytes"))) {
      assertEquals(Map.of("task", "video"), read.metadata());
      assertEquals(ARRAYS.size(), read.arrays().size());
      for (StoredArray array : ARRAYS) {
        StoredArray found = read.byName().get(array.name());
        assertEquals(array.type(), found.type());
        assertEquals(array.shape(), found.shape());
        assertArrayEquals(array.bytes(), found.bytes());
        assertEquals(array.hash(), found.hash());
      }
      assertArrayEquals(new double[] {1, 2}, read.byName().get("half").doubles());
    }
  }

  @Test
  void truncatedAndLengthenedFiles_areRefused() throws IOException {
    Path file = written();
    byte[] bytes = Files.readAllBytes(file);
    Path damaged = directory.resolve("damaged.safetensors");
    for (int length = 0; length < bytes.length; length += 5) {
      Files.write(damaged, Arrays.copyOf(bytes, length));
      assertThrows(DamagedDataException.class, () -> SafeTensors.read(damaged));
    }
    Files.write(damaged, Arrays.copyOf(bytes, bytes.length + 1));
    assertThrows(DamagedDataException.class, () -> SafeTensors.read(damaged));
    byte[] longHeader = bytes.clone();
    longHeader[6] = 1;
    Files.write(damaged, longHeader);
    assertThrows(DamagedDataException.class, () -> SafeTensors.read(damaged));
    SafeTensors open = SafeTensors.read(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertThrows(UncheckedIOException.class, () -> open.byName().get("flags").bytes());
  }

  @Test
  void twoArraysOfOneName_areNotWritten() {
    Path file = directory.resolve("twice.safetensors");
    SafeTensors twice = new SafeTensors(Map.of(), List.of(ARRAYS.get(0), ARRAYS.get(0)));
    assertThrows(IllegalArgumentException.class, () -> twice.write(file));
    assertFalse(Files.exists(file));
    assertThrows(
        IllegalArgumentException.class,
        () -> new StoredArray("x", StoredArray.Type.F32, new long[] {2}, new byte[4]));
    assertTrue(StoredArray.ofDoubles("x", new double[1], 1).toString().contains("F64 (1)"));
  }
}

package condgen.training;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import condgen.nn.Dense;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {

  @TempDir private Path directory;

  private static NDArray named(String name, NDArray array) {
    array.setName(name);
    return array;
  }

  private Path written() {
    Path file = directory.resolve("a.safetensors");
    try (Scope scope = Scope.open()) {
      NDArray first = named("first", Tensors.of(new float[][] {{1.5f, -2}, {Float.MIN_VALUE, 4}}));
      NDArray second = named("second", Tensors.ofDoubles(Math.PI));
      new Checkpoint().note("seed", "7").add("theta", new NDList(first, second)).write(file);
    }
    return file;
  }

  /** The file by the format's own description, without this project's reader. */
  @Test
  void write_followsTheFormat() throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(written()));
    file.order(ByteOrder.LITTLE_ENDIAN);
    byte[] json = new byte[(int) file.getLong()];
    file.get(json);
    assertEquals(0, json.length % 8);
    JsonObject header =
        new Gson().fromJson(new String(json, StandardCharsets.UTF_8), JsonObject.class);
    assertEquals("7", header.getAsJsonObject("__metadata__").get("seed").getAsString());
    assertEquals(
        "{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}",
        header.get("theta/first").toString());
    assertEquals(
        "{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[16,24]}",
        header.get("theta/second").toString());
    assertEquals(1.5f, file.getFloat());
    assertEquals(-2f, file.getFloat());
    assertEquals(Float.MIN_VALUE, file.getFloat());
    assertEquals(4f, file.getFloat());
    assertEquals(Math.PI, file.getDouble());
    assertFalse(file.hasRemaining());
  }

  @Test
  void read_givesBackWhatWasWritten() {
    Checkpoint checkpoint = Checkpoint.read(written());
    assertEquals("7", checkpoint.note("seed"));
    try (Scope scope = Scope.open()) {
      NDList theta = checkpoint.group("theta");
      assertEquals(List.of("first", "second"), theta.stream().map(NDArray::getName).toList());
      assertEquals(new Shape(2, 2), theta.get(0).getShape());
      assertArrayEquals(new float[] {1.5f, -2, Float.MIN_VALUE, 4}, Tensors.toFloats(theta.get(0)));
      assertEquals(Math.PI, Tensors.item(theta.get(1)));
      assertTrue(checkpoint.group("average").isEmpty());
      assertTrue(checkpoint.only("average").group("theta").isEmpty());
    }
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> checkpoint.note("sead"))
            .getMessage()
            .contains("seed"));
  }

  /** Whatever byte is changed, wherever the file is cut: nothing of it is used. */
  @Test
  void read_ofADamagedFile_isRefused() throws IOException {
    byte[] whole = Files.readAllBytes(written());
    Path damaged = directory.resolve("damaged");
    for (int i = 0; i < whole.length; i++) {
      byte[] bytes = whole.clone();
      bytes[i] ^= 1;
      Files.write(damaged, bytes);
      int at = i;
      assertThrows(UncheckedIOException.class, () -> Checkpoint.read(damaged), () -> "byte " + at);
    }
    for (int length : new int[] {0, 7, 8, 100, whole.length - 1}) {
      Files.write(damaged, java.util.Arrays.copyOf(whole, length));
      assertThrows(UncheckedIOException.class, () -> Checkpoint.read(damaged));
    }
    Files.write(damaged, java.util.Arrays.copyOf(whole, whole.length + 1));
    assertThrows(UncheckedIOException.class, () -> Checkpoint.read(damaged));
    byte[] last = whole.clone();
    last[whole.length - 1] ^= 1;
    Files.write(damaged, last);
    String message =
        assertThrows(UncheckedIOException.class, () -> Checkpoint.read(damaged)).getMessage();
    assertTrue(message.contains("theta/second") && message.contains("SHA-256"), message);
  }

  @Test
  void parameters_thatDoNotFit_areNamed() {
    try (Scope scope = Scope.open()) {
      NDArray weight = named("weight", Tensors.zeros(new Shape(3, 4)));
      NDArray surplus = named("surplus", Tensors.zeros(new Shape(1)));
      Checkpoint checkpoint = new Checkpoint().add("average", new NDList(weight, surplus));
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> checkpoint.parameters("average", new Dense(2, 3)))
              .getMessage();
      assertTrue(message.contains("Dense in group \"average\""), message);
      assertTrue(message.contains("1 are missing (bias)"), message);
      assertTrue(message.contains("1 are unexpected (surplus)"), message);
      assertTrue(message.contains("weight (3, 4) instead of (3, 2)"), message);
    }
  }

  @Test
  void parameters_comeInTheNetworksOrder() {
    try (Scope scope = Scope.open()) {
      NDList theta = new Dense(2, 3).initialize(Seeds.of(1));
      NDList turned = new NDList(theta.get(1), theta.get(0));
      NDList back = new Checkpoint().add("average", turned).parameters("average", new Dense(2, 3));
      assertArrayEquals(Tensors.toFloats(theta.get(0)), Tensors.toFloats(back.get(0)));
      assertArrayEquals(Tensors.toFloats(theta.get(1)), Tensors.toFloats(back.get(1)));
    }
  }

  /** Replacing leaves one file, whole, also on a thread that is interrupted. */
  @Test
  void write_onAnInterruptedThread_isWhole_andStaysInterrupted() throws IOException {
    Path file = written();
    Thread.currentThread().interrupt();
    new Checkpoint().note("seed", "8").write(file);
    assertTrue(Thread.interrupted());
    assertEquals("8", Checkpoint.read(file).note("seed"));
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(List.of(file), files.toList());
    }
  }
}

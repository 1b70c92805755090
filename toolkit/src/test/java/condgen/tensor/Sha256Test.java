package condgen.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {

  /** The test vector of FIPS 180-4. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path directory;

  @Test
  void abc_isTheTestVector() throws IOException {
    assertEquals(ABC, Sha256.of("abc"));
    assertEquals(ABC, Sha256.of(new byte[] {'a'}, new byte[] {'b', 'c'}));
    assertEquals(ABC, Sha256.of(Files.writeString(directory.resolve("f"), "abc")));
    assertThrows(UncheckedIOException.class, () -> Sha256.of(directory.resolve("absent")));
  }

  @Test
  void textsOneAfterTheOther_stayApart() {
    assertEquals(Sha256.of("ab\0c\0"), new Sha256().add("ab").add("c").hex());
    assertNotEquals(new Sha256().add("ab").add("c").hex(), new Sha256().add("a").add("bc").hex());
  }

  /** More rows than are read at a time. */
  @Test
  void anArray_isItsShapeAndItsNumbers() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write("(700, 2)\0".getBytes(StandardCharsets.UTF_8));
    float[] values = new float[1400];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 3f;
      out.writeFloat(values[i]);
    }
    try (Scope scope = Scope.open()) {
      NDArray array = Tensors.of(values, new Shape(700, 2));
      assertEquals(Sha256.of(bytes.toByteArray()), new Sha256().add(array).hex());
    }
  }
}

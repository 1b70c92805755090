package condgen.tensor;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, as 64 hexadecimal digits, of what a number was computed from or a file holds. */
public final class Sha256 {

  private static final int ROWS = 512;

  private final MessageDigest digest;

  /** Of nothing yet. */
  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * The hash of a file.
   *
   * @throws UncheckedIOException if it cannot be read
   */
  public static String of(Path file) {
    Sha256 hash = new Sha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        hash.digest.update(buffer, 0, n);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return hash.hex();
  }

  /** The hash of some bytes, one part after the other. */
  public static String of(byte[]... parts) {
    Sha256 hash = new Sha256();
    for (byte[] part : parts) {
      hash.digest.update(part);
    }
    return hash.hex();
  }

  /** The hash of a text in UTF-8. */
  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Goes on with a text and a zero after it, so that texts one after the other stay apart. */
  public Sha256 add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    return this;
  }

  /**
   * Goes on with shape and values, in float32; a part of the rows at a time is read.
   *
   * @param array with at least one axis
   */
  public Sha256 add(NDArray array) {
    add(array.getShape().toString());
    long rows = array.getShape().get(0);
    for (long from = 0; from < rows; from += ROWS) {
      String some = from + ":" + Math.min(rows, from + ROWS);
      float[] values = Scope.call(() -> Tensors.toFloats(array.get(some)));
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
      bytes.asFloatBuffer().put(values);
      digest.update(bytes.array());
    }
    return this;
  }

  /** The hash of all that was added; afterwards this begins anew. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}

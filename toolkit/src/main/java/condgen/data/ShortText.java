package condgen.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A text that is a list, read whole: class names, splits. */
final class ShortText {
  private ShortText() {}

  /**
   * The lines of a text file.
   *
   * @param longest the most bytes that such a file has
   * @throws DamagedDataException when it is longer, or not in that encoding
   */
  static List<String> lines(Path file, int longest, Charset encoding) throws IOException {
    long length = Files.size(file);
    if (length > longest) {
      throw new DamagedDataException(
          "%s: expected a text of at most %,d bytes, found %,d".formatted(file, longest, length));
    }
    byte[] bytes = new FileBytes(file, 0, length).read(0, length);
    try {
      return encoding.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().lines().toList();
    } catch (CharacterCodingException e) {
      throw new DamagedDataException(file + ": expected a text in " + encoding, e);
    }
  }
}

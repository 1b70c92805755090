package condgen.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Reads one text out of NumPy's format: type U (UTF-32) or S (bytes), one value. */
final class NpyText {
  private static final int LONGEST = 1024;

  private NpyText() {}

  static String read(InputStream in, String where) throws IOException {
    String header = Npy.header(in, where);
    String type = Npy.type(header);
    String shape = Npy.shapeOf(header);
    if (type == null
        || !type.matches("[<>|=]?[US][0-9]{1,4}")
        || shape == null
        || !shape.matches("|1,?")) {
      throw new DamagedDataException(where + " must hold one text, but is " + header.strip());
    }
    char kind = type.replaceFirst("[<>|=]", "").charAt(0);
    int characters = Integer.parseInt(type.replaceFirst("[<>|=]?[US]", ""));
    if (characters > LONGEST) {
      throw new DamagedDataException(
          where + " must hold a text of at most " + LONGEST + " characters, but has " + characters);
    }
    int length = kind == 'U' ? 4 * characters : characters;
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length || in.read() >= 0) {
      throw new DamagedDataException(
          where + " must have " + length + " bytes of text, but has another number");
    }
    Charset charset =
        kind == 'S'
            ? StandardCharsets.ISO_8859_1
            : Charset.forName(type.startsWith(">") ? "UTF-32BE" : "UTF-32LE");
    return new String(bytes, charset).replace("\0", "");
  }
}

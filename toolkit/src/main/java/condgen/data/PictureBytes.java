package condgen.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Picture files without what is not picture: comments, thumbnails, colour profiles, unknown parts.
 * What is left out cannot change the pixels, nor break a decoder. Checks the order and length of
 * the parts, and the checksums of PNG.
 */
final class PictureBytes {
  private static final long PNG = 0x89504e470d0a1a0aL;
  private static final Set<String> PNG_PARTS = Set.of("IHDR", "PLTE", "IDAT", "IEND");

  private final byte[] file;
  private final String where;

  private PictureBytes(byte[] file, String where) {
    this.file = file;
    this.where = where;
  }

  /**
   * @throws DamagedDataException unless it is a PNG or JPEG file whose parts are whole
   */
  static byte[] plain(byte[] file, String where) throws DamagedDataException {
    PictureBytes bytes = new PictureBytes(file, where);
    if (isPng(file)) {
      return bytes.png();
    }
    if (file.length > 3 && (file[0] & 0xff) == 0xff && (file[1] & 0xff) == 0xd8) {
      return bytes.jpeg();
    }
    throw bytes.damaged("PNG or JPEG, but begins with neither", 0);
  }

  static boolean isPng(byte[] file) {
    return file.length >= 8 && ByteBuffer.wrap(file).getLong() == PNG;
  }

  /** How many inks a JPEG file has, by its frame header; 0 without one. */
  static int inks(byte[] jpeg) {
    for (int at = 2; at + 9 < jpeg.length && isSegment(jpeg, at); at += 2 + length(jpeg, at)) {
      int kind = jpeg[at + 1] & 0xff;
      if (kind >= 0xc0 && kind <= 0xcf && kind != 0xc4 && kind != 0xc8 && kind != 0xcc) {
        return jpeg[at + 9];
      }
    }
    return 0;
  }

  private byte[] png() throws DamagedDataException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
    out.write(file, 0, 8);
    int at = 8;
    String kind = "";
    while (!kind.equals("IEND")) {
      long length = at + 12L <= file.length ? ByteBuffer.wrap(file).getInt(at) : -1;
      if (length < 0 || at + 12 + length > file.length) {
        throw damaged("PNG parts that end inside the file", at);
      }
      kind = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
      CRC32 sum = new CRC32();
      sum.update(file, at + 4, 4 + (int) length);
      if ((int) sum.getValue() != ByteBuffer.wrap(file).getInt(at + 8 + (int) length)) {
        throw damaged("a part " + kind + " with the checksum it states", at);
      }
      if (PNG_PARTS.contains(kind)) {
        out.write(file, at, 12 + (int) length);
      } else if (Character.isUpperCase(kind.charAt(0))) {
        throw damaged("known parts, but needs " + kind, at);
      }
      at += 12 + (int) length;
    }
    return out.toByteArray();
  }

  private byte[] jpeg() throws DamagedDataException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
    out.write(file, 0, 2);
    int at = 2;
    while (true) {
      while (at + 1 < file.length && file[at] == -1 && file[at + 1] == -1) {
        at++;
      }
      if (at + 4 > file.length || !isSegment(file, at)) {
        throw damaged("a JPEG segment", at);
      }
      int kind = file[at + 1] & 0xff;
      int next = at + 2 + length(file, at);
      if (next > file.length) {
        throw damaged("a JPEG segment that ends inside the file", at);
      }
      if (kind == 0xda) {
        out.write(file, at, file.length - at);
        return out.toByteArray();
      }
      boolean application = kind >= 0xe1 && kind <= 0xef && kind != 0xee || kind == 0xfe;
      if (!application) {
        out.write(file, at, next - at);
      }
      at = next;
    }
  }

  /** Whether a marker with a length stands there. */
  private static boolean isSegment(byte[] jpeg, int at) {
    int kind = jpeg[at + 1] & 0xff;
    return jpeg[at] == -1 && kind >= 0xc0 && (kind < 0xd0 || kind > 0xd9) && length(jpeg, at) >= 2;
  }

  private static int length(byte[] jpeg, int at) {
    return Short.toUnsignedInt(ByteBuffer.wrap(jpeg).getShort(at + 2));
  }

  private DamagedDataException damaged(String expected, int at) {
    return new DamagedDataException(
        "%s must have %s (at byte %,d of %,d)".formatted(where, expected, at, file.length));
  }
}

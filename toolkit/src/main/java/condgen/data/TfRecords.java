package condgen.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The records of a TFRecord file, read when asked for. A record is its length in eight bytes, a
 * check sum of these, the content, a check sum of it; numbers are little endian. The check sum is
 * the CRC-32C, turned right by 15 bits, plus a constant, so that a CRC of data which hold CRCs
 * stays good.
 */
final class TfRecords {
  private static final int HEAD = 12;
  private static final int TAIL = 4;
  private static final int MASK = 0xa282ead8;

  /** No record of video is that long; what claims to be is damaged. */
  private static final long LONGEST = 1 << 26;

  private final FileBytes file;
  private final String name;
  private final List<FileBytes> contents;

  private TfRecords(FileBytes file, String name, List<FileBytes> contents) {
    this.file = file;
    this.name = name;
    this.contents = contents;
  }

  /**
   * Finds the records: reads the lengths, checks them, and skips the contents.
   *
   * @param file where they are
   * @param name what to call it in messages
   * @throws DamagedDataException if a length is wrong or the last record is cut
   */
  static TfRecords open(FileBytes file, String name) throws IOException {
    List<FileBytes> contents = new ArrayList<>();
    long at = 0;
    while (at < file.length()) {
      String record = name + ", record " + contents.size();
      if (file.length() - at < HEAD + TAIL) {
        throw new DamagedDataException(
            "%s: expected at least %d bytes at %,d, found %d"
                .formatted(record, HEAD + TAIL, at, file.length() - at));
      }
      byte[] head = file.read(at, HEAD);
      ByteBuffer numbers = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
      requireSum(head, Long.BYTES, numbers.getInt(Long.BYTES), record + ", its length");
      long length = numbers.getLong(0);
      long most = Math.min(LONGEST, file.length() - at - HEAD - TAIL);
      if (length < 0 || length > most) {
        throw new DamagedDataException(
            "%s: expected at most %,d bytes, found a length of %,d"
                .formatted(record, most, length));
      }
      contents.add(new FileBytes(file.file(), file.offset() + at + HEAD, length));
      at += HEAD + length + TAIL;
    }
    return new TfRecords(file, name, List.copyOf(contents));
  }

  /** How many records there are. */
  int size() {
    return contents.size();
  }

  /** How a record is called in messages. */
  String name(int record) {
    return name + ", record " + record;
  }

  /**
   * The content of a record.
   *
   * @throws DamagedDataException if it does not agree with its check sum
   */
  byte[] read(int record) throws IOException {
    FileBytes content = contents.get(record);
    long from = content.offset() - file.offset();
    byte[] bytes = file.read(from, content.length() + TAIL);
    int length = (int) content.length();
    int sum = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(length);
    requireSum(bytes, length, sum, name(record));
    return Arrays.copyOf(bytes, length);
  }

  private static void requireSum(byte[] bytes, int length, int expected, String what)
      throws DamagedDataException {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    int sum = Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    if (sum != expected) {
      throw new DamagedDataException(
          "%s: expected the check sum %08x, found %08x".formatted(what, expected, sum));
    }
  }
}

package condgen.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/**
 * Numbers that lie one after the other in a checkpoint; tensors are views of them. Where they lie
 * is known from the beginning, or is found later.
 */
final class TorchStorage {

  private final String name;
  private final StoredArray.Type type;
  private final long count;
  private final boolean littleEndian;
  private Place place;
  private boolean verified;

  /** The bytes of a storage. */
  interface Place {
    byte[] read(long from, long count) throws IOException;

    /** The CRC-32 that they must have; negative if it is not known. */
    default long crc() {
      return -1;
    }

    /** All bytes, to check a known CRC-32 without holding them; null where none is known. */
    default InputStream open() throws IOException {
      return null;
    }
  }

  /**
   * @param name file and key, for messages
   * @param count how many numbers
   */
  TorchStorage(String name, StoredArray.Type type, long count, boolean littleEndian) {
    this.name = name;
    this.type = type;
    this.count = count;
    this.littleEndian = littleEndian;
  }

  String name() {
    return name;
  }

  StoredArray.Type type() {
    return type;
  }

  long count() {
    return count;
  }

  long byteCount() {
    return Math.multiplyExact(count, type.width());
  }

  boolean isPlaced() {
    return place != null;
  }

  void place(Place found) {
    place = found;
  }

  /**
   * The little-endian bytes of some of the numbers.
   *
   * @throws DamagedDataException if the file does not hold them, or their CRC-32 is wrong
   */
  byte[] read(long first, long numbers) throws IOException {
    try {
      boolean all = first == 0 && numbers == count;
      if (!all && !verified && place.crc() >= 0) {
        verify();
      }
      byte[] bytes = place.read(first * type.width(), numbers * type.width());
      if (all && place.crc() >= 0) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        requireCrc(crc.getValue());
      }
      return littleEndian ? bytes : reversed(bytes, type.width());
    } catch (DamagedDataException e) {
      throw e;
    } catch (IOException e) {
      throw new DamagedDataException(name + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void verify() throws IOException {
    CRC32 crc = new CRC32();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = place.open()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        crc.update(buffer, 0, n);
      }
    }
    requireCrc(crc.getValue());
    verified = true;
  }

  private void requireCrc(long found) throws DamagedDataException {
    if (found != place.crc()) {
      throw new DamagedDataException(
          "%s is damaged: its CRC-32 must be %08x, but is %08x"
              .formatted(name, place.crc(), found));
    }
  }

  private static byte[] reversed(byte[] bytes, int width) {
    byte[] turned = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i += width) {
      for (int k = 0; k < width; k++) {
        turned[i + k] = bytes[i + width - 1 - k];
      }
    }
    return turned;
  }
}

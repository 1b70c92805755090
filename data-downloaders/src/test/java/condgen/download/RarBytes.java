package condgen.download;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Puts a RAR archive of version 4 together whose files are stored, not packed: blocks of a CRC, a
 * kind, flags, a length, and what the kind needs. No free program writes such archives.
 */
final class RarBytes {
  private static final byte[] MARK = {'R', 'a', 'r', '!', 0x1a, 7, 0};
  private static final int UNIX = 3;
  private static final int STORED = 0x30;

  private RarBytes() {}

  /** An archive of files by name. */
  static byte[] of(Map<String, byte[]> files) {
    ByteBuffer all = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    all.put(MARK).put(block(0x73, 0, new byte[6]));
    files.forEach((name, content) -> all.put(file(name, content)).put(content));
    all.put(block(0x7b, 0x4000, new byte[0]));
    byte[] bytes = new byte[all.flip().remaining()];
    all.get(bytes);
    return bytes;
  }

  private static byte[] file(String name, byte[] content) {
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(content);
    ByteBuffer head = ByteBuffer.allocate(25 + text.length).order(ByteOrder.LITTLE_ENDIAN);
    head.putInt(content.length).putInt(content.length).put((byte) UNIX);
    head.putInt((int) crc.getValue()).putInt(0).put((byte) 20).put((byte) STORED);
    head.putShort((short) text.length).putInt(0100644).put(text);
    return block(0x74, 0x8000, head.array());
  }

  private static byte[] block(int kind, int flags, byte[] rest) {
    ByteBuffer block = ByteBuffer.allocate(7 + rest.length).order(ByteOrder.LITTLE_ENDIAN);
    block.putShort((short) 0).put((byte) kind).putShort((short) flags);
    block.putShort((short) (7 + rest.length)).put(rest);
    return made(block.array());
  }

  /** A block whose CRC is right: the lower half of the CRC-32 of what follows it. */
  private static byte[] made(byte[] block) {
    CRC32 crc = new CRC32();
    crc.update(block, 2, block.length - 2);
    block[0] = (byte) crc.getValue();
    block[1] = (byte) (crc.getValue() >> 8);
    return block;
  }
}

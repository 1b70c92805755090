package condgen.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Both containers of PyTorch, made by hand from a pickle and the bytes of storages. */
final class TorchFiles {

  private TorchFiles() {}

  /** A zip archive with stored entries, as PyTorch writes it. */
  static Path archive(Path file, byte[] pickle, Map<String, byte[]> storages) throws IOException {
    return archive(file, pickle, storages, ZipEntry.STORED, "little");
  }

  static Path archive(
      Path file, byte[] pickle, Map<String, byte[]> storages, int method, String order)
      throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("run/data.pkl", pickle);
    entries.put("run/byteorder", order.getBytes(StandardCharsets.UTF_8));
    storages.forEach((key, bytes) -> entries.put("run/data/" + key, bytes));
    entries.put("run/version", "3\n".getBytes(StandardCharsets.UTF_8));
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> content : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(content.getKey());
        CRC32 crc = new CRC32();
        crc.update(content.getValue());
        entry.setMethod(method);
        entry.setSize(content.getValue().length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content.getValue());
      }
    }
    return file;
  }

  /** Five pickles, then each storage after the number of its numbers. */
  static Path legacy(Path file, byte[] pickle, Map<String, byte[]> storages, int width)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new PickleBytes().number(new BigInteger("1950a86a20f9469cfc6c", 16)).end());
    out.writeBytes(new PickleBytes().raw((byte) 'M', (byte) 0xe9, (byte) 3).end());
    out.writeBytes(
        new PickleBytes().op('}').text("little_endian").raw((byte) 0x88, (byte) 's').end());
    out.writeBytes(pickle);
    PickleBytes keys = new PickleBytes().op(']').op('(');
    storages.keySet().forEach(keys::text);
    out.writeBytes(keys.op('e').end());
    for (byte[] bytes : storages.values()) {
      ByteBuffer count = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      out.writeBytes(count.putLong(bytes.length / width).array());
      out.writeBytes(bytes);
    }
    return Files.write(file, out.toByteArray());
  }

  static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}

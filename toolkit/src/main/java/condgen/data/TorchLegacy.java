package condgen.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PyTorch's container before version 1.6: five pickles one after the other (a magic number, a
 * version, facts about the machine, the content, the keys of the storages), then for each key the
 * number of its numbers in eight bytes, and the numbers, little-endian on every machine.
 */
final class TorchLegacy {

  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final int VERSION = 1001;

  private final Path file;
  private final long size;
  private final Map<String, TorchStorage> storages = new HashMap<>();

  private TorchLegacy(Path file, long size) {
    this.file = file;
    this.size = size;
  }

  /**
   * What the fourth pickle describes.
   *
   * @throws DamagedDataException if the file is truncated, or a storage is missing or too short
   */
  static Object read(Path file) throws IOException {
    TorchLegacy container = new TorchLegacy(file, Files.size(file));
    long length = Math.min(container.size, TorchCheckpoint.LONGEST);
    byte[] start = new FileBytes(file, 0, container.size).read(0, length);
    return container.read(new ByteArrayInputStream(start), length);
  }

  private Object read(ByteArrayInputStream pickles, long length) throws IOException {
    Object magic = next(pickles);
    require(MAGIC.equals(magic), "PyTorch's magic number", magic);
    Object version = next(pickles);
    require(Integer.valueOf(VERSION).equals(version), "version " + VERSION, version);
    Object machine = next(pickles);
    require(machine instanceof Map<?, ?>, "facts about the machine", machine);
    Object content = next(pickles);
    Object keys = next(pickles);
    require(keys instanceof List<?>, "a list of storages", keys);
    place((List<?>) keys, length - pickles.available());
    return content;
  }

  private Object next(ByteArrayInputStream pickles) throws DamagedDataException {
    return TorchPickle.reader(file.toString(), this::part).read(pickles);
  }

  private void require(boolean holds, String expected, Object found) throws DamagedDataException {
    if (!holds) {
      String text = found instanceof Number ? found.toString() : "something else";
      throw new DamagedDataException(file + " must hold " + expected + ", but holds " + text);
    }
  }

  /** A storage, or a stretch of one: {@code (key of the view, offset, count)}. */
  private TorchPickle.Part part(TorchPickle.Identifier id) throws DamagedDataException {
    TorchStorage storage =
        storages.computeIfAbsent(
            id.key(),
            key -> new TorchStorage(file + ", storage " + key, id.type(), id.count(), true));
    require(
        storage.type() == id.type() && storage.count() == id.count(),
        "one type and size of storage " + id.key(),
        null);
    if (id.view() == null) {
      return new TorchPickle.Part(storage, 0);
    }
    boolean view =
        id.view() instanceof Object[] v
            && v.length == 3
            && v[1] instanceof Integer offset
            && offset >= 0;
    require(view, "a view (key, offset, count) of storage " + id.key(), null);
    return new TorchPickle.Part(storage, ((Integer) ((Object[]) id.view())[1]));
  }

  private void place(List<?> keys, long start) throws IOException {
    long at = start;
    for (Object key : keys) {
      TorchStorage storage = key instanceof String ? storages.get(key) : null;
      require(storage != null && !storage.isPlaced(), "storages that the content names", null);
      FileBytes whole = new FileBytes(file, 0, size);
      require(at + Long.BYTES <= size, "the size of storage " + key + " at byte " + at, size);
      ByteBuffer number = ByteBuffer.wrap(whole.read(at, Long.BYTES));
      long count = number.order(ByteOrder.LITTLE_ENDIAN).getLong();
      require(count == storage.count(), storage.count() + " numbers in storage " + key, count);
      at += Long.BYTES;
      long end = Math.addExact(at, storage.byteCount());
      require(end <= size, "storage " + key + " up to byte " + end, size);
      FileBytes bytes = new FileBytes(file, at, storage.byteCount());
      storage.place(bytes::read);
      at = end;
    }
    require(at == size, at + " bytes", size);
    for (Map.Entry<String, TorchStorage> entry : storages.entrySet()) {
      require(entry.getValue().isPlaced(), "storage " + entry.getKey(), null);
    }
  }
}

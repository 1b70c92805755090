package condgen.data;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * PyTorch's zip container: {@code NAME/data.pkl} is the pickle, {@code NAME/data/KEY} the bytes of
 * a storage, {@code NAME/byteorder} says how they lie. The storages' bytes stay in the file until a
 * tensor is read.
 */
final class TorchArchive {

  private static final String PICKLE = "data.pkl";

  private final Path file;
  private final ZipFile zip;
  private final String root;
  private final boolean littleEndian;
  private final Map<String, TorchStorage> storages = new HashMap<>();

  private TorchArchive(Path file, ZipFile zip) throws IOException {
    this.file = file;
    this.zip = zip;
    this.root = root();
    ZipArchiveEntry order = zip.getEntry(root + "byteorder");
    this.littleEndian =
        order == null || !new String(read(order, 16), StandardCharsets.UTF_8).startsWith("big");
  }

  /**
   * What the pickle describes.
   *
   * @throws DamagedDataException if the archive is truncated, a program, or lacks a storage
   */
  static Object read(Path file) throws IOException {
    try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
      TorchArchive archive = new TorchArchive(file, zip);
      byte[] pickle = archive.read(zip.getEntry(archive.root + PICKLE), TorchCheckpoint.LONGEST);
      return TorchPickle.reader(file.toString(), archive::part)
          .read(new ByteArrayInputStream(pickle));
    } catch (DamagedDataException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new DamagedDataException(
          file + " must be a whole zip archive, but cannot be read: " + e.getMessage(), e);
    }
  }

  private String root() throws DamagedDataException {
    List<ZipArchiveEntry> pickles =
        Collections.list(zip.getEntries()).stream()
            .filter(e -> e.getName().equals(PICKLE) || e.getName().endsWith("/" + PICKLE))
            .toList();
    require(pickles.size() == 1, "one entry NAME/data.pkl", pickles.size() + " of them");
    String name = pickles.get(0).getName();
    String folder = name.substring(0, name.length() - PICKLE.length());
    boolean program = zip.getEntry(folder + "constants.pkl") != null;
    require(!program, "weights alone", "a TorchScript program (constants.pkl)");
    return folder;
  }

  private void require(boolean holds, String expected, String found) throws DamagedDataException {
    if (!holds) {
      throw new DamagedDataException(file + " must hold " + expected + ", but holds " + found);
    }
  }

  private byte[] read(ZipArchiveEntry entry, int longest) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(longest + 1);
      CRC32 crc = new CRC32();
      crc.update(bytes);
      require(
          bytes.length == entry.getSize() && crc.getValue() == entry.getCrc(),
          "%s of %d bytes with CRC-32 %08x, at most %d bytes"
              .formatted(entry.getName(), entry.getSize(), entry.getCrc(), longest),
          "%d with CRC-32 %08x".formatted(bytes.length, crc.getValue()));
      require(bytes.length <= longest, "at most " + longest + " bytes of data.pkl", "more");
      return bytes;
    }
  }

  private TorchPickle.Part part(TorchPickle.Identifier id) throws DamagedDataException {
    TorchStorage storage = storages.get(id.key());
    if (storage == null) {
      storage = storage(id);
      storages.put(id.key(), storage);
    }
    require(
        storage.type() == id.type() && storage.count() == id.count(),
        "%d numbers %s in storage %s".formatted(storage.count(), storage.type(), id.key()),
        "a tensor that expects %d numbers %s".formatted(id.count(), id.type()));
    return new TorchPickle.Part(storage, 0);
  }

  private TorchStorage storage(TorchPickle.Identifier id) throws DamagedDataException {
    String name = root + "data/" + id.key();
    ZipArchiveEntry entry = zip.getEntry(name);
    long expected = StoredArray.size(id.type(), new long[] {id.count()});
    require(entry != null, name + " of " + expected + " bytes", "no such entry");
    require(
        entry.getSize() == expected,
        name + " of " + expected + " bytes",
        entry.getSize() + " bytes of it");
    TorchStorage storage =
        new TorchStorage(file + ", " + name, id.type(), id.count(), littleEndian);
    storage.place(
        entry.getMethod() == ZipEntry.STORED ? new Stored(file, entry) : new Packed(file, entry));
    return storage;
  }

  /** Bytes that lie in the archive as they are. */
  private record Stored(Path file, ZipArchiveEntry entry) implements TorchStorage.Place {
    @Override
    public byte[] read(long from, long count) throws IOException {
      return new FileBytes(file, entry.getDataOffset(), entry.getSize()).read(from, count);
    }

    @Override
    public long crc() {
      return entry.getCrc();
    }

    @Override
    public InputStream open() throws IOException {
      return unpacked(file, entry);
    }
  }

  /** Bytes that were compressed, which PyTorch does not do but other programs may. */
  private record Packed(Path file, ZipArchiveEntry entry) implements TorchStorage.Place {
    @Override
    public byte[] read(long from, long count) throws IOException {
      FileBytes.requireReadable(file, count);
      try (InputStream in = unpacked(file, entry)) {
        in.skipNBytes(from);
        byte[] bytes = in.readNBytes((int) count);
        if (bytes.length != count) {
          throw new DamagedDataException(
              "%s must hold %d bytes of %s, but ends after %d"
                  .formatted(file, count, entry.getName(), bytes.length));
        }
        return bytes;
      }
    }

    @Override
    public long crc() {
      return entry.getCrc();
    }

    @Override
    public InputStream open() throws IOException {
      return unpacked(file, entry);
    }
  }

  /** The bytes of an entry; closing them closes the archive, too. */
  private static InputStream unpacked(Path file, ZipArchiveEntry entry) throws IOException {
    ZipFile zip = ZipFile.builder().setPath(file).get();
    try {
      return new FilterInputStream(zip.getInputStream(zip.getEntry(entry.getName()))) {
        @Override
        public void close() throws IOException {
          super.close();
          zip.close();
        }
      };
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }
}

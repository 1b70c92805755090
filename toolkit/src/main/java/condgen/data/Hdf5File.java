package condgen.data;

import io.jhdf.ObjectHeader;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.dataset.DatasetLoader;
import io.jhdf.dataset.NoParent;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.FilterPipelineMessage;
import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * An open HDF5 file whose data sets are small arrays of whole numbers. jHDF reads it; here it is
 * held to a few promises: links to other files are not followed, an array is refused before memory
 * is taken for it when it or its pieces are longer than allowed, whatever goes wrong inside is a
 * {@link DamagedDataException} that names the file, and what was read is not kept. Not for several
 * threads at once.
 */
final class Hdf5File implements Closeable {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  /** Shuffle, Fletcher's check sum, LZF. */
  private static final Set<Integer> FILTERS = Set.of(2, 3, 32000);

  private final Path path;
  private final Hdf5Storage file;

  private Hdf5File(Path path, Hdf5Storage file) {
    this.path = path;
    this.file = file;
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  /** Runs the library and says what went wrong in the words of this package. */
  private static <T> T guarded(Path path, Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (DamagedDataException e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // The library trusts lengths and addresses; what it meets then can be any of these.
      throw new DamagedDataException(path + " is damaged: " + e, e);
    }
  }

  static Hdf5File open(Path path) throws IOException {
    if (Files.size(path) < SIGNATURE.length) {
      throw new DamagedDataException(
          "%s: expected an HDF5 file, found %d bytes".formatted(path, Files.size(path)));
    }
    byte[] start = new FileBytes(path, 0, SIGNATURE.length).read(0, SIGNATURE.length);
    if (!Arrays.equals(start, SIGNATURE)) {
      throw new DamagedDataException(
          path + ": expected the signature of an HDF5 file, found something else");
    }
    return guarded(path, () -> new Hdf5File(path, Hdf5Storage.open(path)));
  }

  Path path() {
    return path;
  }

  /**
   * Where the members of a group are.
   *
   * @param address of the group; that of the file's first one is {@link #root()}
   * @return from names to addresses, in the order of the file
   */
  Map<String, Long> members(long address) throws IOException {
    file.begin();
    return guarded(path, () -> Hdf5Group.members(file, address));
  }

  /** The address of the first group. */
  long root() throws IOException {
    file.begin();
    return guarded(path, file::root);
  }

  /**
   * An array of unsigned bytes.
   *
   * @param most the most bytes that are allowed
   */
  Bytes bytes(long address, String name, int most) throws IOException {
    file.begin();
    return guarded(
        path,
        () -> {
          Dataset data = dataset(address, name, most);
          int[] shape = data.getDimensions();
          long size = 1;
          for (int length : shape) {
            size = length < 0 || size > most ? Long.MAX_VALUE : size * length;
          }
          if (size > most || size == 0 || data.getSizeInBytes() != size) {
            throw new DamagedDataException(
                "%s, %s: expected 1 to %,d bytes, found the sizes %s of %s"
                    .formatted(path, name, most, Arrays.toString(shape), data.getJavaType()));
          }
          return new Bytes(shape, unsigned(data.getDataFlat(), (int) size, name));
        });
  }

  /** The library gives unsigned bytes as whole numbers. */
  private byte[] unsigned(Object values, int size, String name) throws DamagedDataException {
    if (!(values instanceof int[] numbers) || numbers.length != size) {
      throw new DamagedDataException(
          "%s, %s: expected %,d unsigned bytes, found %s"
              .formatted(path, name, size, values.getClass().getSimpleName()));
    }
    byte[] bytes = new byte[size];
    for (int k = 0; k < size; k++) {
      bytes[k] = (byte) numbers[k];
    }
    return bytes;
  }

  /** An array and its sizes. */
  record Bytes(int[] shape, byte[] values) {}

  /** A whole number. */
  long number(long address, String name) throws IOException {
    file.begin();
    return guarded(
        path,
        () -> {
          Dataset data = dataset(address, name, Long.BYTES);
          if (data.getSize() == 1 && data.getSizeInBytes() <= Long.BYTES) {
            Object value = data.getDataFlat();
            Object first = value.getClass().isArray() ? Array.get(value, 0) : value;
            if (first instanceof Number number && number.longValue() == number.doubleValue()) {
              return number.longValue();
            }
          }
          throw new DamagedDataException(
              "%s, %s: expected one whole number, found %,d of %s"
                  .formatted(path, name, data.getSize(), data.getJavaType()));
        });
  }

  private Dataset dataset(long address, String name, int most) throws DamagedDataException {
    ObjectHeader header = ObjectHeader.readObjectHeader(file, address);
    if (!header.hasMessageOfType(DataSpaceMessage.class)) {
      throw new DamagedDataException(
          "%s, %s: expected an array, found something else".formatted(path, name));
    }
    for (FilterPipelineMessage filters : header.getMessagesOfType(FilterPipelineMessage.class)) {
      for (FilterPipelineMessage.FilterInfo filter : filters.getFilters()) {
        boolean tooLong = Arrays.stream(filter.getData()).anyMatch(n -> n < 0 || n > most);
        if (!FILTERS.contains(filter.getId()) || tooLong) {
          throw new DamagedDataException(
              "%s, %s: expected filters LZF, shuffle or Fletcher for at most %,d bytes, found %d %s"
                  .formatted(path, name, most, filter.getId(), Arrays.toString(filter.getData())));
        }
      }
    }
    Dataset data = DatasetLoader.createDataset(file, header, name, NoParent.INSTANCE);
    if (data instanceof ChunkedDataset pieces) {
      long piece = data.getDataType().getSize();
      for (int length : pieces.getChunkDimensions()) {
        piece = length < 1 || piece > most ? Long.MAX_VALUE : piece * length;
      }
      if (piece > most) {
        throw new DamagedDataException(
            "%s, %s: expected pieces of at most %,d bytes, found %s"
                .formatted(path, name, most, Arrays.toString(pieces.getChunkDimensions())));
      }
    }
    return data;
  }

  @Override
  public void close() throws IOException {
    guarded(
        path,
        () -> {
          file.close();
          return null;
        });
  }
}

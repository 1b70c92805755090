package condgen.data;

import io.jhdf.Superblock;
import io.jhdf.SymbolTableEntry;
import io.jhdf.exceptions.HdfException;
import io.jhdf.storage.HdfBackingStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How jHDF gets at the bytes of a file: no more than there are, and between two {@link #begin}s no
 * more than an allowance. So neither a length in the file nor a circle of addresses can ask for
 * memory or time without end.
 */
final class Hdf5Storage implements HdfBackingStorage {
  private static final int START = 512;

  /** What reading one frame or the list of a group may take at most, beside the file's length. */
  private static final long SPARE = 1 << 21;

  private final FileChannel channel;
  private final long size;
  private final Superblock superblock;
  private long allowance;

  private Hdf5Storage(FileChannel channel, long size, Superblock superblock) {
    this.channel = channel;
    this.size = size;
    this.superblock = superblock;
  }

  /** Opens a file that begins with the signature. */
  static Hdf5Storage open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      long size = channel.size();
      ByteBuffer start = read(channel, 0, (int) Math.min(START, size));
      Superblock superblock = Superblock.readSuperblock(start);
      if (superblock.getBaseAddressByte() != 0) {
        throw new HdfException("a block before the data is not supported");
      }
      return new Hdf5Storage(channel, size, superblock);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Where the object header of the first group is. */
  long root() {
    if (superblock instanceof Superblock.SuperblockV0V1 old) {
      return new SymbolTableEntry(
              this, old.getRootGroupSymbolTableAddress() - old.getBaseAddressByte())
          .getObjectHeaderAddress();
    }
    return ((Superblock.SuperblockV2V3) superblock).getRootGroupObjectHeaderAddress();
  }

  /** One piece of work begins: it has a whole allowance. */
  void begin() {
    allowance = 2 * size + SPARE;
  }

  private static ByteBuffer read(FileChannel channel, long address, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, address + bytes.position()) < 0) {
        throw new IOException("the file became shorter");
      }
    }
    return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public ByteBuffer readBufferFromAddress(long address, int length) {
    if (address < 0 || length < 0 || address > size - length) {
      throw new HdfException(
          "%,d bytes at %,d are not in a file of %,d".formatted(length, address, size));
    }
    allowance -= length + 1;
    if (allowance < 0) {
      throw new HdfException("its parts refer to each other without end");
    }
    try {
      return read(channel, address, length);
    } catch (IOException e) {
      throw new HdfException(e.getMessage(), e);
    }
  }

  @Override
  public ByteBuffer map(long address, long length) {
    if (length > Integer.MAX_VALUE) {
      throw new HdfException("a part of %,d bytes is too long".formatted(length));
    }
    return readBufferFromAddress(address, (int) length);
  }

  @Override
  public ByteBuffer mapNoOffset(long address, long length) {
    return map(address, length);
  }

  @Override
  public long getUserBlockSize() {
    return 0;
  }

  @Override
  public Superblock getSuperblock() {
    return superblock;
  }

  @Override
  public FileChannel getFileChannel() {
    return channel;
  }

  @Override
  public int getSizeOfOffsets() {
    return superblock.getSizeOfOffsets();
  }

  @Override
  public int getSizeOfLengths() {
    return superblock.getSizeOfLengths();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new HdfException("it cannot be closed", e);
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean inMemory() {
    return false;
  }
}

package condgen.data;

import java.io.IOException;

/**
 * A tensor of a checkpoint: which numbers of a storage it shows, and in what order.
 *
 * @param offset the place of its first number in the storage
 * @param layout shape and strides
 */
record TorchTensor(TorchStorage storage, long offset, Strides layout) {

  /** A tensor that shows numbers more than once may be larger than its storage up to here. */
  private static final long LARGEST_REPEATED = 1 << 26;

  /**
   * @throws PickleError if it shows numbers outside its storage
   */
  TorchTensor {
    if (!fits(storage, offset, layout)) {
      throw new PickleError(
          "%s must hold the tensor of %s from number %d on, but holds %d numbers"
              .formatted(storage.name(), layout, offset, storage.count()));
    }
  }

  private static boolean fits(TorchStorage storage, long offset, Strides layout) {
    if (layout.shape().length != layout.strides().length || layout.isNegative() || offset < 0) {
      return false;
    }
    try {
      long end = Math.addExact(offset, layout.span());
      long size = StoredArray.size(storage.type(), layout.shape());
      return end <= storage.count() && size <= Math.max(storage.byteCount(), LARGEST_REPEATED);
    } catch (ArithmeticException e) {
      return false;
    }
  }

  /** The array that it is, row-major; its bytes stay in the file until they are asked for. */
  StoredArray stored(String name) {
    return new StoredArray(name, storage.type(), layout.shape(), this::bytes);
  }

  private byte[] bytes() throws IOException {
    FileBytes.requireReadable(storage.name(), StoredArray.size(storage.type(), layout.shape()));
    return layout.rowMajor(storage.read(offset, layout.span()), storage.type().width());
  }
}

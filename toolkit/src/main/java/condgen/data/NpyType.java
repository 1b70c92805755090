package condgen.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * The number type that a header of NumPy names, such as {@code <f4}.
 *
 * @param kind f, i, u or b
 * @param width bytes of one number
 * @param order how the bytes of a number lie
 * @param where what to call the file in messages
 */
record NpyType(char kind, int width, ByteOrder order, String where) {

  private static final Map<String, StoredArray.Type> TYPES =
      Map.ofEntries(
          Map.entry("f2", StoredArray.Type.F16),
          Map.entry("f4", StoredArray.Type.F32),
          Map.entry("f8", StoredArray.Type.F64),
          Map.entry("i1", StoredArray.Type.I8),
          Map.entry("i2", StoredArray.Type.I16),
          Map.entry("i4", StoredArray.Type.I32),
          Map.entry("i8", StoredArray.Type.I64),
          Map.entry("u1", StoredArray.Type.U8),
          Map.entry("u2", StoredArray.Type.I32),
          Map.entry("u4", StoredArray.Type.I64),
          Map.entry("u8", StoredArray.Type.I64),
          Map.entry("b1", StoredArray.Type.BOOL));

  /**
   * @throws DamagedDataException naming the type if it is none of numbers
   */
  static NpyType of(String descr, String where) throws DamagedDataException {
    String plain = descr.matches("[<>|=].*") ? descr.substring(1) : descr;
    if (!TYPES.containsKey(plain)) {
      String what = plain.startsWith("O") ? " (objects, which are pickles)" : "";
      throw new DamagedDataException(
          "%s must hold floating, whole or truth numbers, but holds %s%s"
              .formatted(where, descr, what));
    }
    ByteOrder order = descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return new NpyType(plain.charAt(0), plain.charAt(1) - '0', order, where);
  }

  /**
   * The array of these numbers.
   *
   * @throws DamagedDataException if an unsigned number of 64 bits is beyond a signed one
   */
  StoredArray array(String name, long[] shape, byte[] bytes) throws DamagedDataException {
    StoredArray.Type type = TYPES.get("" + kind + width);
    if (type.width() == width && kind != 'u' && (order == ByteOrder.LITTLE_ENDIAN || width == 1)) {
      return new StoredArray(name, type, shape, bytes);
    }
    ByteBuffer from = ByteBuffer.wrap(bytes).order(order);
    int count = bytes.length / width;
    ByteBuffer to = ByteBuffer.allocate(Math.multiplyExact(count, type.width()));
    to.order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      copy(from, to, type.width());
    }
    return new StoredArray(name, type, shape, to.array());
  }

  private void copy(ByteBuffer from, ByteBuffer to, int wide) throws DamagedDataException {
    long bits =
        switch (width) {
          case 1 -> Byte.toUnsignedLong(from.get());
          case 2 -> Short.toUnsignedLong(from.getShort());
          case 4 -> Integer.toUnsignedLong(from.getInt());
          default -> from.getLong();
        };
    if (kind == 'u' && bits < 0) {
      throw new DamagedDataException(
          where + " must hold numbers below 2^63, but holds " + Long.toUnsignedString(bits));
    }
    switch (wide) {
      case 1 -> to.put((byte) bits);
      case 2 -> to.putShort((short) bits);
      case 4 -> to.putInt((int) bits);
      default -> to.putLong(bits);
    }
  }
}

package condgen.data;

import java.nio.ByteBuffer;

/** One number of a {@link StoredArray.Type} at the place where a buffer stands. */
final class StoredNumber {

  private StoredNumber() {}

  static double read(StoredArray.Type type, ByteBuffer buffer) {
    return switch (type) {
      case F16 -> half(buffer.getShort());
      case BF16 -> Float.intBitsToFloat(buffer.getShort() << 16);
      case F32 -> buffer.getFloat();
      case F64 -> buffer.getDouble();
      default -> readWhole(type, buffer);
    };
  }

  static long readWhole(StoredArray.Type type, ByteBuffer buffer) {
    return switch (type) {
      case I8 -> buffer.get();
      case U8 -> Byte.toUnsignedLong(buffer.get());
      case BOOL -> buffer.get() == 0 ? 0 : 1;
      case I16 -> buffer.getShort();
      case I32 -> buffer.getInt();
      case I64 -> buffer.getLong();
      default -> throw new IllegalArgumentException(type + " is no whole number");
    };
  }

  /** A sign, five bits of exponent, ten of mantissa; every such number is a float32. */
  static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >> 10) & 0x1f;
    int mantissa = bits & 0x3ff;
    if (exponent == 0) {
      return Math.copySign(mantissa * 0x1p-24f, Float.intBitsToFloat(sign | 0x3f800000));
    }
    int wide = exponent == 0x1f ? 0xff : exponent + 112;
    return Float.intBitsToFloat(sign | wide << 23 | mantissa << 13);
  }
}

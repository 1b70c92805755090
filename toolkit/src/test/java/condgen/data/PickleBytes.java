package condgen.data;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Puts a pickle together, opcode by opcode, as Python's documentation lists them. */
final class PickleBytes {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  PickleBytes() {
    raw((byte) 0x80, (byte) 2);
  }

  PickleBytes raw(byte... more) {
    bytes.writeBytes(more);
    return this;
  }

  PickleBytes op(char opcode) {
    return raw((byte) opcode);
  }

  PickleBytes ascii(String text) {
    return raw(text.getBytes(StandardCharsets.UTF_8));
  }

  PickleBytes global(String module, String name) {
    return ascii("c" + module + "\n" + name + "\n");
  }

  PickleBytes text(String text) {
    byte[] utf = text.getBytes(StandardCharsets.UTF_8);
    return op('X').raw(little(utf.length)).raw(utf);
  }

  PickleBytes number(int value) {
    return op('J').raw(little(value));
  }

  PickleBytes number(BigInteger value) {
    byte[] big = value.toByteArray();
    byte[] turned = new byte[big.length];
    for (int i = 0; i < big.length; i++) {
      turned[i] = big[big.length - 1 - i];
    }
    return raw((byte) 0x8a, (byte) big.length).raw(turned);
  }

  PickleBytes tuple(int... values) {
    op('(');
    for (int value : values) {
      number(value);
    }
    return op('t');
  }

  /** A reference to a storage outside the pickle. */
  PickleBytes storage(String type, String key, int count) {
    op('(').text("storage").global("torch", type).text(key).text("cpu").number(count);
    return op('t').op('Q');
  }

  PickleBytes tensor(String type, String key, int count, int offset, int[] shape, int[] strides) {
    global("torch._utils", "_rebuild_tensor_v2").op('(').storage(type, key, count).number(offset);
    tuple(shape).tuple(strides).raw((byte) 0x89);
    return global("collections", "OrderedDict").op(')').op('R').op('t').op('R');
  }

  byte[] end() {
    return op('.').bytes.toByteArray();
  }

  static byte[] little(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }
}
